import { MAX_TYPED_UNITS } from '../../../protocol/limits.ts';

/**
 * Keys that come within this time travel as one text: no hand is so fast, but what writes phrases for agents is. Masks of
 * fields put the caret in its place as late as 10 ms after a key.
 */
const GATHER_MS = 10;

/** Keys that are not text and mean something to a page. */
export const SENT_KEYS: ReadonlySet<string> = new Set(
  (
    'Enter Tab Escape Backspace Delete ArrowUp ArrowDown ArrowLeft ArrowRight Home End PageUp PageDown Insert ' +
    'F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12'
  ).split(' '),
);

export interface Typing {
  add(character: string): void;
  /** @param text cut to what one command may carry */
  paste(text: string): void;
  /** Sends what has gathered: before anything else of the agent's, so that the order stays. */
  flush(): void;
}

export function createTyping(send: (text: string) => void, signal: AbortSignal): Typing {
  let text = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const gathered = text;
    text = '';
    if (gathered !== '') send(gathered);
  }

  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });

  return {
    add(character) {
      text += character;
      timer ??= setTimeout(flush, GATHER_MS);
    },
    paste(pasted) {
      flush();
      if (pasted !== '') send(pasted.slice(0, MAX_TYPED_UNITS));
    },
    flush,
  };
}

/** Whether the key puts a character where the caret is. AltGr is Ctrl and Alt at once, and writes `@` on many keyboards. */
export function isText(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'getModifierState'>,
): boolean {
  if (!isCharacter(event.key)) return false;
  return event.getModifierState('AltGraph') || (!event.ctrlKey && !event.metaKey && !event.altKey);
}

/** One character: the names of other keys are longer. */
export function isCharacter(key: string): boolean {
  return /^.$/u.test(key);
}

export function isPasteKey({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return ((ctrlKey || metaKey) && key.toLowerCase() === 'v') || (shiftKey && key === 'Insert');
}
