import { startTimer, type Timer } from './timer.ts';

/** Both sides are told when this part of the time has passed: at 4 minutes of 5. */
const WARN_AT = 0.8;
/** After a pause both sides say first when they were last active; until then nobody is taken for idle. Milliseconds. */
const FIRST_WORD_MS = 10_000;

interface IdleClockEvents {
  /** @param remainingMs until the end; 0: somebody is there, the warning is over */
  onWarning(remainingMs: number): void;
  onIdle(): void;
}

/** How long nobody has done anything, while both are there. */
export interface IdleClock {
  /** Both are there: time counts. */
  run(): void;
  /** Somebody is away: another clock counts. */
  rest(): void;
  /** A side did something so many milliseconds ago. */
  acted(agoMs: number): void;
  /** What a side that comes now must know: milliseconds to the end while the warning stands, else 0. */
  warnedMs(): number;
}

export function createIdleClock(timeoutMs: number, events: IdleClockEvents): IdleClock {
  let actedAt = Date.now();
  let isRunning = false;
  let timer: Timer | null = null;
  let isWarned = false;

  function wait(notBeforeMs = 0): void {
    timer?.stop();
    if (!isRunning) return;
    const passed = Date.now() - actedAt;
    const next = isWarned ? timeoutMs - passed : Math.max(notBeforeMs, timeoutMs * WARN_AT - passed);
    timer = startTimer(Math.max(0, next), isWarned ? events.onIdle : warn);
  }

  function warn(): void {
    isWarned = true;
    // However late the first word was: the warning has its whole time.
    actedAt = Math.max(actedAt, Date.now() - timeoutMs * WARN_AT);
    wait();
    events.onWarning(timer?.leftMs() ?? 0);
  }

  return {
    run() {
      if (isRunning) return;
      isRunning = true;
      wait(Math.min(FIRST_WORD_MS, timeoutMs));
    },
    rest() {
      isRunning = false;
      isWarned = false;
      timer?.stop();
    },
    acted(agoMs) {
      actedAt = Math.max(actedAt, Date.now() - agoMs);
      const isOver = isWarned && Date.now() - actedAt < timeoutMs * WARN_AT;
      if (isOver) isWarned = false;
      wait();
      if (isOver) events.onWarning(0);
    },
    warnedMs: () => (isRunning && isWarned ? (timer?.leftMs() ?? 0) : 0),
  };
}
