import { element } from './element.ts';
import { openModal } from './modal.ts';
import { trustedButton } from './trusted-button.ts';

/** A click that was meant for what lay under the dialog a moment ago must not allow anything. */
const ALLOW_AFTER_MS = 500;

export type WriteAnswer = 'allowed' | 'denied' | 'timeout';

export interface WriteRequest {
  readonly answer: Promise<WriteAnswer>;
  /** Taken back: answers `denied`. */
  close(): void;
}

/**
 * **Write Mode request**. Escape, and whatever else closes it without a click on **Allow**, denies.
 * @param timeoutMs milliseconds until it answers `timeout` by itself
 */
export function askWrite(parent: HTMLElement, agentName: string, timeoutMs: number, signal: AbortSignal): WriteRequest {
  let close = (): void => {};
  const answer = new Promise<WriteAnswer>((resolve) => {
    let given: WriteAnswer = 'denied';
    function give(value: WriteAnswer): void {
      given = value;
      modal.close();
    }

    const endsAt = Date.now() + timeoutMs;
    const seconds = element('p', { class: 'quiet' });
    function showSeconds(): void {
      seconds.textContent = `Without an answer in ${Math.max(0, Math.ceil((endsAt - Date.now()) / 1_000))} s it stays off.`;
    }
    const deny = trustedButton('Deny', { autofocus: '' }, signal, () => give('denied'));
    const allow = trustedButton('Allow', { class: 'primary', disabled: '' }, signal, () => give('allowed'));
    const text = element(
      'p',
      { id: 'modal-text' },
      element('b', {}, element('bdi', {}, agentName)),
      ' asks to click and type on this page together with you. You see everything that happens, ' +
        'your passwords stay hidden, and you can turn it off at any moment.',
    );
    const ticking = setInterval(showSeconds, 1_000);
    const timeouts = [
      setTimeout(() => give('timeout'), timeoutMs),
      setTimeout(() => (allow.disabled = false), ALLOW_AFTER_MS),
    ];
    showSeconds();
    const actions = element('div', { class: 'actions' }, deny, allow);
    const modal = openModal(parent, 'Write Mode request', [text, seconds, actions], signal, () => {
      clearInterval(ticking);
      timeouts.forEach(clearTimeout);
      resolve(given);
    });
    modal.dialog.setAttribute('aria-describedby', 'modal-text');
    close = modal.close;
  });
  return { answer, close };
}
