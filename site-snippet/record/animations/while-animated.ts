/** `over`: nothing is left that could move. */
export type Pace = 'running' | 'resting' | 'over';

const INTERVAL_MS = { running: 100, resting: 500 } as const;
/** So many times as long as looking took nothing is looked at. */
const REST_PER_COST = 20;

/**
 * Looks at what animates by itself again and again, as long as there is any.
 * @param onFailed a page may have put anything in the place of the browser's own: it is not looked at any more
 * @returns begins, unless it is under way
 */
export function whileAnimated(signal: AbortSignal, tellAll: () => Pace, onFailed: () => void): () => void {
  let timer = 0;

  function look(): void {
    timer = 0;
    const begun = performance.now();
    try {
      const pace = tellAll();
      if (pace === 'over') return;
      timer = setTimeout(look, Math.max(INTERVAL_MS[pace], REST_PER_COST * (performance.now() - begun)));
    } catch {
      onFailed();
    }
  }

  signal.addEventListener('abort', () => clearTimeout(timer));

  return () => {
    if (timer === 0) look();
  };
}
