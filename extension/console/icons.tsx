import type { VNode } from 'preact';

export function BackIcon(): VNode {
  return <Stroke path="M10 3 5 8l5 5" />;
}

export function ForwardIcon(): VNode {
  return <Stroke path="m6 3 5 5-5 5" />;
}

export function RefreshIcon(): VNode {
  return <Stroke path="M13 8a5 5 0 1 1-1.6-3.7M13 2.5V5h-2.6" />;
}

export function DownIcon(): VNode {
  return <Stroke path="m4.5 6.5 3.5 3.5 3.5-3.5" />;
}

export function AlertIcon(): VNode {
  return <Stroke path="M8 2 14.5 13.5h-13ZM8 6.5v3M8 11.6v.1" />;
}

function Stroke({ path }: { readonly path: string }): VNode {
  return (
    <svg class="stroke" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
