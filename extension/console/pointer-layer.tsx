import type { VNode } from 'preact';
import type { Session } from './session.ts';

interface PointerLayerProps {
  readonly session: Session;
  readonly scale: number;
}

/** The customer's pointer and clicks over the mirror. Places are scaled, the drawings keep their size. */
export function PointerLayer({ session, scale }: PointerLayerProps): VNode {
  const pointer = session.customerPointer.value;
  return (
    <div class="pointer-layer" aria-hidden="true">
      {session.customerClicks.value.map(({ key, x, y }) => (
        <i
          key={key}
          class="click"
          style={{ left: `${x * scale}px`, top: `${y * scale}px` }}
          onAnimationEnd={() => session.clickShown(key)}
        />
      ))}
      {pointer !== null && (
        <span
          class="customer-pointer"
          style={{ transform: `translate(${pointer.x * scale}px, ${pointer.y * scale}px)` }}
        >
          <svg width="18" height="20" viewBox="0 0 18 20">
            <path d="M1.5 1.5 16 11l-6.6 1.4L6 18.5Z" />
          </svg>
          <span class="customer-label">Customer</span>
        </span>
      )}
    </div>
  );
}
