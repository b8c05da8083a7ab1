import { TEXT_SEPARATOR } from '../../../protocol/masked-text.ts';
import {
  contentOf,
  firstOf,
  isDocument,
  isElement,
  nextOf,
  outerOf,
  parentOf,
  shadowOf,
  typeOf,
} from '../../native.ts';
import { isPart } from './parts.ts';

/** So far up from what has changed: a digit, what it is animated in, its group, the number. */
const MAX_LEVELS = 4;
/** What is larger shows more than one number, and is gone into. */
const MAX_NODES_WITHIN = 150;
/** In one batch. */
const MAX_NODES = 5_000;

/**
 * Elements whose short texts say a masked value together, around what has changed or in it. Of what is sent digit by
 * digit, or cut into slices, nobody could tell.
 * @param changed texts, and nodes that have come
 * @param isSplit whether several texts, with a separator between each two, say one together
 */
export function partsAround(changed: Iterable<Node>, isSplit: (joined: string) => boolean): Iterable<Element> {
  const found = new Set<Element>();
  /** What they hold; null: too much. */
  const texts = new Map<Node, readonly string[] | null>();
  const answers = new Map<Node, boolean>();
  let left = MAX_NODES;
  for (const node of changed) {
    if (left <= 0) break;
    left -= 1;
    if (typeOf(node) === Node.TEXT_NODE) {
      if (mayBePart(contentOf(node) ?? '')) searchAround(parentOf(node));
    } else searchIn(node);
  }
  return found;

  function searchIn(node: Node): void {
    const within = textsIn(node);
    if (within === null || !isElement(node)) {
      for (const child of childrenOf(node)) {
        if (left <= 0) return;
        if (typeOf(child) !== Node.TEXT_NODE) searchIn(child);
      }
    } else if (within.some(mayBePart)) searchAround(node);
  }

  function searchAround(node: Node | null): void {
    let around = node;
    for (let level = 0; level < MAX_LEVELS && around !== null; level += 1) {
      // What is around a frame is told by another document's recording.
      if (isDocument(around) || textsIn(around) === null) return;
      if (isElement(around) && says(around)) return addInnermost(around);
      around = parentOf(around) ?? outerOf(around);
    }
  }

  function addInnermost(element: Element): void {
    const inner = elementsIn(element).filter(says);
    if (inner.length === 0) found.add(element);
    else inner.forEach(addInnermost);
  }

  function says(element: Element): boolean {
    let answer = answers.get(element);
    if (answer === undefined) {
      answer = isSplit(textsIn(element)?.join(TEXT_SEPARATOR) ?? '');
      answers.set(element, answer);
    }
    return answer;
  }

  function textsIn(node: Node): readonly string[] | null {
    let within = texts.get(node);
    if (within === undefined) {
      within = collect(node);
      texts.set(node, within);
    }
    return within;
  }

  function collect(top: Node): readonly string[] | null {
    const within: string[] = [];
    let nodes = 0;
    return goThrough(top) ? within : null;

    function goThrough(node: Node): boolean {
      nodes += 1;
      left -= 1;
      if (typeOf(node) === Node.TEXT_NODE) within.push(contentOf(node) ?? '');
      if (nodes > MAX_NODES_WITHIN) return false;
      for (const child of childrenOf(node)) if (!goThrough(child)) return false;
      return true;
    }
  }
}

/** Its shadow root first. One by one: a table has thousands, of which few are looked at. */
export function* childrenOf(node: Node): Iterable<Node> {
  const shadow = isElement(node) ? shadowOf(node) : null;
  if (shadow) yield shadow;
  for (let child = firstOf(node); child !== null; child = nextOf(child)) yield child;
}

function elementsIn(node: Node): Element[] {
  return [...childrenOf(node)].flatMap((child) => (isElement(child) ? [child] : elementsIn(child)));
}

function mayBePart(text: string): boolean {
  return isPart(text) && text.trim() !== '';
}
