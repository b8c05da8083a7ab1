import type { VNode } from 'preact';
import type { Sight } from '../../../protocol/page-message.ts';
import type { Session } from '../session.ts';
import type { Size } from './viewer-port.ts';

interface SightLayerProps {
  readonly session: Session;
  readonly scale: number;
}

/**
 * What the customer sees of the page, when they have zoomed in or a keyboard covers a part of it: the rest is dimmed. The
 * agent goes on seeing the whole of it.
 */
export function SightLayer({ session, scale }: SightLayerProps): VNode {
  const sight = session.screen.sight.value;
  const look = sight === null ? 'whole' : isWithin(sight, session.screen.size.value) ? 'part' : 'elsewhere';
  const { x, y, width, height } = sight ?? { x: 0, y: 0, width: 0, height: 0 };
  const place = { '--x': `${x * scale}px`, '--y': `${y * scale}px` };
  const size = { width: `${width * scale}px`, height: `${height * scale}px` };
  return (
    <div class="sight-layer" data-look={look} style={place}>
      {look === 'part' && <div class="sight" style={size} />}
      <p class="sight-label" role="status" aria-label="What the customer sees">
        {look === 'part' && 'The customer sees this part'}
        {look === 'elsewhere' && 'The customer sees another part'}
      </p>
    </div>
  );
}

function isWithin({ x, y, width, height }: Sight, size: Size): boolean {
  return x < size.width && y < size.height && x + width > 0 && y + height > 0;
}
