import { textPlaceOf } from './editable.ts';
import { listen } from '../listen.ts';
import { isElement, pathOfEvent } from '../native.ts';

/** A pause between two keys of somebody who goes on typing. */
const PAUSE_MS = 1_500;

/** The field the customer is typing in: theirs is the focus, and in that field theirs are the keys. */
export interface CustomerTyping {
  /** Keys are heard only by the window they are pressed in: each frame's has to be watched. */
  watch(window: Window): void;
  field(): Element | null;
  /** When they last pressed something. Milliseconds. */
  actedAt(): number;
}

/** @param now milliseconds */
export function createCustomerTyping(now: () => number, signal: AbortSignal): CustomerTyping {
  let field: Element | null = null;
  let lastKey = -Infinity;
  const listening = { capture: true, passive: true, signal };

  function note(event: Event): void {
    const [target] = pathOfEvent(event);
    // What the agent types is never trusted, with one exception: editing commands, which `keydown` is not.
    if (!event.isTrusted || !isElement(target)) return;
    field = textPlaceOf(target);
    lastKey = now();
  }

  return {
    watch(window) {
      // Whoever clicks into a field is about to type there.
      for (const type of ['pointerdown', 'keydown', 'compositionupdate', 'paste'] as const)
        listen(window, type, note, listening);
    },
    actedAt: () => lastKey,
    field: () => (field?.isConnected && now() - lastKey < PAUSE_MS ? field : null),
  };
}
