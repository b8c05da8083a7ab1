import { ACTIVITY_EVERY_MS } from '../../protocol/limits.ts';
import { listen } from '../listen.ts';

/** When the customer last did something. What an agent does here is no event a person caused, and does not count. */
export interface Activity {
  /** Milliseconds since then. */
  agoMs(): number;
  /** Counts as something done, and is told at once. */
  now(): void;
}

const EVENTS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** @param tell called at most every 15 s, or at `now()` */
export function watchActivity(signal: AbortSignal, tell: (agoMs: number) => void): Activity {
  let actedAt = performance.now();
  let toldAt = -ACTIVITY_EVERY_MS;
  let timer = 0;

  function tellNow(): void {
    clearTimeout(timer);
    timer = 0;
    toldAt = performance.now();
    tell(agoMs());
  }

  function agoMs(): number {
    return Math.round(performance.now() - actedAt);
  }

  function note({ isTrusted }: { isTrusted: boolean }): void {
    if (!isTrusted) return;
    actedAt = performance.now();
    timer ||= setTimeout(tellNow, Math.max(0, toldAt + ACTIVITY_EVERY_MS - actedAt));
  }

  for (const type of EVENTS) listen(window, type, note, { signal, capture: true, passive: true });
  signal.addEventListener('abort', () => clearTimeout(timer));

  return {
    agoMs,
    now() {
      actedAt = performance.now();
      tellNow();
    },
  };
}
