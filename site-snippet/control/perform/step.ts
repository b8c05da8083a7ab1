import { isReadOnly } from '../editable.ts';
import { matches, windowOf } from '../../native.ts';
import { dispatch, setSelectedIndex } from '../native-acts.ts';
import { isNamed } from '../path.ts';
import { STEPS } from './radio-group.ts';

/** Arrow keys in a number, a range or a closed list. @returns whether the key was one that steps here */
export function step(element: Element, key: string): boolean {
  if (isNamed(element, 'select')) return stepList(element, key);
  if (!isNamed(element, 'input') || isReadOnly(element)) return false;
  const direction = directionOf(element, key);
  if (direction === 0) return false;
  const before = element.value;
  const probe = element.cloneNode() as HTMLInputElement;
  stepOnce(probe, direction);
  if (probe.value === before) return true;
  // Chrome says so for numbers, with the value that is to come; for sliders it does not.
  if (element.type === 'number' && !sendBeforeInput(element, probe.value)) return true;
  stepOnce(element, direction);
  sendChosen(element);
  return true;
}

function stepOnce(input: HTMLInputElement, direction: number): void {
  if (direction > 0) input.stepUp();
  else input.stepDown();
}

function sendBeforeInput(input: HTMLInputElement, data: string): boolean {
  const options = { bubbles: true, composed: true, cancelable: true, inputType: 'insertText', data };
  return dispatch(input, new (windowOf(input).InputEvent)('beforeinput', options));
}

function directionOf(input: HTMLInputElement, key: string): number {
  const isRange = input.type === 'range';
  if (!isRange && input.type !== 'number') return 0;
  if (key === 'ArrowUp' || (isRange && key === 'ArrowRight')) return 1;
  return key === 'ArrowDown' || (isRange && key === 'ArrowLeft') ? -1 : 0;
}

/** In a closed list, the option that is chosen and the one that the key leads to. */
export function steppedOptions(element: Element, key: string): HTMLOptionElement[] {
  const direction = listDirectionOf(element, key);
  if (direction === 0) return [];
  const { options, selectedIndex } = element as HTMLSelectElement;
  let index = selectedIndex + direction;
  while (options[index] && matches(options[index] as Element, ':disabled')) index += direction;
  const next = options[index];
  return next ? [next, ...[...options].slice(selectedIndex, selectedIndex + 1)] : [];
}

function listDirectionOf(element: Element, key: string): number {
  return isNamed(element, 'select') && !element.multiple ? (STEPS[key] ?? 0) : 0;
}

function stepList(list: HTMLSelectElement, key: string): boolean {
  const [next] = steppedOptions(list, key);
  if (!next) return listDirectionOf(list, key) !== 0;
  setSelectedIndex(list, next.index);
  sendChosen(list);
  return true;
}

/** What the browser sends when a value was chosen, not typed. */
export function sendChosen(field: Element): void {
  sendInput(field);
  sendChange(field);
}

export function sendInput(field: Element): void {
  dispatch(field, new (windowOf(field).Event)('input', { bubbles: true, composed: true }));
}

export function sendChange(field: Element): void {
  dispatch(field, new (windowOf(field).Event)('change', { bubbles: true }));
}
