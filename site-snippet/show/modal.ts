import { element } from './element.ts';

export interface Modal {
  /** Where the question and its buttons go, below the heading. */
  readonly dialog: HTMLDialogElement;
  close(): void;
}

/**
 * Opens a modal dialog; the browser traps the focus and gives it back.
 * @param name the heading and the accessible name
 * @param onClosed once, however it was closed: by `close`, Escape, or the signal
 */
export function openModal(
  parent: HTMLElement,
  name: string,
  content: readonly Node[],
  signal: AbortSignal,
  onClosed: () => void,
): Modal {
  const heading = element('h2', { id: 'modal-name' }, name);
  const dialog = element('dialog', { class: 'modal', 'aria-labelledby': 'modal-name' }, heading, ...content);
  let closed = false;

  function close(): void {
    if (closed) return;
    closed = true;
    signal.removeEventListener('abort', close);
    dialog.close();
    dialog.remove();
    onClosed();
  }

  dialog.addEventListener('close', close, { signal });
  signal.addEventListener('abort', close, { once: true });
  parent.append(dialog);
  dialog.showModal();
  return { dialog, close };
}
