import { attributeOf, nameOf } from '../native.ts';
import { isNamed } from './path.ts';

/**
 * Whether the agent may not use this element, for reasons of its own: the green box. What stands inside a restricted
 * element is restricted as well; the guard looks at every element on the way up.
 */
export function isRestricted(element: Element): boolean {
  return hasRestriction(element) || isSubmitButton(element) || isFileField(element);
}

/** `data-alongside="restrict"`. */
export function hasRestriction(element: Element): boolean {
  return /\brestrict\b/u.test(attributeOf(element, 'data-alongside') ?? '');
}

/** A `<button>` without a type submits the form it belongs to, be it around it or named by `form=`. */
export function isSubmitButton(element: Element): boolean {
  if (isNamed(element, 'button')) {
    if (element.type !== 'submit') return false;
    return element.form !== null || attributeOf(element, 'type')?.toLowerCase() === 'submit';
  }
  if (isNamed(element, 'input')) return element.type === 'submit' || element.type === 'image';
  // Web components for buttons submit through their own script.
  return nameOf(element).includes('-') && attributeOf(element, 'type')?.toLowerCase() === 'submit';
}

export function isFileField(element: Element): boolean {
  return isNamed(element, 'input') && element.type === 'file';
}
