import { boxOf, documentOf, frameAround, isShown } from './native.ts';

/** CSS pixels of a viewport: the page's, or a frame's. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a place of the viewport that `node` is in lies in the viewport of the page, through all frames around it. */
export function placeInPage(place: Place, node: Node): Place {
  const frame = frameAround(documentOf(node));
  return frame ? placeInPage(placeAround(place, frame), frame) : place;
}

/** The box of an element in the viewport of the page; `null`: it is not shown any more. */
export function boxInPage(element: Element): DOMRect | null {
  if (!isShown(element)) return null;
  const box = boxOf(element);
  const from = placeInPage({ x: box.left, y: box.top }, element);
  const to = placeInPage({ x: box.right, y: box.bottom }, element);
  return new DOMRect(from.x, from.y, to.x - from.x, to.y - from.y);
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

/** The other way round: where a place of the viewport lies in the frame that is there. */
export function placeWithin({ x, y }: Place, frame: Element): Place {
  const start = placeAround({ x: 0, y: 0 }, frame);
  const unit = placeAround({ x: 1, y: 1 }, frame);
  return { x: (x - start.x) / (unit.x - start.x), y: (y - start.y) / (unit.y - start.y) };
}
