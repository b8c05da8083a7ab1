import { listen } from '../listen.ts';
import { smallerThanWindow } from '../wide-page.ts';

/**
 * On a phone, what is fixed in a page wider than itself is fixed to a window that is larger than what the customer sees: a
 * question at its bottom, or in its middle, would be out of sight. Tells our styles how much of it is, on each side.
 * @returns looks anew, for when that window has become another: nothing tells
 */
export function keepInSight(widget: HTMLElement, signal: AbortSignal): () => void {
  const { visualViewport: sight } = window;
  if (!sight) return () => {};

  function place(): void {
    const { offsetTop: above, offsetLeft: left, width, height } = sight as VisualViewport;
    const isWider = smallerThanWindow(window) !== null;
    const sides = { above, left, below: innerHeight - above - height, right: innerWidth - left - width };
    for (const [side, hidden] of Object.entries(sides))
      widget.style.setProperty(`--${side}`, `${isWider ? Math.max(0, hidden) : 0}px`);
  }

  try {
    for (const type of ['resize', 'scroll'] as const) listen(sight, type, place, { signal });
  } catch {
    // A page's own imitation: then nobody can tell.
  }
  return place;
}
