/** From one try to the next, while nothing is heard; the last one again and again. */
const DELAYS_MS = [3_000, 3_000, 6_000, 12_000];

/** Tries again and again to find a lost connection another way. */
export interface Mending {
  /** Nothing is heard any more: tries at once, then less and less often. */
  start(): void;
  /** Something changed for the better: tries at once, if it is needed at all. */
  hurry(): void;
  stop(): void;
}

export function createMending(tryNow: () => void): Mending {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;

  function next(): void {
    tryNow();
    timer = setTimeout(next, DELAYS_MS[Math.min(tries, DELAYS_MS.length - 1)]);
    tries += 1;
  }

  return {
    start() {
      if (timer === undefined) next();
    },
    hurry() {
      if (timer === undefined) return;
      clearTimeout(timer);
      tries = 0;
      next();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      tries = 0;
    },
  };
}
