import { MAX_TOLD_SELECTORS } from '../../../protocol/limits.ts';
import { SAID_PREFIX } from '../../../protocol/shapes.ts';
import { TOLD_SELECTOR, tokenOf } from '../../../protocol/told-selectors.ts';
import { findAll, matches } from '../../native.ts';
import type { TellBeside } from '../beside.ts';
import type { NodeNumbers } from '../node-numbers.ts';

/** Which elements match what sheets ask and only this browser can answer. */
export interface ToldSelectors {
  /** The text of a sheet: nobody can be asked which states an element has, only whether it has this one. */
  learn(css: string): void;
  /** No event tells of it. */
  look(roots: Iterable<Document | ShadowRoot>): void;
}

const FOUND = new RegExp(TOLD_SELECTOR, 'giu');
const MAX_ELEMENTS = 2_000;
/** So many times as long as looking took nothing is looked at. */
const REST_PER_COST = 50;

export function createToldSelectors(numbers: NodeNumbers, tell: TellBeside): ToldSelectors {
  const tokens = new Map<string, string>();
  let told = new Set<Element>();
  let any = '';
  let due = 0;

  function tokensOf(element: Element): string {
    const all = [...tokens].filter(([selector]) => matches(element, selector));
    return all.map(([, token]) => token).join(' ');
  }

  return {
    learn(css) {
      for (const [selector] of css.matchAll(FOUND)) {
        const isNew = tokens.size < MAX_TOLD_SELECTORS && !tokens.has(selector);
        if (isNew && CSS.supports(`selector(${selector})`)) tokens.set(selector, tokenOf(selector));
      }
      any = [...tokens.keys()].join();
    },
    look(roots) {
      const begun = performance.now();
      if (any === '' || begun < due) return;
      const now = new Set<Element>();
      for (const root of roots) {
        for (const element of numbers.of(root) === 0 ? [] : findAll(root, any)) {
          if (now.size < MAX_ELEMENTS) now.add(element);
        }
      }
      for (const element of told) if (!now.has(element)) tell(`${SAID_PREFIX}matches`, element, null);
      for (const element of now) tell(`${SAID_PREFIX}matches`, element, tokensOf(element));
      told = now;
      due = performance.now() + REST_PER_COST * (performance.now() - begun);
    },
  };
}
