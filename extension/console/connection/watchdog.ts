/**
 * Notices when the viewer does not answer any more. The mirror's own styles can be so heavy that laying them out takes
 * seconds; the viewer is a process of its own (a sandboxed page), so the console and **Exit Session** answer throughout.
 */
export interface Watchdog {
  /** The viewer is there. */
  start(): void;
  /** It has answered. */
  heard(): void;
  stop(): void;
}

const ASK_EVERY_MS = 1_000;
/** A machine that is short of breath takes a second or two now and then. */
const PATIENCE_MS = 5_000;

/**
 * @param ask one question, never a second one before the answer
 * @param onStalled told when the viewer falls silent, and when it answers again
 */
export function createWatchdog(ask: () => void, onStalled: (isStalled: boolean) => void): Watchdog {
  let next: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let isStalled = false;

  function tell(stalled: boolean): void {
    if (stalled === isStalled) return;
    isStalled = stalled;
    onStalled(stalled);
  }

  function inquire(): void {
    ask();
    patience = setTimeout(() => tell(true), PATIENCE_MS);
  }

  function stop(): void {
    clearTimeout(next);
    clearTimeout(patience);
    tell(false);
  }

  return {
    start() {
      stop();
      inquire();
    },
    heard() {
      clearTimeout(patience);
      clearTimeout(next);
      tell(false);
      next = setTimeout(inquire, ASK_EVERY_MS);
    },
    stop,
  };
}
