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

/** A selector of that element alone, and of no weight within `:where`. */
export type PlaceOf = (element: Element) => string;

/** A rule for the whole page while something is hovered is seldom set right by another one. */
const MAX_ELEMENTS = 20;
/**
 * The pointer moves thirty times a second: when so much has been asked the rest is left as it is. A rule and an element
 * that it may hold for count one, what takes longer as many times as long.
 */
const MAX_ASKED = 10_000;
const COST = { follow: 500, place: 50 };
const MAX_LIST_UNITS = 5_000;
const PSEUDO_ELEMENT = /::.*$/u;
/** Of a selector as the browser writes it; strings and escapes are passed over. */
export const BRACKETS = /"(?:\\.|[^"\\])*"|\\.|[()[\],]/gsu;

export function createLaterRules(root: Node, placeOf: PlaceOf): LaterRules {
  let held: readonly Element[] = [];
  let mention: RegExp | null = null;
  let asked = 0;

  function isMentioned(selectors: string): boolean {
    asked += 1;
    mention ??= mentionOf(held);
    return mention.test(selectors);
  }

  function meantBy(selector: string): readonly Element[] {
    asked += held.length;
    return held.filter((element) => matchesSafely(element, selector));
  }

  return {
    follow(selector) {
      if (held.length >= MAX_ELEMENTS || asked > MAX_ASKED) return;
      asked += COST.follow;
      const found = safely(() => [...findAll(root, selector.replace(PSEUDO_ELEMENT, ''))], []);
      held = [...new Set([...held, ...found])].slice(0, MAX_ELEMENTS);
      mention = null;
    },
    competing(selectors) {
      if (held.length === 0 || asked > MAX_ASKED || !isMentioned(selectors)) return [];
      return selectorsIn(selectors).flatMap((selector) => {
        const owner = selector.replace(PSEUDO_ELEMENT, '');
        const meant = meantBy(owner);
        if (meant.length === 0) return [];
        asked += meant.length * COST.place;
        const places = `${owner}:where(${meant.map(placeOf).join()})`;
        return [selector.replace(owner, () => places)];
      });
    },
  };
}

/** Each by itself. Of a list that is longer than anyone writes, none. */
export function selectorsIn(list: string): string[] {
  if (list.length > MAX_LIST_UNITS) return [];
  const selectors: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of list.matchAll(BRACKETS)) {
    if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
    else if (token === ',' && depth === 0) {
      selectors.push(list.slice(from, index).trim());
      from = index + 1;
    }
  }
  return [...selectors, list.slice(from).trim()];
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
