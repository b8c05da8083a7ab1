import { ELEMENTS, nameOf, shadowOf } from '../../native.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import { isScrolled } from '../states/scroll.ts';

/**
 * Shadow roots that elements get after they were recorded: custom elements whose code comes late, widgets of others.
 * No event tells of them and no observer, so the trees are gone through again and again, so many elements at a time; on
 * the way what is in drawings is looked at, and the first time it is also seen what was scrolled before anybody listened.
 */
export interface LateShadows {
  /** All there are; some may have gone. */
  readonly roots: ReadonlySet<Document | ShadowRoot>;
  seeRoot(root: Document | ShadowRoot): void;
  /** Goes on from where it stopped. */
  look(): void;
}

/** A few tenths of a millisecond; two milliseconds the first time. */
const ELEMENTS_PER_LOOK = 2_000;
/** Looking at all its attributes takes as long as passing by so many others. */
const DRAWN_COSTS = 4;
/** Half of a page, and hardly ever made a box with more in it than it shows. In view they are asked all the same. */
const UNSCROLLED = new Set('a b em h2 h3 i img label li option p path span strong td th tr'.split(' '));

export function createLateShadows(
  document: Document,
  numbers: NodeNumbers,
  onLate: (host: Element) => void,
  onScrolled: (element: Element) => void,
  seeDrawn: (element: Element) => void,
): LateShadows {
  const roots = new Set<Document | ShadowRoot>();
  const passed = new WeakSet<Document | ShadowRoot>();
  let isFirst = true;
  let waiting: (Document | ShadowRoot)[] = [];
  let walker: TreeWalker | null = null;

  function next(): Element | null {
    for (;;) {
      const element = walker?.nextNode();
      if (element) return element as Element;
      const root = waiting.pop();
      if (root === undefined) return null;
      if (numbers.of(root) === 0) roots.delete(root);
      else {
        walker = document.createTreeWalker(root, ELEMENTS);
        isFirst = !passed.has(root);
        passed.add(root);
      }
    }
  }

  return {
    roots,
    seeRoot: (root) => void roots.add(root),
    look() {
      if (waiting.length === 0) waiting = [...roots];
      for (let count = 0; count < ELEMENTS_PER_LOOK; count += 1) {
        const element = next();
        if (element === null) return;
        const shadow = shadowOf(element);
        if (shadow && numbers.of(shadow) === 0 && numbers.of(element) !== 0) onLate(element);
        if ('ownerSVGElement' in element) {
          seeDrawn(element);
          count += DRAWN_COSTS - 1;
        }
        if (isFirst && !UNSCROLLED.has(nameOf(element)) && isScrolled(element)) onScrolled(element);
      }
    },
  };
}
