import { hostOf, nameOf, parentOf, slotOf, typeOf } from '../native.ts';

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
  return parent === null && node instanceof ShadowRoot ? hostOf(node) : parent;
}

export function isElement(node: Node): node is Element {
  return typeOf(node) === Node.ELEMENT_NODE;
}

export function isNamed<Name extends keyof HTMLElementTagNameMap>(
  element: Element,
  name: Name,
): element is HTMLElementTagNameMap[Name] {
  return nameOf(element) === name && element.namespaceURI === 'http://www.w3.org/1999/xhtml';
}
