import { listen } from '../listen.ts';
import { smallerThanWindow } from '../wide-page.ts';

/**
 * On a phone, what is fixed is fixed to more than the customer sees, when they have zoomed in with two fingers, and on a
 * page wider than the phone: a question at its bottom, or in its middle, would be out of sight, or too large or too small.
 * Tells our styles what is seen: how much of the window is out of sight on each side, how wide and high the rest is, and what
 * they are zoomed by to have the size that they have on any other page. Lengths are pixels of what is so zoomed.
 * @returns looks anew, for when that window has become another: nothing tells
 */
export function keepInSight(widget: HTMLElement, signal: AbortSignal): () => void {
  const { visualViewport: sight } = window;
  if (!sight) return () => {};

  function place(): void {
    const { offsetTop: above, offsetLeft: left, width, height, scale } = sight as VisualViewport;
    const isApart = Math.abs(scale - 1) > LEAST_ZOOM || smallerThanWindow(window) !== null;
    const lengths = {
      above,
      left,
      below: innerHeight - above - height,
      right: innerWidth - left - width,
      width,
      height,
    };
    for (const [name, pixels] of Object.entries(lengths)) {
      widget.style.setProperty(`--${name}`, isApart ? `${Math.max(0, pixels * scale)}px` : '');
    }
    widget.style.setProperty('--zoom', isApart ? `${1 / scale}` : '');
  }

  try {
    for (const type of ['resize', 'scroll'] as const) listen(sight, type, place, { signal });
  } catch {
    // A page's own imitation: then nobody can tell.
  }
  return place;
}

/** A rounding is none. */
const LEAST_ZOOM = 0.01;
