import { contentOf, isElement, parentOf, typeOf } from '../../native.ts';
import { childrenOf } from './parts-around.ts';

/** Of what has come at once: cards are drawn text by text. */
const MAX_NODES = 5_000;

/**
 * Elements among what has changed that say such a value and nothing else: a security code has three digits, which nobody
 * could look for wherever they stand.
 * @param changed texts, and nodes that have come
 */
export function echoesAmong(changed: Iterable<Node>, isValue: (text: string) => boolean): Iterable<Element> {
  const found = new Set<Element>();
  let left = MAX_NODES;
  for (const node of changed) search(node);
  return found;

  function search(node: Node): void {
    left -= 1;
    if (typeOf(node) === Node.TEXT_NODE) {
      const around = parentOf(node);
      if (says(node) && isElement(around) && says(around)) found.add(around);
    } else for (const child of left > 0 ? childrenOf(node) : []) search(child);
  }

  function says(node: Node): boolean {
    return isValue(contentOf(node)?.trim() ?? '');
  }
}
