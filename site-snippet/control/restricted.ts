import { attributeOf, nameOf } from '../native.ts';
import { isNamed } from './path.ts';

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
