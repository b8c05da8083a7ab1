import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';
import { readAgentMessage, type AgentMessage } from '../../protocol/command.ts';
import { createFrameAssembler, splitIntoFrames } from '../../protocol/frames.ts';
import { ASSETS_CHANNEL_ID, PAGE_CHANNEL_ID } from '../../protocol/limits.ts';
import { readPageMessage, type PageMessage } from '../../protocol/page-message.ts';
import type { JoinResponse, ServerMessage, SignInResponse, StartResponse } from '../../protocol/signaling.ts';
import { PROTOCOL_VERSION } from '../../protocol/version.ts';
import type { Product } from './product.ts';

export type ChannelName = 'live' | 'page' | 'assets';
/** A frame as it goes out: bytes, or a text where bytes are expected. */
export type Frame = Uint8Array | string;

/** One end of a session that speaks the protocol by hand, and says whatever it is told to. */
export interface HostilePeer {
  readonly page: Page;
  /** Resolves when all of it has been given to the browser; waits while the channel is full. */
  send(channel: ChannelName, frames: readonly Frame[], times?: number): Promise<void>;
  /** What came from the other side so far. */
  frames(channel: ChannelName): Promise<Uint8Array[]>;
  /** What the server said on the session socket. */
  serverSaid(): Promise<ServerMessage[]>;
  /** How many connections there were, this one included. */
  calls(): Promise<number>;
}

/** In the browser. Everything in and out is base64, because that is what crosses to it unharmed. */
interface Driver {
  start(ticket: Ticket): void;
  send(channel: ChannelName, frames: { text: boolean; body: string }[], times: number): Promise<void>;
  isOpen(): boolean;
  received(channel: ChannelName): string[];
  readonly said: string[];
  readonly calls: number;
}

interface Ticket {
  readonly server: string;
  readonly token: string;
  readonly version: number;
  readonly pageChannelId: number;
  readonly assetsChannelId: number;
  /** Frames said on `live` as soon as it opens, base64. */
  readonly greeting: readonly string[];
}

/** Joins the session as an agent whose console is not ours. @param greeting what is said first on `live` */
export async function startHostileAgent(
  product: Product,
  digits: string,
  greeting: readonly Uint8Array[],
): Promise<HostilePeer> {
  const { token } = await post<SignInResponse>(product, '/api/sign-in', {
    email: 'agent@demo.example',
    password: 'demo',
  });
  const joined = await post<JoinResponse>(product, '/api/sessions/join', { sessionId: digits }, token);
  const page = await product.context.newPage();
  // An extension's page, because the server opens an agent's sockets to nobody else.
  await page.goto(`${product.extensionUrl}/options/options.html`);
  const peer = await drive(page);
  await page.evaluate(startDriver, ticketFor(product, joined.token, greeting));
  await isOpen(page);
  return peer;
}

