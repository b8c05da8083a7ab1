import { editingHost, isTextField } from './editable.ts';
import { isElement, pathOf } from './path.ts';

/** A pause between two keys of somebody who goes on typing. */
const PAUSE_MS = 1_500;

/**
 * The field the customer is typing in: theirs is the focus, and in that field theirs are the keys.
 * @param now milliseconds
 */
export function watchCustomerTyping(window: Window, now: () => number, signal: AbortSignal): () => Element | null {
  let field: Element | null = null;
  let lastKey = 0;
  const listening = { capture: true, passive: true, signal };

  function note(event: Event): void {
    const [target] = event.composedPath();
    // What the agent types is never trusted, with one exception: editing commands, which `keydown` is not.
    if (!event.isTrusted || !(target instanceof Node) || !isElement(target)) return;
    field = isTextField(target) ? target : editingHost(pathOf(target));
    lastKey = now();
  }

  // Whoever clicks into a field is about to type there.
  window.addEventListener('pointerdown', note, listening);
  window.addEventListener('keydown', note, listening);
  window.addEventListener('compositionupdate', note, listening);
  window.addEventListener('paste', note, listening);

  return () => (field?.isConnected && now() - lastKey < PAUSE_MS ? field : null);
}
