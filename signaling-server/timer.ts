/** A timer that can say how long it still runs. */
export interface Timer {
  stop(): void;
  /** Whole milliseconds until it fires; 0 when it has, or was stopped. */
  leftMs(): number;
}

/** @param ms at most 2³¹ − 1, as for `setTimeout`. */
export function startTimer(ms: number, fire: () => void): Timer {
  let endsAt = Date.now() + ms;
  const handle = setTimeout(fire, ms);
  return {
    stop() {
      clearTimeout(handle);
      endsAt = 0;
    },
    leftMs: () => Math.max(0, endsAt - Date.now()),
  };
}
