import {
  FAREWELL_MS,
  MAX_SOCKET_FRAME_BYTES,
  MIN_BETWEEN_TRIES_MS,
  OTHERS_WORD_MS,
  SOCKET_CHECK_MS,
} from '../../../protocol/limits.ts';
import type { Farewell } from '../../../protocol/page-message.ts';
import { parseServerMessage, type ClientMessage, type ServerMessage } from '../../../protocol/signaling.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';

const PING_EVERY_MS = 15_000;
/** The server answers each ping; two missed answers mean that nobody is there. */
const SILENT_AFTER_MS = 2 * PING_EVERY_MS + 5_000;
const CONNECT_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8_000;
const LAST_FAREWELL_RETRY_MS = 2_000;

export interface SessionSocketEvents {
  onMessage(message: ServerMessage): void;
  /** The channel to the page is open and works. */
  isLinked(): boolean;
  /** The page is not heard on a channel that is open: if the server is not heard either, it is our network. */
  isSilent(): boolean;
  /** Resolves as soon as the server answers anything at all. Asked only while the page is silent. */
  whenReachable(signal: AbortSignal): Promise<void>;
  /** Milliseconds since the agent last did something. */
  activeAgoMs(): number;
  onUp(): void;
  onDown(): void;
}

export interface SessionSocket {
  /** Says it if the socket is open; otherwise it is lost, and `hello` brings everything up to date later. */
  say(message: ClientMessage): void;
  /** The page is not heard any more: if the server is not either, the socket is dead, and a new one is due. */
  check(): void;
  /** The network is back: what is not open is opened now. */
  comeBackNow(): void;
  /**
   * Ends the session, now or when the server can be reached again, then closes. No event follows.
   * @param saidByOther how the page says it has ended it: the server is given a moment to hear that from the page
   */
  end(saidByOther?: Farewell): void;
  close(): void;
  /** Messages that this version does not know. */
  readonly dropped: number;
}

/** The socket of one session: `hello`, heartbeat, and reconnecting until `close`. */
export function createSessionSocket(url: string, token: string, events: SessionSocketEvents): SessionSocket {
  let socket: WebSocket | null = null;
  let closed = false;
  /** Why, and from when on (`performance.now()`) it is said. */
  let leaving: { readonly reason: Farewell | 'agent_ended'; readonly from: number } | null = null;
  let retryMs = FIRST_RETRY_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let farewell: ReturnType<typeof setTimeout> | undefined;
  let later: ReturnType<typeof setTimeout> | undefined;
  let dropped = 0;
  let isHurrying = false;
  /** `performance.now()`. */
  let openingSince = 0;
  let backSince = 0;
  const ending = new AbortController();
  // The network is back, or another: nobody has to wait for the next try.
  const reconnectNow = (): void => {
    if (closed || socket?.readyState === WebSocket.OPEN) return;
    const now = performance.now();
    // A try that began before there was a way is still waiting for its packets to be sent again; a later one is as good as a new one.
    if (socket ? openingSince >= backSince && backSince > 0 : now - openingSince < MIN_BETWEEN_TRIES_MS) return;
    backSince = now;
    clearTimeout(retry);
    retryMs = FIRST_RETRY_MS;
    drop();
    connect();
  };
  addEventListener('online', reconnectNow);
  const heartbeat = setInterval(() => say({ type: 'ping' }), PING_EVERY_MS);
  connect();

  function connect(): void {
    const opening = new WebSocket(url);
    socket = opening;
    openingSince = performance.now();
    watch(events.isSilent() ? SOCKET_CHECK_MS : CONNECT_TIMEOUT_MS);
    opening.addEventListener('open', () => {
      if (socket !== opening) return;
      backSince = 0;
      watch(SILENT_AFTER_MS);
      say({ type: 'hello', version: PROTOCOL_VERSION, token, linked: events.isLinked() });
      say({ type: 'active', agoMs: events.activeAgoMs() });
      sayEnd();
    });
    opening.addEventListener('message', ({ data }) => {
      if (socket === opening) receive(data);
    });
    // An `error` is always followed by a `close`, which says as much.
    opening.addEventListener('close', () => {
      if (socket === opening) lost();
    });
  }

  function receive(data: unknown): void {
    watch(SILENT_AFTER_MS);
    const message = typeof data === 'string' && data.length <= MAX_SOCKET_FRAME_BYTES ? parseServerMessage(data) : null;
    if (message === null) {
      dropped += 1;
    } else if (leaving) {
      if (message.type === 'ended' || message.type === 'error') close();
    } else if (message.type !== 'pong') {
      if (message.type === 'state') {
        retryMs = FIRST_RETRY_MS;
        events.onUp();
      }
      events.onMessage(message);
    }
  }

  function watch(ms: number): void {
    clearTimeout(watchdog);
    watchdog = setTimeout(lost, ms);
  }

  function lost(): void {
    drop();
    backSince = 0;
    if (closed) return;
    if (!leaving) events.onDown();
    // A server that comes back must not meet all its consoles in the same instant.
    clearTimeout(retry);
    retry = setTimeout(connect, retryMs * (0.75 + Math.random() / 2));
    retryMs = Math.min(leaving ? LAST_FAREWELL_RETRY_MS : LAST_RETRY_MS, retryMs * 2);
    if (events.isSilent()) void hurry();
  }

  async function hurry(): Promise<void> {
    if (isHurrying) return;
    isHurrying = true;
    await events.whenReachable(ending.signal).catch(() => {});
    isHurrying = false;
    reconnectNow();
  }

  function drop(): void {
    clearTimeout(watchdog);
    const gone = socket;
    socket = null;
    gone?.close();
  }

  function say(message: ClientMessage): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  function sayEnd(): void {
    if (!leaving || performance.now() < leaving.from || socket?.readyState !== WebSocket.OPEN) return;
    say({ type: 'end', reason: leaving.reason });
    // The line may be dead and look open: who is not answered says it again on another.
    watch(SOCKET_CHECK_MS);
  }

  function close(): void {
    if (closed) return;
    closed = true;
    ending.abort();
    removeEventListener('online', reconnectNow);
    clearInterval(heartbeat);
    clearTimeout(retry);
    clearTimeout(farewell);
    clearTimeout(later);
    drop();
  }

  return {
    say,
    check() {
      if (closed || leaving) return;
      if (socket?.readyState !== WebSocket.OPEN) {
        reconnectNow();
        return;
      }
      say({ type: 'ping' });
      watch(SOCKET_CHECK_MS);
    },
    comeBackNow: reconnectNow,
    end(saidByOther) {
      if (leaving || closed) return;
      const waitMs = saidByOther === undefined ? 0 : OTHERS_WORD_MS;
      leaving = { reason: saidByOther ?? 'agent_ended', from: performance.now() + waitMs };
      farewell = setTimeout(close, FAREWELL_MS);
      later = setTimeout(sayEnd, waitMs);
      if (socket?.readyState === WebSocket.OPEN) sayEnd();
      else reconnectNow();
    },
    close,
    get dropped() {
      return dropped;
    },
  };
}
