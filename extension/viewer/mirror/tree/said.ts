import { MAX_TOLD_SELECTORS } from '../../../../protocol/limits.ts';
import type { NodeId } from '../../../../protocol/node-id.ts';
import { SAID_PREFIX } from '../../../../protocol/shapes.ts';
import { createAnimationTimes } from '../animations/animation-times.ts';
import { createAnimations } from '../animations/animations.ts';
import { drawDressed } from '../styles/css.ts';
import { setAttribute } from '../dom.ts';
import { createHighlights } from '../states/highlights.ts';
import type { Pictures } from '../pictures/pictures.ts';
import type { MirroredPreferences } from '../styles/preferences.ts';
import { MATCHES } from '../styles/states-css.ts';

/** What is told beside the page's own attributes (docs/protocol.md, "Beside the markup"). */
export interface Said {
  /** @param name with its prefix @param value empty: nothing any more */
  show(element: Element, name: string, value: string): void;
  clear(): void;
}

export interface SaidOptions {
  readonly pictures: Pictures;
  readonly preferences: MirroredPreferences;
  readonly nodeOf: (id: NodeId) => Node | undefined;
  readonly isThere: (element: Element) => boolean;
}

/** Of selectors (protocol/told-selectors.ts). */
const TOKENS = /^(?:[a-z\d]{1,7}(?: |$))*$/u;
const MAX_TOKENS_UNITS = MAX_TOLD_SELECTORS * 8;

export function createSaid({ pictures, preferences, nodeOf, isThere }: SaidOptions): Said {
  const animations = createAnimations();
  const times = createAnimationTimes();
  const highlights = createHighlights(nodeOf);

  return {
    show(element, name, value) {
      const what = name.slice(SAID_PREFIX.length);
      const isStillThere = (): boolean => isThere(element);
      if (what === 'times') times.set(element, value);
      else if (what === 'highlights') highlights.show(value);
      else if (what === 'colors') preferences.force(value);
      else if (what === 'matches')
        setAttribute(element, MATCHES, value.length <= MAX_TOKENS_UNITS && TOKENS.test(value) ? value : '');
      else drawDressed(value, pictures, isStillThere, (dressed) => animations.show(element, what, dressed));
    },
    clear: () => highlights.show(''),
  };
}
