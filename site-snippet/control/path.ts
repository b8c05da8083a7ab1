import { documentOf, frameAround, isDocument, isElement, nameOf, outerOf, parentOf, slotOf } from '../native.ts';

/**
 * The elements an event on `node` passes, from the inside out, through slots and open shadow roots: what a click on it
 * can activate. (`composedPath()` would tell only once an event is under way.)
 */
export function pathOf(node: Node): Element[] {
  const path: Element[] = [];
  for (let at: Node | null = node; at !== null; at = above(at)) {
    if (isElement(at)) path.push(at);
  }
  return path;
}

function above(node: Node): Node | null {
  const slot = isElement(node) ? slotOf(node) : null;
  if (slot) return slot;
  const parent = parentOf(node);
  // An event does not leave its document.
  return parent === null && !isDocument(node) ? outerOf(node) : parent;
}

/** The same, and on through the frames around the document: whatever a reason against an act may be written on. */
export function pathThroughFrames(node: Node): Element[] {
  const path = pathOf(node);
  const frame = frameAround(documentOf(node));
  return frame ? [...path, ...pathThroughFrames(frame)] : path;
}

export function isNamed<Name extends keyof HTMLElementTagNameMap>(
  element: Element,
  name: Name,
): element is HTMLElementTagNameMap[Name] {
  return nameOf(element) === name && element.namespaceURI === 'http://www.w3.org/1999/xhtml';
}