/** Starts a session from a page whose snippet is not ours. `connected` is to be awaited once an agent has joined. */
export async function startHostilePage(
  product: Product,
  address: string,
  greeting: readonly Uint8Array[],
): Promise<{ peer: HostilePeer; digits: string; historyId: string; connected: () => Promise<void> }> {
  const page = await product.context.newPage();
  await page.goto(address);
  const peer = await drive(page);
  const started: StartResponse = await page.evaluate(async (server) => {
    const body = JSON.stringify({ site: 'demo', channel: 'voice' });
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${server}/api/sessions`, { method: 'POST', headers, body })).json();
  }, product.url);
  await page.evaluate(startDriver, ticketFor(product, started.token, greeting));
  const { sessionId: digits, historyId } = started;
  return { peer, digits, historyId, connected: () => isOpen(page) };
}

/** All whole messages an agent's side has sent. */
export async function agentMessages(peer: HostilePeer, channel: ChannelName = 'live'): Promise<AgentMessage[]> {
  return readAll(await peer.frames(channel), readAgentMessage);
}

/** All whole messages a page has sent. */
export async function pageMessages(peer: HostilePeer, channel: ChannelName): Promise<PageMessage[]> {
  return readAll(await peer.frames(channel), readPageMessage);
}

/** A message in one frame or more, not deflated. */
export function framed(message: Uint8Array): Uint8Array[] {
  return [...splitIntoFrames({ bytes: message, deflated: false })];
}

function readAll<T>(frames: readonly Uint8Array[], read: (bytes: Uint8Array) => T | null): T[] {
  const assembler = createFrameAssembler();
  const messages: T[] = [];
  for (const frame of frames) {
    const whole = assembler.accept(frame);
    const message = whole && read(whole.deflated ? new Uint8Array(inflateRawSync(whole.bytes)) : whole.bytes);
    if (message !== null) messages.push(message);
  }
  return messages;
}

async function post<T>(product: Product, path: string, body: object, token?: string): Promise<T> {
  const response = await fetch(product.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

function ticketFor(product: Product, token: string, greeting: readonly Uint8Array[]): Ticket {
  return {
    server: product.url,
    token,
    version: PROTOCOL_VERSION,
    pageChannelId: PAGE_CHANNEL_ID,
    assetsChannelId: ASSETS_CHANNEL_ID,
    greeting: greeting.map((frame) => Buffer.from(frame).toString('base64')),
  };
}

async function isOpen(page: Page): Promise<void> {
  await page.waitForFunction(() => (window as unknown as { driver: Driver }).driver.isOpen(), null, { polling: 50 });
}

function startDriver(ticket: Ticket): void {
  (window as unknown as { driver: Driver }).driver.start(ticket);
}

async function drive(page: Page): Promise<HostilePeer> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  // Not as a script element: an extension's policy takes none.
  const expression = readFileSync(resolve('node_modules/peerjs/dist/peerjs.min.js'), 'utf8');
  const { exceptionDetails } = await cdp.send('Runtime.evaluate', { expression });
  if (exceptionDetails) throw new Error(`PeerJS did not start: ${exceptionDetails.text}`);
  await cdp.detach();
  await page.evaluate(installDriver);

  return {
    page,
    async send(channel, frames, times = 1) {
      const all = frames.map((frame) => ({
        text: typeof frame === 'string',
        body: typeof frame === 'string' ? frame : Buffer.from(frame).toString('base64'),
      }));
      await page.evaluate(
        ([name, list, count]) => (window as unknown as { driver: Driver }).driver.send(name, list, count),
        [channel, all, times] as const,
      );
    },
    async frames(channel) {
      const received = await page.evaluate(
        (name) => (window as unknown as { driver: Driver }).driver.received(name),
        channel,
      );
      return received.map((base64) => new Uint8Array(Buffer.from(base64, 'base64')));
    },
    async serverSaid() {
      const said = await page.evaluate(() => (window as unknown as { driver: Driver }).driver.said);
      return said.map((text) => JSON.parse(text) as ServerMessage);
    },
    calls: () => page.evaluate(() => (window as unknown as { driver: Driver }).driver.calls),
  };
}

/** Runs in the browser and knows nothing of this file. */
function installDriver(): void {
  const HIGH_WATER_BYTES = 4 * 1024 * 1024;
  interface Connection {
    readonly peerConnection: RTCPeerConnection;
    readonly dataChannel: RTCDataChannel;
    on(event: string, listener: () => void): void;
  }
  interface Peer {
    on(event: 'connection', listener: (connection: Connection) => void): void;
    on(event: 'open' | 'error', listener: () => void): void;
    connect(name: string, options: object): Connection;
    readonly open: boolean;
  }
  const { Peer } = window as unknown as { Peer: new (name: string, options: object) => Peer };
  const channels = new Map<ChannelName, RTCDataChannel>();
  const received: Record<ChannelName, string[]> = { live: [], page: [], assets: [] };
  const said: string[] = [];
  let calls = 0;
  let greeting: readonly string[] = [];
  let pageChannelId = 0;
  let assetsChannelId = 0;

  const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const textOf = (bytes: Uint8Array): string => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };

  function listen(name: ChannelName, channel: RTCDataChannel): void {
    channel.binaryType = 'arraybuffer';
    channels.set(name, channel);
    channel.addEventListener('message', ({ data }) => {
      if (data instanceof ArrayBuffer) received[name].push(textOf(new Uint8Array(data)));
    });
  }

  function take(connection: Connection): void {
    const { peerConnection } = connection;
    const page = peerConnection.createDataChannel('page', { negotiated: true, id: pageChannelId, ordered: true });
    const assets = peerConnection.createDataChannel('assets', { negotiated: true, id: assetsChannelId, ordered: true });
    connection.on('error', () => {});
    connection.on('open', () => {
      calls += 1;
      for (const name of ['live', 'page', 'assets'] as const) received[name].length = 0;
      listen('page', page);
      listen('assets', assets);
      listen('live', connection.dataChannel);
      for (const frame of greeting) connection.dataChannel.send(bytesOf(frame));
    });
  }

  const driver: Driver = {
    start(ticket) {
      const { hostname, port } = new URL(ticket.server);
      ({ greeting, pageChannelId, assetsChannelId } = ticket);
      const socket = new WebSocket(`${ticket.server.replace('http', 'ws')}/session`);
      let peer: Peer | null = null;
      socket.addEventListener('open', () =>
        socket.send(JSON.stringify({ type: 'hello', version: ticket.version, token: ticket.token })),
      );
      socket.addEventListener('message', ({ data }) => {
        said.push(String(data));
        const message = JSON.parse(String(data)) as Record<string, string>;
        if (message['type'] === 'peer' && peer === null) {
          const config = { iceServers: [] };
          const options = {
            host: hostname,
            port: Number(port),
            path: '/',
            key: 'alongside',
            token: message['token'],
            config,
          };
          peer = new Peer(message['name'] ?? '', options);
          peer.on('error', () => {});
          peer.on('connection', take);
        }
        if (message['type'] === 'connect' && peer !== null) {
          const to = message['to'] ?? '';
          take(peer.connect(to, { label: 'live', reliable: true, serialization: 'raw' }));
        }
      });
    },
    async send(name, frames, times) {
      const channel = channels.get(name);
      const bodies = frames.map(({ text, body }) => (text ? body : bytesOf(body)));
      for (let turn = 0; turn < times; turn += 1) {
        for (const body of bodies) {
          // It is closed as soon as the other side has had enough, and that is not this side's failure.
          if (channel?.readyState !== 'open') return;
          channel.send(body as string);
          if (channel.bufferedAmount < HIGH_WATER_BYTES) continue;
          await new Promise<void>((resolve) => {
            channel.addEventListener('bufferedamountlow', () => resolve(), { once: true });
            channel.addEventListener('close', () => resolve(), { once: true });
          });
        }
      }
    },
    // Open, or opened and closed again: who hears another version does not wait.
    isOpen: () => calls > 0 && channels.get('page')?.readyState !== 'connecting',
    received: (name) => received[name],
    said,
    get calls() {
      return calls;
    },
  };
  Object.assign(window, { driver });
}
