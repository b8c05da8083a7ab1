import { ACTIVITY_EVERY_MS } from '../../protocol/limits.ts';

/** When the agent last did something, told to the server at most every 15 s. */
export interface Activity {
  /** Milliseconds since then. */
  agoMs(): number;
  /** The agent does something. */
  note(): void;
  /** The agent says so: told at once. */
  now(): void;
  stop(): void;
}

export function createActivity(tell: (agoMs: number) => void): Activity {
  let actedAt = performance.now();
  let toldAt = -ACTIVITY_EVERY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function agoMs(): number {
    return Math.round(performance.now() - actedAt);
  }

  function tellNow(): void {
    clearTimeout(timer);
    timer = undefined;
    toldAt = performance.now();
    tell(agoMs());
  }

  function note(): void {
    actedAt = performance.now();
    timer ??= setTimeout(tellNow, Math.max(0, toldAt + ACTIVITY_EVERY_MS - actedAt));
  }

  return {
    agoMs,
    note,
    now() {
      actedAt = performance.now();
      tellNow();
    },
    stop: () => clearTimeout(timer),
  };
}
