import type { VNode } from 'preact';
import { edgeArrow } from './edge-arrow.ts';
import type { Session } from '../session.ts';
import type { Place } from '../virtual-browser/viewer-port.ts';

interface PointerLayerProps {
  readonly session: Session;
  readonly scale: number;
}

/** Room for the arrow and the name, in pixels of the screen. */
const EDGE_MARGIN_PIXELS = 26;

/** The customer's pointer and clicks over the mirror. Places are scaled, the drawings keep their size. */
export function PointerLayer({ session, scale }: PointerLayerProps): VNode {
  const pointer = session.screen.customerPointer.value;
  return (
    <div class="pointer-layer" aria-hidden="true">
      {session.screen.customerClicks.value.map(({ key, x, y }) => (
        <i
          key={key}
          class="click"
          style={{ left: `${x * scale}px`, top: `${y * scale}px` }}
          onAnimationEnd={() => session.screen.clickShown(key)}
        />
      ))}
      {pointer !== null && <CustomerPointer session={session} scale={scale} place={pointer} />}
    </div>
  );
}

/** The pointer, or at the edge an arrow towards it when the agent has scrolled somewhere else. */
function CustomerPointer({ session, scale, place }: PointerLayerProps & { readonly place: Place }): VNode {
  const edge = edgeArrow(place, session.screen.size.value, EDGE_MARGIN_PIXELS / scale);
  const { x, y } = edge?.at ?? place;
  return (
    <span class="customer-pointer" style={{ transform: `translate(${x * scale}px, ${y * scale}px)` }}>
      {edge === null ? (
        <svg width="18" height="20" viewBox="0 0 18 20">
          <path d="M1.5 1.5 16 11l-6.6 1.4L6 18.5Z" />
        </svg>
      ) : (
        <svg class="edge-arrow" width="20" height="20" viewBox="0 0 20 20" style={{ rotate: `${edge.turn}deg` }}>
          <path d="M10 2 17 17H3Z" />
        </svg>
      )}
      <span class="customer-label">Customer</span>
    </span>
  );
}
