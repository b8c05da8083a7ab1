import type { NodeId } from '../../../protocol/node-id.ts';
import type { Anchor } from '../../../protocol/page-message.ts';
import { boxOf, isConnected, parentOf } from '../mirror/dom.ts';

/** CSS pixels of a viewport. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

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
export function placeOf(anchor: Anchor, node: Node | undefined): Place | null {
  if (!(node instanceof Element) || !isConnected(node)) return null;
  const box = boxOf(node);
  return { x: box.left + box.width * anchor.x, y: box.top + box.height * anchor.y };
}

/** The same place in the viewport that the frame stands in. A frame that is scaled by a transform scales its inside. */
export function placeAround({ x, y }: Place, frame: Element): Place {
  const box = boxOf(frame);
  const { offsetWidth, offsetHeight } = frame as HTMLElement;
  const { paddingLeft, paddingTop } = getComputedStyle(frame);
  return {
    x: box.left + (frame.clientLeft + Number.parseFloat(paddingLeft) + x) * (box.width / offsetWidth || 1),
    y: box.top + (frame.clientTop + Number.parseFloat(paddingTop) + y) * (box.height / offsetHeight || 1),
  };
}
