import type { VNode } from 'preact';

/** Two pointers side by side: the product's mark. */
export function Mark({ size = 20 }: { readonly size?: number }): VNode {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 128 128" aria-hidden="true">
      <rect class="mark-ground" width="128" height="128" rx="30" />
      <path class="mark-second" d="M62 30 L106 62 L86 68 L78 88 Z" />
      <path class="mark-first" d="M24 38 L74 75 L51 82 L42 104 Z" />
    </svg>
  );
}
