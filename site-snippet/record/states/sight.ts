import type { Sight } from '../../../protocol/page-message.ts';
import { listen } from '../../listen.ts';
import { clientHeightOf, clientWidthOf, documentHas } from '../../native.ts';

const WHOLE: Sight = { x: 0, y: 0, width: 0, height: 0 };

/**
 * Tells which part of the viewport the customer sees, once it is not all of it: who zooms in with two fingers, or has a
 * keyboard on the screen, sees less than the page is laid out in. Nothing of the layout, or of `scroll`, says so.
 */
export function recordSight(window: Window, signal: AbortSignal, onChange: (sight: Sight) => void): void {
  const { document, visualViewport } = window;
  let last = WHOLE;

  function look(): void {
    const now = sightIn(document, visualViewport as VisualViewport);
    const isSame = (['x', 'y', 'width', 'height'] as const).every((side) => now[side] === last[side]);
    last = now;
    if (!isSame) onChange(now);
  }

  if (!visualViewport) return;
  const listening = { signal, passive: true } as const;
  try {
    for (const type of ['resize', 'scroll'] as const) listen(visualViewport, type, look, listening);
    // Of a whole viewport no scrolling makes a part, and asking lays the page out.
    listen(document, 'scroll', () => last !== WHOLE && look(), listening);
    look();
  } catch {
    // A page's own imitation, which nothing can listen to.
  }
}

function sightIn(document: Document, { pageLeft, pageTop, width, height }: VisualViewport): Sight {
  const root = documentHas(document, 'scrollingElement');
  // By a pixel they differ where nothing is zoomed.
  const isPart = root && (width < clientWidthOf(root) - 1 || height < clientHeightOf(root) - 1);
  if (!isPart) return WHOLE;
  const [x = 0, y = 0, w = 0, h = 0] = [pageLeft, pageTop, width, height].map(Math.round);
  return { x, y, width: Math.max(1, w), height: h };
}
