import { getAttribute, parentOf } from '../mirror/dom.ts';

/** Fields the agent types into; the rest are clicked, chosen from or set. */
const TYPED = new Set(['text', 'search', 'url', 'tel', 'email', 'number', 'password']);
const ENTERED = new Set(['date', 'time', 'datetime-local', 'month', 'week', 'color']);

/** Whether characters go into this element of the mirror. */
export function isEditable(node: Node | undefined): boolean {
  if (node instanceof HTMLInputElement) return TYPED.has(node.type);
  if (node instanceof HTMLTextAreaElement) return true;
  for (let at: Node | null = node ?? null; at !== null; at = parentOf(at)) {
    const editable = at instanceof Element ? getAttribute(at, 'contenteditable') : null;
    if (editable !== null) return editable !== 'false';
  }
  return false;
}

/** Its content, or its parent's, is hidden from the agent. */
export function isHidden(element: Element): boolean {
  return (getAttribute(element, 'data-alongside-mark') ?? '').includes('masked');
}

/** The list that a click on it would open, or in which it is an option. */
export function chosenFrom(element: Element): HTMLSelectElement | null {
  for (let at: Node | null = element; at instanceof HTMLElement; at = parentOf(at)) {
    if (at instanceof HTMLSelectElement) return isHidden(at) ? null : at;
    if (!(at instanceof HTMLOptionElement) && !(at instanceof HTMLOptGroupElement)) return null;
  }
  return null;
}

/** The type of input in which its value is entered as a whole; `null`: it is not that kind of field. */
export function enteredAs(element: Element): string | null {
  return element instanceof HTMLInputElement && ENTERED.has(element.type) ? element.type : null;
}

export function isSlider(target: EventTarget | undefined): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type === 'range' && !isHidden(target);
}
