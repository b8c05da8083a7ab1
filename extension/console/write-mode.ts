import { signal, type ReadonlySignal } from '@preact/signals';
import type { SessionMode } from '../../protocol/page-message.ts';

export type WriteState = 'off' | 'asking' | 'on';
/** Why the last request came to nothing, or how Write mode ended. */
export type WriteNote = 'denied' | 'timeout' | 'not-offered' | 'ended-by-customer' | 'interrupted' | 'unreachable';

/** The agent's side of Write mode. The customer's page decides; this only asks and remembers the answer. */
export interface WriteMode {
  readonly state: ReadonlySignal<WriteState>;
  readonly note: ReadonlySignal<WriteNote | null>;
  /** `performance.now()` at which the customer's time to answer is over. */
  readonly answerDue: ReadonlySignal<number>;
  /** Changes at every grant and revoke; each command carries it. */
  readonly epoch: ReadonlySignal<number>;
  toggle(): void;
  onMode(mode: SessionMode, epoch: number): void;
  onAnswer(answer: 'denied' | 'timeout' | 'not-offered'): void;
  /** The connection to the page is gone; a page that comes back starts in Pointer mode. */
  interrupt(): void;
  close(): void;
}

/** The customer's page ends the request itself; the console waits this much longer for its word. */
const GRACE_MS = 3_000;

export function createWriteMode(
  say: (type: 'ask-write' | 'end-write') => boolean,
  requestTimeoutMs: number,
): WriteMode {
  const state = signal<WriteState>('off');
  const note = signal<WriteNote | null>(null);
  const answerDue = signal(0);
  const epoch = signal(0);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function settle(next: WriteState, why: WriteNote | null): void {
    clearTimeout(timer);
    state.value = next;
    note.value = why;
  }

  return {
    state,
    note,
    answerDue,
    epoch,
    toggle() {
      if (state.value !== 'off') {
        say('end-write');
        settle('off', null);
        return;
      }
      if (!say('ask-write')) {
        settle('off', 'unreachable');
        return;
      }
      settle('asking', null);
      answerDue.value = performance.now() + requestTimeoutMs;
      timer = setTimeout(() => settle('off', 'timeout'), requestTimeoutMs + GRACE_MS);
    },
    onMode(mode, newEpoch) {
      epoch.value = newEpoch;
      if (mode === 'write') settle('on', null);
      else if (state.value === 'on') settle('off', 'ended-by-customer');
      // Pointer mode while asking is only the state so far; the answer is still to come.
    },
    onAnswer(answer) {
      if (state.value === 'asking') settle('off', answer);
    },
    interrupt() {
      if (state.value !== 'off') settle('off', 'interrupted');
    },
    close: () => clearTimeout(timer),
  };
}
