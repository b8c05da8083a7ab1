import { signal, type ReadonlySignal } from '@preact/signals';
import type { ErrorCode } from '../../protocol/errors.ts';
import { parseSessionId } from '../../protocol/session-id.ts';
import { openAssetStore } from '../asset-store.ts';
import {
  forgetKeptSession,
  forgetSignIn,
  keepSession,
  onSettingsChange,
  readKeptSession,
  readServer,
  readSignIn,
  readZoom,
  saveSignIn,
  saveZoom,
  type KeptSession,
  type SignIn,
  type Zoom,
} from '../browser-storage.ts';
import * as api from './api.ts';
import { createPeerDoor } from './connection/peer.ts';
import { createSession, type Ended, type Session } from './session.ts';
import { takeSessionLock } from './session-lock.ts';
import { createViewerElements, type ViewerElements } from './virtual-browser/viewer-elements.ts';

const TOKEN_LIFE_MS = 12 * 60 * 60_000;

/** The agent's desk: who is signed in, and which session is open. One for each console page. */
export interface Desk {
  /** `false` until the storage has answered. */
  readonly ready: ReadonlySignal<boolean>;
  readonly server: ReadonlySignal<string>;
  readonly signIn: ReadonlySignal<SignIn | null>;
  readonly signInError: ReadonlySignal<ErrorCode | null>;
  readonly session: ReadonlySignal<Session | null>;
  readonly joining: ReadonlySignal<boolean>;
  readonly joinError: ReadonlySignal<ErrorCode | null>;
  /** How the last session of this console ended. */
  readonly lastEnded: ReadonlySignal<Ended | null>;
  /** The session is open in another tab. */
  readonly elsewhere: ReadonlySignal<boolean>;
  readonly zoom: ReadonlySignal<Zoom>;
  readonly viewers: ViewerElements;
  enter(email: string, password: string): Promise<void>;
  leave(): Promise<void>;
  join(typed: string): Promise<void>;
  /** Goes on with the agent's own session, which another console or none has. */
  returnToSession(): Promise<void>;
  /** The person types again: what was said about the last try no longer holds. */
  forgetJoinError(): void;
  setZoom(zoom: Zoom): void;
  dispose(): void;
}

/** @param shelf where nobody sees it: viewers wait there */
export function createDesk(shelf: Element): Desk {
  const viewers = createViewerElements(shelf);
  const ready = signal(false);
  const server = signal('');
  const signIn = signal<SignIn | null>(null);
  const signInError = signal<ErrorCode | null>(null);
  const session = signal<Session | null>(null);
  const joining = signal(false);
  const joinError = signal<ErrorCode | null>(null);
  const lastEnded = signal<Ended | null>(null);
  const elsewhere = signal(false);
  const zoom = signal<Zoom>('fit');

  const stopListening = onSettingsChange(() => void readSettings());
  void begin();

  async function begin(): Promise<void> {
    zoom.value = await readZoom();
    await readSettings();
    const kept = await readKeptSession();
    if (signIn.value !== null) {
      if (kept !== null) await takeUp(kept);
      else await returnIfMissed(signIn.value);
    }
    ready.value = true;
  }

  /** The browser was closed in the middle of a session, and nothing of it was kept: the server knows. */
  async function returnIfMissed(agent: SignIn): Promise<void> {
    const live = await api.liveSessions(agent.server, agent.token);
    const own = live.ok ? live.value.find((one) => one.agentName !== null && one.away.includes('agent')) : undefined;
    // A lead sees the sessions of others as well.
    if (own !== undefined && own.agentName === agent.agent.name) await returnNow(agent);
  }

  async function returnNow(agent: SignIn): Promise<void> {
    const answer = await api.returnToSession(agent.server, agent.token);
    if (!answer.ok) {
      joinError.value = answer.code;
      return;
    }
    const { joinedAt, ...returned } = answer.value;
    const kept = { server: agent.server, ...returned, joinedAt: Date.parse(joinedAt) };
    await keepSession(kept);
    lastEnded.value = null;
    joinError.value = null;
    await takeUp(kept);
  }

  async function readSettings(): Promise<void> {
    const [setting, stored] = await Promise.all([readServer(), readSignIn()]);
    server.value = setting.server;
    // A token is for the server that gave it.
    signIn.value = stored?.server === setting.server ? stored : null;
  }

  async function takeUp(kept: KeptSession): Promise<void> {
    const release = await takeSessionLock();
    elsewhere.value = release === null;
    if (release === null) return;
    const siteKey = signIn.value?.agent.site.key ?? '';
    const taken = createSession(kept, createPeerDoor, openAssetStore({ server: kept.server, siteKey }));
    session.value = taken;
    const stop = taken.ended.subscribe((ended) => {
      if (ended === null) return;
      lastEnded.value = ended;
      session.value = null;
      // Another console has taken it up and still needs what is kept.
      if (ended.code !== 'replaced') void forgetKeptSession();
      release();
      queueMicrotask(() => stop());
    });
  }

  async function forgetAgent(why: ErrorCode | null): Promise<void> {
    signIn.value = null;
    signInError.value = why;
    await forgetSignIn();
  }

  return {
    ready,
    server,
    signIn,
    signInError,
    session,
    joining,
    joinError,
    lastEnded,
    elsewhere,
    zoom,
    viewers,
    async enter(email, password) {
      signInError.value = null;
      const from = server.value;
      const answer = await api.signIn(from, email, password);
      if (!answer.ok) {
        signInError.value = answer.code;
        return;
      }
      const entered = { ...answer.value, server: from, expiresAt: Date.now() + TOKEN_LIFE_MS };
      lastEnded.value = null;
      joinError.value = null;
      signIn.value = entered;
      await saveSignIn(entered);
    },
    async leave() {
      session.value?.exit();
      const left = signIn.value;
      lastEnded.value = null;
      await forgetAgent(null);
      if (left !== null) await api.signOut(left.server, left.token);
    },
    async join(typed) {
      const agent = signIn.value;
      if (agent === null || joining.value || session.value !== null) return;
      const sessionId = parseSessionId(typed);
      if (sessionId === null) {
        joinError.value = 'malformed_session_id';
        return;
      }
      joining.value = true;
      joinError.value = null;
      const answer = await api.join(agent.server, agent.token, sessionId);
      if (answer.ok) {
        const kept = { server: agent.server, ...answer.value, sessionId, joinedAt: Date.now() };
        // Signed out meanwhile: nobody is here to take it up, and the server ends it when nobody comes.
        if (signIn.value === agent) {
          await keepSession(kept);
          lastEnded.value = null;
          await takeUp(kept);
        }
      } else if (answer.code === 'not_signed_in') {
        await forgetAgent('not_signed_in');
      } else {
        joinError.value = answer.code;
      }
      joining.value = false;
    },
    async returnToSession() {
      const agent = signIn.value;
      if (agent === null || joining.value || session.value !== null) return;
      joining.value = true;
      await returnNow(agent);
      joining.value = false;
    },
    forgetJoinError() {
      joinError.value = null;
    },
    setZoom(next) {
      zoom.value = next;
      void saveZoom(next);
    },
    dispose() {
      stopListening();
      session.value?.dispose();
      session.value = null;
    },
  };
}
