import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readAgentMessage, writeAgentMessage, type AgentMessage } from '../../protocol/command.ts';
import { createFrameAssembler, splitIntoFrames } from '../../protocol/frames.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import { writePageMessage, type PageMessage } from '../../protocol/page-message.ts';
import type { ClientMessage, ServerMessage } from '../../protocol/signaling.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { CustomerLink, PeerEvents, PeerTicket } from './connection/peer.ts';
import { createSession, type Session, type Stage } from './session.ts';

const SETTINGS = {
  name: 'Shop',
  phone: '',
  writeMode: true,
  writeModeEndsWithPage: false,
  pendingTimeoutMs: 60_000,
  writeRequestTimeoutMs: 30_000,
  awayTimeoutMs: 120_000,
  idleTimeoutMs: 300_000,
};
/** Bounds a wait that will never end; on a busy machine a second is not enough. */
const eventually = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 15_000 });
const PEER: ServerMessage = { type: 'peer', name: 'agent-name', token: 'key', iceServers: [] };

/** The server's end of the session sockets. Node 20 has no WebSocket, and its types have no place among a page's. */
function socketServer() {
  const said: ClientMessage[] = [];
  let latest: Socket | null = null;

  class Socket extends EventTarget {
    static readonly OPEN = 1;
    readyState = 0;

    constructor() {
      super();
      queueMicrotask(() => {
        this.readyState = Socket.OPEN;
        this.dispatchEvent(new Event('open'));
      });
    }

    send(text: string): void {
      const message = JSON.parse(text) as ClientMessage;
      said.push(message);
      if (message.type === 'end') say('{"type":"ended","reason":"agent_ended"}');
    }

    close(): void {
      if (this.readyState > Socket.OPEN) return;
      this.readyState = 3;
      queueMicrotask(() => this.dispatchEvent(new Event('close')));
    }
  }

  function say(text: string): void {
    const socket = latest;
    queueMicrotask(() => socket?.dispatchEvent(new MessageEvent('message', { data: text })));
  }

  function connect(): Socket {
    latest = new Socket();
    return latest;
  }

  return {
    Socket: Object.assign(
      vi.fn(function WebSocket() {
        return connect();
      }),
      { OPEN: Socket.OPEN },
    ),
    said,
    say,
    drop: () => latest?.close(),
  };
}

/** A console's session between a server and a customer's page without WebRTC. */
async function stage() {
  const server = socketServer();
  const { said } = server;
  vi.stubGlobal('WebSocket', server.Socket);
  // Node's global object hears no events.
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});

  let peer: PeerEvents | null = null;
  const tickets: PeerTicket[] = [];
  const kept = {
    server: 'http://127.0.0.1:8787',
    token: 'secret',
    historyId: 'h',
    sessionId: '123456789',
    settings: SETTINGS,
    joinedAt: Date.now(),
  };
  const session = createSession(
    kept,
    (_server, events) => {
      peer = events;
      return { open: (ticket) => tickets.push(ticket), renewLine: () => {}, close: () => {} };
    },
    { read: () => Promise.resolve(null), keep: () => Promise.resolve() },
  );
  await eventually(() =>
    expect(said).toContainEqual({
      type: 'hello',
      version: PROTOCOL_VERSION,
      token: 'secret',
      linked: false,
    }),
  );

  return {
    session,
    said,
    tickets,
    say: (message: ServerMessage | string) =>
      server.say(typeof message === 'string' ? message : JSON.stringify(message)),
    loseSocket: server.drop,
    call: () => customerPage(peer),
  };
}

function customerPage(peer: PeerEvents | null) {
  if (peer === null) throw new Error('Nobody answers calls.');
  const heard: AgentMessage[] = [];
  const steps: unknown[] = [];
  let searches = 0;
  const assembler = createFrameAssembler();
  const link: CustomerLink = {
    fingerprints: () => ({ customer: 'sha-256 aa', agent: 'sha-256 bb' }),
    send(frame) {
      const whole = assembler.accept(frame);
      const message = whole === null ? null : readAgentMessage(whole.bytes);
      if (message !== null) heard.push(message);
      return true;
    },
    findPath: () => (searches += 1),
    takePathStep: (step) => steps.push(step),
    close: () => {},
  };
  const sendBytes = (bytes: Uint8Array): void => {
    for (const frame of splitIntoFrames({ bytes, deflated: false })) peer.onLiveFrame(link, frame);
  };
  peer.onCall(link);
  peer.onOpen(link);
  return {
    heard,
    steps,
    searches: () => searches,
    sendBytes,
    send: (message: PageMessage) => sendBytes(writePageMessage(message)),
    page: (size: number) => peer.onPageFrame(link, new ArrayBuffer(size)),
    hangUp: () => peer.onClosed(link),
  };
}

