import { DOCUMENT_NODE_ID, type NodeId } from '../../../../protocol/node-id.ts';
import { boxOf, parentOf, scrollElement, scrollTopOf, shadowHostOf, slotOf } from '../dom.ts';

interface Position {
  readonly x: number;
  readonly y: number;
}

/** How far the customer has scrolled what: kept, because sheets and pictures that come late move things. */
export interface Scrolling {
  set(id: NodeId, at: Position): void;
  forget(id: NodeId): void;
  /** While the picture grows, also above what the customer looks at: so far below the viewport's top edge it stands. */
  hold(id: NodeId, top: number): void;
  /** The picture is whole. */
  release(): void;
  /** @param ids those alone; all of them, if not said */
  restore(ids?: Iterable<NodeId>): void;
  clear(): void;
}

export interface ScrolledTree {
  readonly node: (id: NodeId) => Node | undefined;
  readonly idOf: (node: Node) => NodeId;
}

export function createScrolling(window: Window, { node: nodeOf, idOf }: ScrolledTree): Scrolling {
  const positions = new Map<NodeId, Position>();
  let held: { readonly id: NodeId; readonly top: number } | null = null;

  function scrollTo(id: NodeId, { x, y }: Position): void {
    const node = nodeOf(id);
    const where = { left: x, top: y, behavior: 'instant' } as const;
    if (id === DOCUMENT_NODE_ID) window.scrollTo(where);
    else if (node instanceof Element) scrollElement(node, where);
  }

  /** By as much as each box that is scrolled around it has to give, the innermost first. */
  function align(element: Element, top: number): void {
    for (let node = outwards(element); node !== null; node = outwards(node)) {
      const id = idOf(node);
      const position = positions.get(id);
      if (position === undefined) continue;
      const y = node instanceof Element ? scrollTopOf(node) : window.scrollY;
      scrollTo(id, { x: position.x, y: y + boxOf(element).top - top });
    }
  }

  return {
    set: (id, at) => void positions.set(id, at),
    forget: (id) => void positions.delete(id),
    hold(id, top) {
      held = { id, top };
    },
    release() {
      held = null;
    },
    restore(ids = positions.keys()) {
      for (const id of ids) scrollTo(id, positions.get(id) ?? { x: 0, y: 0 });
      const element = held && nodeOf(held.id);
      if (held && element instanceof Element) align(element, held.top);
    },
    clear() {
      positions.clear();
      held = null;
    },
  };
}

/** What it is shown in: what is slotted somewhere is shown in its slot. */
function outwards(node: Node): Node | null {
  if (node instanceof ShadowRoot) return shadowHostOf(node);
  return (node instanceof Element ? slotOf(node) : null) ?? parentOf(node);
}
