import { signal, type ReadonlySignal } from '@preact/signals';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { AgentAccount, LiveSession } from '../../protocol/signaling.ts';
import { onSettingsChange, readServer, readSignIn, type SignIn } from '../browser-storage.ts';
import { liveSessions } from '../console/api.ts';

const POLL_EVERY_MS = 2_000;

/** The live sessions this account may see, kept up to date while the popup is open. */
export interface LiveList {
  /** `undefined` until the storage has answered. */
  readonly agent: ReadonlySignal<AgentAccount | null | undefined>;
  /** `null` until the server has answered; kept while it does not. */
  readonly sessions: ReadonlySignal<readonly LiveSession[] | null>;
  readonly error: ReadonlySignal<ErrorCode | null>;
  dispose(): void;
}

export function createLiveList(): LiveList {
  const agent = signal<AgentAccount | null | undefined>(undefined);
  const sessions = signal<readonly LiveSession[] | null>(null);
  const error = signal<ErrorCode | null>(null);
  let signIn: SignIn | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Grows when the settings change: what was asked before is then nobody's answer. */
  let round = 0;

  const stopListening = onSettingsChange(() => void begin());
  void begin();

  async function begin(): Promise<void> {
    const current = ++round;
    clearTimeout(timer);
    const [{ server }, stored] = await Promise.all([readServer(), readSignIn()]);
    if (current !== round) return;
    signIn = stored?.server === server ? stored : null;
    agent.value = signIn?.agent ?? null;
    await poll(current);
  }

  async function poll(current: number): Promise<void> {
    if (signIn === null) return;
    const answer = await liveSessions(signIn.server, signIn.token);
    if (current !== round) return;
    if (answer.ok) sessions.value = answer.value;
    error.value = answer.ok ? null : answer.code;
    if (!answer.ok && answer.code === 'not_signed_in') {
      agent.value = null;
      return;
    }
    timer = setTimeout(() => void poll(current), POLL_EVERY_MS);
  }

  return {
    agent,
    sessions,
    error,
    dispose() {
      round += 1;
      clearTimeout(timer);
      stopListening();
    },
  };
}
