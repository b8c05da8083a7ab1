import type { Modifier } from '../../../protocol/command.ts';
import { keyboardEvent } from './keyboard-event.ts';

const KEYS = { shift: 'Shift', control: 'Control', alt: 'Alt', meta: 'Meta' } as const;

/** Pages that go by what is held listen to these keys themselves. */
export function pressModifiers(element: Element, modifiers: readonly Modifier[]): void {
  modifiers.forEach((modifier, index) => {
    keyboardEvent('keydown', element, KEYS[modifier], modifiers.slice(0, index + 1));
  });
}

/** In the other order, as `pressModifiers` has pressed them. */
export function releaseModifiers(element: Element, modifiers: readonly Modifier[]): void {
  for (let held = modifiers.length - 1; held >= 0; held -= 1) {
    const modifier = modifiers[held];
    if (modifier) keyboardEvent('keyup', element, KEYS[modifier], modifiers.slice(0, held));
  }
}
