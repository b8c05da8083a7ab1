import { attributeOf, findAll, matches, nameOf } from '../../native.ts';

/**
 * A rule that is repeated stands after all of the page's, and would win over those that came after it there and weigh as
 * much: `.chosen` after `:hover`. So they are repeated as well, for the elements that both hold for.
 */
export interface LaterRules {
  /** From here on rules come later than one that holds for what `selector` means. */
  follow(selector: string): void;
  /** @returns what to repeat of a rule's selectors, each for the elements in question alone */
  competing(selectors: string): string[];
}

/** A rule for the whole page while something is hovered is seldom set right by another one. */
const MAX_ELEMENTS = 50;
const PSEUDO_ELEMENT = /::.*$/u;

/** @param placeOf a selector of that element alone, and of no weight within `:where` */
export function createLaterRules(document: Document, placeOf: (element: Element) => string): LaterRules {
  let held: readonly Element[] = [];
  let mention: RegExp | null = null;

  return {
    follow(selector) {
      const found = safely(() => [...findAll(document, selector.replace(PSEUDO_ELEMENT, ''))], []);
      held = [...held, ...found].slice(0, MAX_ELEMENTS);
      mention = mentionOf(held);
    },
    competing(selectors) {
      if (!mention?.test(selectors)) return [];
      return selectorsIn(selectors).flatMap((selector) => {
        const owner = selector.replace(PSEUDO_ELEMENT, '');
        const meant = held.filter((element) => matchesSafely(element, owner));
        const places = `${owner}:where(${meant.map(placeOf).join()})`;
        return meant.length === 0 ? [] : [selector.replace(owner, () => places)];
      });
    },
  };
}

export function selectorsIn(list: string): string[] {
  return list.split(/,(?![^(]*\))/u);
}

/** Selectors for what no script can find throw. */
export function matchesSafely(element: Element, selector: string): boolean {
  return safely(() => matches(element, selector), false);
}

function safely<Found>(ask: () => Found, otherwise: Found): Found {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

/** Of thousands of rules only those are asked that could mean one of the elements: by tag, class, ID or attribute. */
function mentionOf(elements: readonly Element[]): RegExp {
  const words = elements.flatMap((element) => {
    const names = [nameOf(element), attributeOf(element, 'class'), attributeOf(element, 'id')].join(' ');
    return names.match(/[\w-]+/gu) ?? [];
  });
  return new RegExp(`(?<![\\w-])(?:${[...new Set(words)].join('|')})(?![\\w-])|[[*]`, 'iu');
}
