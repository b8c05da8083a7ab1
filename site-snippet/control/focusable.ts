import { attributeOf, matches, nameOf } from '../native.ts';
import { boxesOf } from './native-acts.ts';
import { isNamed } from './path.ts';

/** They say 0 as those do that lead somewhere or can be played, and nothing can give them the focus. */
const NOT_REALLY = ':is(a, area):not(:any-link), :is(audio, video):not([controls])';

/** Whether a click or a script can give it the focus. */
export function isFocusable(element: Element): element is HTMLElement {
  if (!('tabIndex' in element) || matches(element, ':disabled')) return false;
  if (isNamed(element, 'input') && element.type === 'hidden') return false;
  const { tabIndex } = element as HTMLElement;
  if (attributeOf(element, 'tabindex') !== null) return true;
  if (tabIndex >= 0 && !matches(element, NOT_REALLY)) return true;
  // Chrome says -1 for editors and focuses them all the same.
  return attributeOf(element, 'contenteditable') !== null && (element as HTMLElement).isContentEditable;
}

export function isRendered(element: Element): boolean {
  return boxesOf(element).length > 0 || nameOf(element) === 'area';
}
