import type { NodeId } from '../../protocol/node-id.ts';
import type { Anchor } from '../../protocol/page-message.ts';
import type { NodeNumbers } from './node-numbers.ts';

/** An element that the other side has as well, and that has a size: what a place on the page is told by. */
export interface Grip {
  readonly id: NodeId;
  readonly element: Element;
  readonly box: DOMRect;
}

/** The innermost one around `from`; `null` over our own widget. */
export function gripOf(from: Node, numbers: NodeNumbers, host: Element): Grip | null {
  for (let node: Node | null = from; node !== null; node = above(node)) {
    if (node === host) return null;
    const id = numbers.of(node);
    if (id === 0 || !(node instanceof Element)) continue;
    const box = node.getBoundingClientRect();
    if (box.width !== 0 && box.height !== 0) return { id, element: node, box };
  }
  return null;
}

/** @param clientX CSS pixels of the viewport */
export function anchorIn({ id, box }: Grip, clientX: number, clientY: number): Anchor {
  return { node: id, x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
}

function above(node: Node): Node | null {
  return node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
}
