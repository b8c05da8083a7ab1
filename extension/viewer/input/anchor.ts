import type { NodeId } from '../../../protocol/node-id.ts';
import type { Anchor } from '../../../protocol/page-message.ts';
import { boxOf, isConnected, parentOf } from '../mirror/dom.ts';

/** The innermost mirrored element under a point of the viewer, and where in its box. */
export function anchorAt(
  target: EventTarget | null,
  clientX: number,
  clientY: number,
  idOf: (node: Node) => NodeId,
): Anchor | null {
  let node = target instanceof Node ? target : null;
  for (; node !== null; node = parentOf(node)) {
    const id = idOf(node);
    if (!(node instanceof Element) || id === 0) continue;
    const box = boxOf(node);
    if (box.width === 0 || box.height === 0) continue;
    return { node: id, x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  }
  return null;
}

/** Where an anchor is now, in CSS pixels of the viewer's viewport; `null`: its element is not shown. */
export function placeOf(anchor: Anchor, node: Node | undefined): { x: number; y: number } | null {
  if (!(node instanceof Element) || !isConnected(node)) return null;
  const box = boxOf(node);
  return { x: box.left + box.width * anchor.x, y: box.top + box.height * anchor.y };
}
