import { innermostAt } from '../innermost.ts';
import { attributeOf, boxOf, documentOf, frameAround } from '../native.ts';
import { scrollIntoView } from './native-acts.ts';
import { placeAround, type Place } from '../place-in-page.ts';
import { isNamed, pathOf } from './path.ts';

export interface Hit {
  readonly element: Element;
  /** CSS pixels of the viewport, of its own document. */
  readonly x: number;
  readonly y: number;
}

/**
 * What a person's click at this place of the element would really hit. An element out of sight is scrolled into it first,
 * as a person would do, and one under our toolbar, which the mirror does not show, from beneath it; unless it is to be hit
 * where it is.
 * @param x fraction of the element's box, 0 … 1
 * @returns the innermost element, which is `element` or inside it; or why not
 */
export function hit(
  element: Element,
  x: number,
  y: number,
  widget: Element,
  how: 'scrolled to' | 'where it is' = 'scrolled to',
): Hit | 'covered' | 'refused:widget' {
  let found = hitNow(element, x, y);
  if (how === 'scrolled to' && !isGood(found, element)) {
    const block = found.element === widget ? 'center' : 'nearest';
    // Of what is larger than the screen another part might come.
    const hasRoom = block === 'nearest' || boxOf(element).height < innerHeight / 2;
    if (hasRoom) scrollIntoView(element, { block, inline: 'nearest', behavior: 'instant' });
    found = hitNow(element, x, y);
  }
  if (found.element === widget) return 'refused:widget';
  return isGood(found, element) ? found : 'covered';
}

interface MaybeHit {
  readonly element: Element | null;
  readonly x: number;
  readonly y: number;
}

function isGood(found: MaybeHit, wanted: Element): found is Hit {
  return found.element !== null && pathOf(found.element).some((passed) => passed === wanted || isMapOf(wanted, passed));
}

/** Over an image map the browser finds the area, and that stands wherever the map does. */
function isMapOf(image: Element, map: Element): boolean {
  return isNamed(map, 'map') && attributeOf(image, 'usemap') === `#${map.name}`;
}

function hitNow(element: Element, fractionX: number, fractionY: number): MaybeHit {
  const { x, y } = placeIn(element, fractionX, fractionY);
  const found = innermostAt(documentOf(element), x, y);
  return { element: coverOf(element, { x, y }, found) ?? found, x, y };
}

/** What lies over the frame that the element is in, at that place; `null`: nothing does, or it is in no frame. */
function coverOf(node: Node, place: Place, found: Element | null): Element | null {
  const frame = frameAround(documentOf(node));
  if (!frame || !found) return null;
  const outside = placeAround(place, frame);
  const above = innermostAt(documentOf(frame), outside.x, outside.y);
  return above === frame ? coverOf(frame, outside, found) : (above ?? documentOf(frame).documentElement);
}

/** CSS pixels of the viewport. @param fractionX of the element's box, 0 … 1 */
export function placeIn(element: Element, fractionX: number, fractionY: number): { x: number; y: number } {
  const box = boxOf(element);
  return { x: inside(box.left, box.width, fractionX), y: inside(box.top, box.height, fractionY) };
}

/** A mouse is on whole pixels, and parts of a box come a little beside them. The far edge belongs to the neighbour. */
function inside(start: number, size: number, fraction: number): number {
  const margin = Math.min(0.5, size / 2);
  return Math.min(start + size - margin, Math.max(start + margin, Math.round(start + size * fraction)));
}
