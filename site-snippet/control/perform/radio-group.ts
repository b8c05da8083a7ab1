import { documentOf, matches, rootOf } from '../../native.ts';
import { isNamed } from '../path.ts';

/** Where a key leads to in a group of buttons, and in a list. */
export const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** The radio button of the same group an arrow key leads to; `null` when the key leads nowhere. */
export function nextRadio(element: Element, key: string): HTMLInputElement | null {
  const step = STEPS[key];
  if (step === undefined || !isNamed(element, 'input') || element.type !== 'radio') return null;
  const group = radioGroup(element).filter((radio) => !matches(radio, ':disabled'));
  const next = group.at((group.indexOf(element) + step) % group.length);
  return next === element ? null : (next ?? null);
}

/** All of its name in its form and tree, in their order. */
export function radioGroup(radio: HTMLInputElement): HTMLInputElement[] {
  if (radio.name === '') return [radio];
  const root = rootOf(radio) as ParentNode;
  return [...(root ?? documentOf(radio)).querySelectorAll('input')].filter(
    (other) => other.type === 'radio' && other.name === radio.name && other.form === radio.form,
  );
}
