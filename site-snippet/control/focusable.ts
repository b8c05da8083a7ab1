import { attributeOf, matches, nameOf } from '../native.ts';
import { boxesOf } from './native-acts.ts';
import { isNamed } from './path.ts';

/** Whether a click or a script can give it the focus. */
export function isFocusable(element: Element): element is HTMLElement {
  if (!('tabIndex' in element) || matches(element, ':disabled')) return false;
  if (isNamed(element, 'input') && element.type === 'hidden') return false;
  const { tabIndex } = element as HTMLElement;
  if (tabIndex >= 0 || attributeOf(element, 'tabindex') !== null) return true;
  // Chrome says -1 for editors and focuses them all the same.
  return attributeOf(element, 'contenteditable') !== null && (element as HTMLElement).isContentEditable;
}

export function isRendered(element: Element): boolean {
  return boxesOf(element).length > 0 || nameOf(element) === 'area';
}
