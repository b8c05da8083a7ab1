import { listen } from './listen.ts';

const PROBE = 'alongside-probe';

/**
 * Calls back when a script writes the document anew (`document.open`): the browser then takes away every listener, of the
 * page and of ours, and to a session it is as good as another page.
 */
export function whenRewritten(document: Document, signal: AbortSignal, act: () => void): void {
  let isHeard = false;
  listen(document, PROBE as never, () => (isHeard = true), { signal });
  // Observers stay. Roots come and go otherwise, too, with all listeners there.
  const watch = new MutationObserver(() => {
    isHeard = false;
    EventTarget.prototype.dispatchEvent.call(document, new Event(PROBE));
    if (!isHeard) act();
  });
  watch.observe(document, { childList: true });
  signal.addEventListener('abort', () => watch.disconnect());
}
