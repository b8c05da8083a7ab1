import { contains, documentHas, documentOf, isConnected, scrollLeftOf, scrollTopOf, viewOf } from '../../native.ts';
import { DOCUMENT_NODE_ID, type NodeId } from '../../../protocol/node-id.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import type { RawSink } from '../raw-sink.ts';
import { listen } from '../../listen.ts';
import { placeOf } from './viewport.ts';

/**
 * Scroll positions. Asking every element forces layout (39 ms on a big page); the capture phase hears all of them. What was
 * scrolled before the session has to be looked for all the same: in view first, the rest later and little by little.
 */
export interface Scroll {
  /** It is scrolled, and no event told. */
  note(element: Element): void;
  /** Nobody outside a shadow root hears what scrolls in it. */
  seeRoot(root: ShadowRoot): void;
  /** It stands in another place, and with it what is scrolled in it: there or at its top again. */
  move(node: Node): void;
  write(): void;
}

export function createScroll(
  document: Document,
  numbers: NodeNumbers,
  sink: RawSink,
  signal: AbortSignal,
  onDirty: () => void,
): Scroll {
  const view = viewOf(document);
  const visual = view?.visualViewport;
  const scrolled = new Set<Node>([document]);
  /** What was ever scrolled, and the number it was told by: 0, if it waits for one. */
  const told = new Map<Node, NodeId>();
  const listener = (event: Event): void => {
    // What scrolls is the document or something in it, or what is seen of it.
    scrolled.add(event.target === visual ? document : (event.target as Node));
    onDirty();
  };
  const listening = { signal, capture: true, passive: true } as const;
  listen(document, 'scroll', listener, listening);
  try {
    // What a phone shows of a page wider than itself moves without the document.
    if (visual) listen(visual, 'scroll', listener, listening);
  } catch {
    // A page's own imitation, which nothing can listen to.
  }

  return {
    note: (element) => void scrolled.add(element),
    seeRoot: (root) => listen(root, 'scroll', listener, listening),
    move(moved) {
      for (const node of told.keys()) if (contains(moved, node)) scrolled.add(node);
    },
    write() {
      for (const [node, id] of told) {
        if (!isConnected(node)) told.delete(node);
        else if (numbers.of(node) !== id) scrolled.add(node);
      }
      for (const node of scrolled) {
        if (node === document) {
          const { x, y } = view ? placeOf(view) : { x: 0, y: 0 };
          sink.scroll(DOCUMENT_NODE_ID, document, Math.round(x), Math.round(y));
        } else {
          const id = numbers.of(node);
          const element = node as Element;
          told.set(node, id);
          if (id !== 0) sink.scroll(id, node, Math.round(scrollLeftOf(element)), Math.round(scrollTopOf(element)));
        }
      }
      scrolled.clear();
    },
  };
}

/** What scrolls the document aside, which is asked by itself. */
export function isScrolled(element: Element): boolean {
  if (scrollTopOf(element) === 0 && scrollLeftOf(element) === 0) return false;
  return element !== documentHas(documentOf(element), 'scrollingElement');
}