/** Plays the viewer on the other end of the port. */
function viewer(session: Session) {
  const { port1, port2 } = new MessageChannel();
  const heard: string[] = [];
  port2.addEventListener('message', ({ data }: MessageEvent<{ kind: string }>) => {
    if (data.kind === 'ask') port2.postMessage({ kind: 'here' });
    else heard.push(data.kind);
  });
  port2.start();
  session.attachViewer(port1);
  return { heard, say: (message: unknown) => port2.postMessage(message), close: () => port2.close() };
}

function state(extra: Partial<Extract<ServerMessage, { type: 'state' }>> = {}): ServerMessage {
  return {
    type: 'state',
    state: 'active',
    historyId: 'h',
    sessionId: '123456789',
    channel: 'voice',
    agentName: 'Ada',
    away: [],
    remainingMs: 0,
    ...extra,
  };
}

describe('a session', () => {
  let stand: Awaited<ReturnType<typeof stage>>;

  beforeEach(async () => {
    stand = await stage();
  });

  afterEach(() => {
    stand.session.dispose();
    vi.unstubAllGlobals();
  });

  const reached = (wanted: Stage) => eventually(() => expect(stand.session.stage.value).toBe(wanted));

  test('waits for the page under the name the server gave', async () => {
    stand.say(state());
    stand.say(PEER);
    await eventually(() => expect(stand.tickets).toHaveLength(1));
    expect(stand.tickets[0]).toMatchObject({ name: 'agent-name', token: 'key', iceServers: [] });
    expect(stand.session.stage.value).toBe('connecting');
  });

  test('says hello first and is live when the viewer has the whole page', async () => {
    const page = stand.call();
    expect(page.heard).toEqual([{ type: 'hello', version: PROTOCOL_VERSION }]);
    page.send({ type: 'hello', version: PROTOCOL_VERSION });
    expect(stand.session.stage.value).toBe('building');
    const mirror = viewer(stand.session);
    mirror.say({ kind: 'ready' });
    mirror.say({ kind: 'page', url: 'https://shop.example/', title: 'Shop', width: 800, height: 600 });
    mirror.say({ kind: 'complete' });
    await reached('live');
    expect(stand.session.screen.size.value).toEqual({ width: 800, height: 600 });
    mirror.close();
  });

  test('keeps the page back until both the hello has come and the viewer is ready', async () => {
    const page = stand.call();
    page.page(10);
    const mirror = viewer(stand.session);
    mirror.say({ kind: 'ready' });
    await eventually(() => expect(mirror.heard).toEqual(['mode']));
    page.send({ type: 'hello', version: PROTOCOL_VERSION });
    await eventually(() => expect(mirror.heard).toEqual(['mode', 'restart', 'frame']));
    mirror.close();
  });

  test('keeps the last whole picture until the next page’s is complete', async () => {
    const { session } = stand;
    const show = (mirror: ReturnType<typeof viewer>): void => {
      mirror.say({ kind: 'ready' });
      mirror.say({ kind: 'page', url: 'https://shop.example/', title: 'Shop', width: 800, height: 600 });
    };
    const first = stand.call();
    first.send({ type: 'hello', version: PROTOCOL_VERSION });
    const old = viewer(session);
    show(old);
    old.say({ kind: 'complete' });
    await reached('live');
    first.hangUp();
    expect(session.screen.mirrors.value).toEqual({ current: 1, before: 0 });

    // A page that is left before it was whole leaves nothing worth keeping.
    const second = stand.call();
    second.send({ type: 'hello', version: PROTOCOL_VERSION });
    const next = viewer(session);
    show(next);
    await reached('building');
    second.hangUp();
    expect(session.screen.mirrors.value).toEqual({ current: 1, before: 0 });

    stand.call().send({ type: 'hello', version: PROTOCOL_VERSION });
    next.say({ kind: 'complete' });
    await reached('live');
    expect(session.screen.mirrors.value).toEqual({ current: 1, before: null });
    for (const mirror of [old, next]) mirror.close();
  });

  test('accepts nothing before the page’s hello', () => {
    const page = stand.call();
    page.send({ type: 'mode', mode: 'write', epoch: 2 });
    expect(stand.session.write.state.value).toBe('off');
  });

  test('ends with a sentence when the page speaks another version, and tells the server', async () => {
    const page = stand.call();
    page.send({ type: 'hello', version: PROTOCOL_VERSION + 1 });
    expect(stand.session.ended.value).toMatchObject({ code: 'version_mismatch' });
    await eventually(() => expect(stand.said).toContainEqual({ type: 'end', reason: 'agent_ended' }));
  });

  test('ends politely at a message that cannot be read', () => {
    const page = stand.call();
    page.send({ type: 'hello', version: PROTOCOL_VERSION });
    page.sendBytes(new Uint8Array([35]));
    expect(stand.session.ended.value).toMatchObject({ code: 'bad_message' });
  });

  test('counts and drops messages it does not know', async () => {
    const page = stand.call();
    page.send({ type: 'hello', version: PROTOCOL_VERSION });
    page.sendBytes(new Uint8Array([250, 1, 2, 3]));
    stand.say('{"type":"tea-time"}');
    await eventually(() => expect(stand.session.dropped()).toBe(2));
    expect(stand.session.ended.value).toBeNull();
  });

  test('answers the page’s pings', () => {
    const page = stand.call();
    page.send({ type: 'hello', version: PROTOCOL_VERSION });
    page.send({ type: 'ping', sentAt: 77 });
    expect(page.heard.at(-1)).toEqual({ type: 'pong', sentAt: 77 });
  });

  test('is paused while the customer is away, and waits for the page when they are back', async () => {
    stand.say(state({ state: 'paused', away: ['customer'], remainingMs: 90_000 }));
    await reached('paused');
    expect(stand.session.pausedUntil.value).toBeGreaterThan(performance.now() + 80_000);
    stand.say(state());
    await reached('connecting');
  });

  test('asks the server for a new connection when the page’s is lost', async () => {
    const page = stand.call();
    page.send({ type: 'hello', version: PROTOCOL_VERSION });
    page.hangUp();
    expect(stand.session.stage.value).toBe('disconnected');
    await eventually(() => expect(stand.said).toContainEqual({ type: 'reconnect' }));
    const again = stand.call();
    again.send({ type: 'hello', version: PROTOCOL_VERSION });
    expect(stand.session.stage.value).toBe('building');
  });

  test('looks for another way when the page falls silent, and hands the page’s steps on', async () => {
    stand.say(PEER);
    const page = stand.call();
    page.send({ type: 'hello', version: PROTOCOL_VERSION });
    await eventually(() => expect(page.searches()).toBeGreaterThan(0));
    expect(stand.said).toContainEqual({ type: 'ping' });
    expect(stand.session.stage.value).toBe('building');

    const step = { call: 'c', attempt: 1, kind: 'answer', text: 'v=0' };
    stand.say({ type: 'path', step });
    await eventually(() => expect(page.steps).toEqual([step]));
    page.send({ type: 'ping', sentAt: 1 });
    const { length } = page.heard;
    const searches = page.searches();
    page.send({ type: 'ping', sentAt: 2 });
    stand.say(PEER);
    await eventually(() => expect(page.heard.length).toBeGreaterThan(length));
    expect(page.searches()).toBe(searches);
  });

  test('survives the loss of the server’s socket', async () => {
    stand.say(state());
    stand.loseSocket();
    await eventually(() => expect(stand.session.serverLost.value).toBe(true));
    await eventually(() => expect(stand.said.filter(({ type }) => type === 'hello')).toHaveLength(2));
    stand.say(state());
    await eventually(() => expect(stand.session.serverLost.value).toBe(false));
    expect(stand.session.ended.value).toBeNull();
  });

  test('passes on of the viewer’s messages what the mode allows, with numbers of its own', async () => {
    const page = stand.call();
    page.send({ type: 'hello', version: PROTOCOL_VERSION });
    const mirror = viewer(stand.session);
    const at = { node: 5 as NodeId, x: 0, y: 0 };
    const click = {
      type: 'command',
      epoch: 2,
      sequence: 900,
      act: { act: 'click', at, count: 1, modifiers: [] },
    } as const;
    mirror.say({ kind: 'agent-message', bytes: writeAgentMessage(click) });
    mirror.say({ kind: 'agent-message', bytes: writeAgentMessage({ type: 'point', at }) });
    await eventually(() => expect(page.heard).toContainEqual({ type: 'point', at }));
    expect(page.heard.some(({ type }) => type === 'command')).toBe(false);

    page.send({ type: 'mode', mode: 'write', epoch: 2 });
    stand.session.act({ act: 'navigate', to: 'back' });
    mirror.say({ kind: 'agent-message', bytes: writeAgentMessage(click) });
    await eventually(() => {
      const sequences = page.heard.map((message) => (message.type === 'command' ? message.sequence : null));
      expect(sequences.filter((sequence) => sequence !== null)).toEqual([1, 2]);
    });
    mirror.close();
  });

  test('ends with the reason the server gives', async () => {
    stand.say({ type: 'ended', reason: 'customer_ended' });
    await reached('ended');
    expect(stand.session.ended.value).toMatchObject({ reason: 'customer_ended', code: null });
  });

  test('ends at once when the agent exits, and tells the server', async () => {
    stand.session.exit();
    expect(stand.session.ended.value).toMatchObject({ reason: 'agent_ended', code: null });
    await eventually(() => expect(stand.said).toContainEqual({ type: 'end', reason: 'agent_ended' }));
  });
});
