import type { NodeId } from '../../protocol/node-id.ts';
import type { Anchor } from '../../protocol/page-message.ts';
import { isDocument, isElement, outerOf, parentOf } from '../native.ts';

/** The numbers by which the other side knows nodes; 0: it does not. */
export interface Known {
  of(node: Node): NodeId;
}

/** An element that the other side has as well, and that has a size: what a place on the page is told by. */
export interface Grip {
  readonly id: NodeId;
  readonly element: Element;
  readonly box: DOMRect;
}

/** The innermost one around `from`; `null` over our own widget. */
export function gripOf(from: Node, numbers: Known, host: Element): Grip | null {
  for (let node: Node | null = from; node !== null; node = above(node)) {
    if (node === host) return null;
    const id = numbers.of(node);
    if (id === 0 || !isElement(node)) continue;
    const box = node.getBoundingClientRect();
    if (box.width !== 0 && box.height !== 0) return { id, element: node, box };
  }
  return null;
}

/** @param clientX CSS pixels of the viewport */
export function anchorIn({ id, box }: Grip, clientX: number, clientY: number): Anchor {
  return { node: id, x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
}

/** Coordinates are those of one document: the frame around it is another story. */
function above(node: Node): Node | null {
  return parentOf(node) ?? (isDocument(node) ? null : outerOf(node));
}
