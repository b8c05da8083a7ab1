import { KNOCK_EVERY_MS, KNOCK_PATIENCE_MS } from '../../../protocol/limits.ts';

/**
 * Asks the server again and again, until it answers anything at all. A request is a small question; after a number of
 * sockets that came to nothing a browser makes every next one wait for seconds.
 * @param server `https://cobrowse.example.com`
 * @param signal ends it; the promise then stays open
 */
export function whenReachable(server: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(knock, KNOCK_EVERY_MS);
    const stop = (): void => clearInterval(timer);
    signal.addEventListener('abort', stop);

    function answered(): void {
      stop();
      signal.removeEventListener('abort', stop);
      resolve();
    }

    function knock(): void {
      const patience = AbortSignal.timeout(KNOCK_PATIENCE_MS);
      fetch(`${server}/healthz`, { mode: 'no-cors', cache: 'no-store', credentials: 'omit', signal: patience }).then(
        answered,
        () => {},
      );
    }
    knock();
  });
}
