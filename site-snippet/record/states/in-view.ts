import { NO_NODE_ID, type NodeId } from '../../../protocol/node-id.ts';
import { innermostAt } from '../../innermost.ts';
import {
  boxOf,
  documentHas,
  documentOf,
  isElement,
  parentOf as parentNodeOf,
  previousOf,
  slotOf,
  viewOf,
} from '../../native.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import { parentOf } from '../tree/places.ts';
import { isScrolled } from './scroll.ts';
import type { TreeRecorder } from '../tree/tree.ts';

/** Where it is looked, across the viewport at half its height: the middle, and what may stand on either side. */
const PLACES = [0.5, 0.15, 0.85];
/** Siblings above the middle that may be in sight as well. */
const MAX_SIBLINGS = 50;

export interface InViewOptions {
  readonly tree: Pick<TreeRecorder, 'hurry'>;
  /** A box around what is seen is scrolled. */
  readonly onScrolled: (element: Element) => void;
  /** What the customer looks at has been written first: so far is its top edge below that of the viewport. */
  readonly onMiddle: (node: NodeId, top: number) => void;
}

/**
 * What the customer sees of a scrolled page, by what lies at a few places of the viewport: it is written first. That takes
 * layout, so it is asked once a picture.
 */
export interface InView {
  /** Tells what has a number by now. */
  tell(): void;
}

export function createInView(document: Document, numbers: NodeNumbers, options: InViewOptions): InView {
  const { innerWidth, innerHeight, scrollY } = viewOf(document) ?? { innerWidth: 0, innerHeight: 0, scrollY: 0 };
  const found = PLACES.map((part) => innermostAt(document, innerWidth * part, innerHeight / 2));
  const around = new Set(found.flatMap((element) => (element ? elementsAround(element) : [])));
  let scrolled = [...around].filter(isScrolled);
  let [middle] = found;
  if (scrolled.length === 0 && scrollY === 0) middle = null;
  if (!middle || !options.tree.hurry(() => startsIn(elementsAround(middle as Element)))) middle = null;
  const top = middle ? Math.round(boxOf(middle).top) : 0;

  return {
    tell() {
      for (const element of scrolled) if (numbers.of(element) !== 0) options.onScrolled(element);
      scrolled = scrolled.filter((element) => numbers.of(element) === 0);
      const id = middle ? numbers.of(middle) : NO_NODE_ID;
      if (id === NO_NODE_ID) return;
      middle = null;
      options.onMiddle(id, top);
    },
  };
}

/** By parent: its first child in view, where others stand before that. */
function startsIn(elements: readonly Element[]): Map<Node, Node> {
  const starts = new Map<Node, Node>();
  for (const element of elements) {
    const parent = parentNodeOf(element);
    const first = firstInView(element);
    // The head comes before the body, whatever is seen of either.
    const isBody = parent === documentHas(documentOf(element), 'documentElement');
    if (parent !== null && !isBody && previousOf(first) !== null) starts.set(parent, first);
  }
  return starts;
}

function firstInView(element: Element): Node {
  let first: Node = element;
  for (let count = 0; count < MAX_SIBLINGS; count += 1) {
    const before = previousOf(first);
    if (before === null || (isElement(before) && boxOf(before).bottom <= 0)) break;
    first = before;
  }
  return first;
}

/** The element and what it is shown in: what is slotted somewhere stands in its slot too. */
function elementsAround(element: Element): Element[] {
  const found: Element[] = [];
  for (let node: Node | null = element; node !== null; node = outwards(node)) if (isElement(node)) found.push(node);
  return found;
}

function outwards(node: Node): Node | null {
  return (isElement(node) ? slotOf(node) : null) ?? parentOf(node);
}
