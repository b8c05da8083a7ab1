import { boxOf, documentOf, frameAround } from './native.ts';

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
