import { innermostAt } from '../innermost.ts';
import { boxOf, documentOf, nameOf, viewOf } from '../native.ts';
import type { Hit } from './hit.ts';

/**
 * Grids render a row anew when it is clicked. The second click of two comes to where the first one was, as a hand's does,
 * while the agent's side has not heard of it: to something of the same kind, for no dialog may come between them.
 */
export interface SecondClick {
  /** The agent has clicked there. */
  follows(first: Hit): void;
  /** What stands there now, and where in it, in fractions of its box; `null`: nothing that could be meant, or too late. */
  target(): { readonly element: Element; readonly x: number; readonly y: number } | null;
}

/** As systems have it for two clicks that are one, and what the way here may add. */
const MAX_BETWEEN_CLICKS_MS = 1_000;

/** @param now milliseconds */
export function createSecondClick(now: () => number): SecondClick {
  let first: (Hit & { readonly at: number }) | null = null;
  return {
    follows(hit) {
      first = { ...hit, at: now() };
    },
    target() {
      // A frame that has gone has no view.
      if (first === null || now() - first.at > MAX_BETWEEN_CLICKS_MS || !viewOf(first.element)) return null;
      const element = innermostAt(documentOf(first.element), first.x, first.y);
      if (!element || nameOf(element) !== nameOf(first.element)) return null;
      const { left, top, width, height } = boxOf(element);
      // Areas of image maps have none.
      return width > 0 && height > 0 ? { element, x: (first.x - left) / width, y: (first.y - top) / height } : null;
    },
  };
}
