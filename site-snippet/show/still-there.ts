import { element } from './element.ts';
import { trustedButton } from './trusted-button.ts';

/**
 * The sentence that the session is about to end because nobody does anything, with a button that goes on. It takes
 * nothing from the page: moving the mouse answers it as well.
 * @param endsAt by `performance.now()`
 * @param signal takes it away
 */
export function showStillThere(stack: HTMLElement, endsAt: number, signal: AbortSignal, onContinue: () => void): void {
  if (signal.aborted) return;
  const left = element('b', { 'aria-hidden': 'true' });
  const text = element('p', { role: 'alert' });
  const box = element(
    'section',
    { class: 'notice', 'aria-label': 'Are you still there?' },
    element('div', {}, text, left),
    trustedButton('Continue', {}, signal, onContinue),
  );

  function count(): void {
    left.textContent = `${Math.max(0, Math.ceil((endsAt - performance.now()) / 1000))} s`;
  }

  const timer = setInterval(count, 1_000);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    box.remove();
  });
  stack.append(box);
  count();
  // A live region speaks what changes in it.
  text.textContent = 'Are you still there? The co-browse session ends soon.';
}
