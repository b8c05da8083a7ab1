import { contentOf, parentOf, typeOf } from '../../native.ts';
import { childrenOf } from './parts-around.ts';

/** Of what has come at once: cards are drawn text by text. */
const MAX_NODES = 5_000;

/**
 * Elements among what has changed that say one of `values` and nothing else: a security code has three digits, which
 * nobody could look for wherever they stand.
 * @param changed texts, and nodes that have come
 */
export function echoesAmong(changed: Iterable<Node>, values: ReadonlySet<string>): Iterable<Element> {
  const found = new Set<Element>();
  let left = MAX_NODES;
  if (values.size > 0) for (const node of changed) search(node);
  return found;

  function search(node: Node): void {
    left -= 1;
    if (typeOf(node) === Node.TEXT_NODE) {
      const around = parentOf(node);
      if (isValue(node) && around !== null && isValue(around)) found.add(around as Element);
    } else for (const child of left > 0 ? childrenOf(node) : []) search(child);
  }

  function isValue(node: Node): boolean {
    return values.has(contentOf(node)?.trim() ?? '');
  }
}
