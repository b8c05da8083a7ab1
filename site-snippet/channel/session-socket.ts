import { MIN_BETWEEN_TRIES_MS, RETURN_PATIENCE_MS, SOCKET_CHECK_MS } from '../../protocol/limits.ts';
import { parseServerMessage, type ClientMessage, type ServerMessage } from '../../protocol/signaling.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';

/** The customer's line to the server for as long as the session lives; it comes back by itself. */
export interface SessionSocket {
  say(message: ClientMessage): void;
  /** The agent is not heard any more: if the server is not either, the line is dead, and a new one is due. */
  check(): void;
  /** The network is back: what is not open is opened now. */
  comeBackNow(): void;
}

export interface SessionSocketOptions {
  /** `https://cobrowse.example.com` */
  readonly server: string;
  readonly token: string;
  readonly signal: AbortSignal;
  readonly onMessage: (message: ServerMessage) => void;
  /** The data channel is open and works. */
  readonly isLinked: () => boolean;
  /** The agent is not heard on a channel that is open: if the server is not heard either, it is our network. */
  readonly isSilent: () => boolean;
  /** Resolves as soon as the server answers anything at all. Asked only while the agent is silent. */
  readonly whenReachable: () => Promise<void>;
  /** Milliseconds since the customer last did something. */
  readonly activeAgoMs: () => number;
  /** How long the customer may be away, milliseconds. */
  readonly awayTimeoutMs: () => number;
  /** Until when the session is believed without a word from the server, as the page before knew it, Unix milliseconds. */
  readonly lastsUntil: number | null;
  /** `null`: nothing runs out. */
  readonly onLasting: (until: number | null) => void;
  /** The line was down for so long that the server, if it lives, has ended the session for our absence. */
  readonly onGone: () => void;
}

const PING_EVERY_MS = 15_000;
/** The server answers each ping. Counted, not timed: a hidden tab's timers are late, and its line is none the worse. */
const MAX_UNANSWERED = 2;
const CONNECT_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 4_000;
const MAX_UNSAID = 200;

export function openSessionSocket(options: SessionSocketOptions): SessionSocket {
  const { server, token, signal, onMessage } = options;
  const url = `${server.replace(/^http/u, 'ws')}/session`;
  let socket: WebSocket | null = null;
  let retry = FIRST_RETRY_MS;
  let timer = 0;
  let unanswered = 0;
  /** Over page loads, too: a page that cannot reach the server must not begin to wait anew. */
  let { lastsUntil } = options;
  let isOver = false;
  let isHurrying = false;
  /** `performance.now()`. */
  let openingSince = 0;
  let backSince = 0;
  /** Said while the line was down; only what still matters when it is back. */
  const unsaid: ClientMessage[] = [];
  /** Said until the server has heard it. */
  let farewell: ClientMessage | null = null;

  function open(): void {
    if (signal.aborted || isOver) return;
    socket?.close();
    const current = new WebSocket(url);
    socket = current;
    openingSince = performance.now();
    unanswered = 0;
    current.addEventListener('open', () => {
      if (socket !== current) return;
      backSince = 0;
      send({ type: 'hello', version: PROTOCOL_VERSION, token, linked: options.isLinked() });
      send({ type: 'active', agoMs: options.activeAgoMs() });
      for (const message of unsaid.splice(0)) send(message);
      if (farewell) sayFarewell(farewell);
    });
    current.addEventListener('message', ({ data }) => {
      const message = typeof data === 'string' ? parseServerMessage(data) : null;
      if (message === null || socket !== current) return;
      retry = FIRST_RETRY_MS;
      unanswered = 0;
      if (message.type === 'state') lasts(leftFor(message));
      if (message.type === 'ended' || message.type === 'error') isOver = true;
      onMessage(message);
    });
    current.addEventListener('close', () => comeBack(current));
    after(options.isSilent() ? SOCKET_CHECK_MS : CONNECT_TIMEOUT_MS, () => current.readyState || comeBack(current));
  }

  function comeBack(from: WebSocket): void {
    if (socket !== from || signal.aborted || isOver) return;
    socket = null;
    // A dead line says nothing more; its own `close` comes much later, and is nobody's then.
    from.close();
    backSince = 0;
    lasts(lastsUntil ?? Date.now() + options.awayTimeoutMs());
    if (Date.now() > lastsUntil!) {
      isOver = true;
      options.onGone();
      return;
    }
    // Spread out, so that a restarted server is not met by everybody at once.
    after(retry * (0.75 + Math.random() / 2), open);
    retry = Math.min(retry * 2, MAX_RETRY_MS);
    if (options.isSilent()) void hurry();
  }

  /** Whoever is away has this long to come back, also when we do not hear that the time is over. */
  function leftFor({ state, remainingMs }: Extract<ServerMessage, { type: 'state' }>): number | null {
    return state === 'paused' ? Date.now() + remainingMs + RETURN_PATIENCE_MS : null;
  }

  function lasts(until: number | null): void {
    if (lastsUntil === until) return;
    lastsUntil = until;
    options.onLasting(until);
  }

  async function hurry(): Promise<void> {
    if (isHurrying) return;
    isHurrying = true;
    await options.whenReachable().catch(() => {});
    isHurrying = false;
    comeBackNow();
  }

  function comeBackNow(): void {
    if (socket?.readyState === WebSocket.OPEN) return;
    const now = performance.now();
    // A try that began before there was a way is still waiting for its packets to be sent again; a later one is as good as a new one.
    if (socket ? openingSince >= backSince && backSince > 0 : now - openingSince < MIN_BETWEEN_TRIES_MS) return;
    backSince = now;
    open();
  }

  function beat(): void {
    if (socket === null) return;
    if (unanswered >= MAX_UNANSWERED) {
      comeBack(socket);
      return;
    }
    unanswered += 1;
    if (socket.readyState === WebSocket.OPEN) send({ type: 'ping' });
  }

  function check(): void {
    const asked = socket;
    beat();
    if (asked) after(SOCKET_CHECK_MS, () => unanswered && comeBack(asked));
  }

  /** One thing at a time is waited for: that it opens, that it answers, or the next try. */
  function after(ms: number, then: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  }

  /** A line may be dead and look open: who is not answered says it again on another. */
  function sayFarewell(message: ClientMessage): void {
    const asked = socket;
    send(message);
    if (asked) after(SOCKET_CHECK_MS, () => comeBack(asked));
  }

  function send(message: ClientMessage): void {
    socket?.send(JSON.stringify(message));
  }

  const heart = setInterval(beat, PING_EVERY_MS);
  signal.addEventListener('abort', () => {
    clearInterval(heart);
    clearTimeout(timer);
    socket?.close();
    socket = null;
  });
  open();

  return {
    check,
    comeBackNow,
    say(message) {
      const isOpen = socket?.readyState === WebSocket.OPEN;
      if (message.type === 'end') {
        farewell = message;
        if (isOpen) sayFarewell(message);
      } else if (isOpen) send(message);
      else if (message.type === 'acts' && unsaid.length < MAX_UNSAID) unsaid.push(message);
    },
  };
}
