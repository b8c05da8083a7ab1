import { BOX_TAG, boxStyle } from '../../site-snippet/record/tree/box.ts';

/** Of what the page hides: the box that is to stand for it. */
export function boxOfHidden(element: Element): string | null {
  if (!element.matches('[data-alongside~=hide]')) return null;
  const box = document.createElement('i');
  box.style.cssText = boxStyle(element);
  return box.style.cssText;
}

/** Of a box in the mirror. */
export function boxInMirror(element: Element): string | null {
  return element.localName === BOX_TAG ? (element as HTMLElement).style.cssText : null;
}
