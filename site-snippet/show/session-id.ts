import { formatSessionId, type SessionId } from '../../protocol/session-id.ts';
import { element } from './element.ts';
import { sessionIdStatus } from './session-id-status.ts';
import { timeLeft } from './time-left.ts';
import { trustedButton } from './trusted-button.ts';

const TIME_LEFT_EVERY_MS = 10_000;
const COPIED_MS = 3_000;

export interface SessionIdCard {
  remove(): void;
  focus(): void;
}

/**
 * The card with the digits that the customer reads out.
 * @param id nine digits
 * @param expiresInMs milliseconds
 */
export function showSessionIdCard(
  parent: HTMLElement,
  id: string,
  expiresInMs: number,
  signal: AbortSignal,
  onCancel: () => void,
): SessionIdCard {
  const expiresAt = Date.now() + expiresInMs;
  const formatted = formatSessionId(id as SessionId);
  const digits = sessionIdStatus(formatted);
  const left = element('span', { class: 'quiet' });
  const copy = trustedButton('Copy', {}, signal, () => void copyDigits());
  const card = element(
    'section',
    { class: 'card', 'aria-labelledby': 'card-name', tabindex: '-1' },
    element('h2', { id: 'card-name' }, 'Your session ID'),
    element('p', {}, 'Read these digits to your representative:'),
    digits,
    element('p', { class: 'quiet' }, 'They see this page only after they entered them. ', left),
    element('div', { class: 'actions' }, trustedButton('Cancel', {}, signal, onCancel), copy),
  );

  function showTimeLeft(): void {
    left.textContent = timeLeft(expiresAt - Date.now());
  }

  let copied: ReturnType<typeof setTimeout> | undefined;
  async function copyDigits(): Promise<void> {
    let said = 'Copied';
    try {
      await navigator.clipboard.writeText(formatted);
    } catch {
      // No permission, or no https: the digits are selected for the customer's own copy.
      getSelection()?.selectAllChildren(digits);
      said = 'Selected';
    }
    if (!card.isConnected) return;
    copy.textContent = said;
    clearTimeout(copied);
    copied = setTimeout(() => (copy.textContent = 'Copy'), COPIED_MS);
  }

  const timer = setInterval(showTimeLeft, TIME_LEFT_EVERY_MS);
  showTimeLeft();
  parent.append(card);

  function remove(): void {
    clearInterval(timer);
    clearTimeout(copied);
    signal.removeEventListener('abort', remove);
    card.remove();
  }
  signal.addEventListener('abort', remove, { once: true });
  return { remove, focus: () => card.focus() };
}
