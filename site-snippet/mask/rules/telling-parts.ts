import { attributeOf, findAll, firstOf, nameOf, nextOf, shadowOf, typeOf } from '../../native.ts';

const PICTURES = new Set('img svg picture video audio canvas object embed iframe input textarea select'.split(' '));
const WORDS = ['title', 'alt', 'aria-label', 'aria-description', 'placeholder', 'label', 'value'];
const { TEXT_NODE } = Node;

/**
 * What tells anything of an element and of what is in it: apart from the boxes around, in which a page puts other things
 * when it goes on.
 * @param seen what has been looked at already, as a part of something else
 */
export function tellingParts(element: Element, seen: Set<Element>): readonly Element[] {
  if (seen.has(element)) return [];
  const all = [element, ...findAll(element, '*')];
  for (const one of all) seen.add(one);
  return all.filter(isTelling);
}

function isTelling(element: Element): boolean {
  if (PICTURES.has(nameOf(element)) || shadowOf(element) !== null) return true;
  if (WORDS.some((name) => attributeOf(element, name) !== null)) return true;
  for (let node = firstOf(element); node !== null; node = nextOf(node)) {
    if (typeOf(node) === TEXT_NODE && /\S/u.test((node as Text).data)) return true;
  }
  return false;
}
