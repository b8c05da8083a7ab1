/** For tests: the real server on a port of its own, and real clients of it. */
import { once } from 'node:events';
import { pino } from 'pino';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import type { ErrorCode } from '../protocol/errors.ts';
import {
  parseServerMessage,
  type ClientMessage,
  type JoinResponse,
  type ServerMessage,
  type SignInResponse,
  type StartResponse,
} from '../protocol/signaling.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { readConfig } from './config.ts';
import { createServer, type ServerOptions, type SignalingServer } from './server.ts';
import type { NewSite } from './sites/sites.ts';

export const CUSTOMER_ORIGIN = 'http://localhost:3000';
export const EXTENSION_ORIGIN = `chrome-extension://${'a'.repeat(32)}`;

/** No wait in a test is longer. */
const PATIENCE_MS = 4_500;

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  // The last one first: clients before their server.
  for (let thing = opened.pop(); thing !== undefined; thing = opened.pop()) await thing.close();
});

const OTHER_SITE: NewSite = {
  key: 'other',
  name: 'Other Company',
  origins: ['https://other.example'],
};
const OTHER_AGENT = {
  email: 'agent@other.example',
  name: 'Olga Other',
  role: 'agent',
  siteKey: 'other',
  password: 'other',
} as const;

/** Demo mode on an empty database in memory, with a second company. Closed after the test. */
export async function startServer(
  options: ServerOptions = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<SignalingServer> {
  const config = readConfig({ DEMO: '1', PORT: '0', DATABASE_URL: ':memory:', ...environment });
  const server = await createServer(config, {
    log: pino({ level: 'silent' }),
    passwordCost: { logN: 8, r: 8, p: 1 },
    sites: [OTHER_SITE],
    accounts: [OTHER_AGENT],
    ...options,
  });
  opened.push(server);
  await server.listen();
  return server;
}

/** A site of its own whose timers are short. */
export function siteWith(settings: NonNullable<NewSite['settings']>): ServerOptions {
  const site: NewSite = { key: 'quick', name: 'Quick Company', origins: ['loopback'], settings };
  const agent = {
    ...OTHER_AGENT,
    email: 'agent@quick.example',
    siteKey: 'quick',
    password: 'quick',
  };
  return { sites: [OTHER_SITE, site], accounts: [OTHER_AGENT, agent] };
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body & { readonly error: { readonly code: ErrorCode; readonly message: string } };
  readonly headers: Headers;
}

export async function get<Body = object>(
  server: SignalingServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Body>> {
  return answerOf(await fetch(server.url + path, { headers }));
}

export async function post<Body = object>(
  server: SignalingServer,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Body>> {
  const all = { 'content-type': 'application/json', ...headers };
  return answerOf(await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body), headers: all }));
}

async function answerOf<Body>(response: Response): Promise<Answer<Body>> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as never,
  };
}

/** A bearer token. */
export async function signIn(
  server: SignalingServer,
  email = 'agent@demo.example',
  password = email.split(/[@.]/u)[1] ?? '',
): Promise<string> {
  const { status, body } = await post<SignInResponse>(server, '/api/sign-in', { email, password });
  if (status !== 200) throw new Error(`Not signed in: ${JSON.stringify(body)}`);
  return body.token;
}

export async function startSession(server: SignalingServer, site = 'demo'): Promise<StartResponse> {
  const origin = site === 'other' ? 'https://other.example' : CUSTOMER_ORIGIN;
  const request = { site, channel: 'voice', interactionId: 'call-1' };
  const { status, body } = await post<StartResponse>(server, '/api/sessions', request, { origin });
  if (status !== 200) throw new Error(`Not started: ${JSON.stringify(body)}`);
  return body;
}

export async function join(server: SignalingServer, bearer: string, sessionId: unknown): Promise<Answer<JoinResponse>> {
  return post<JoinResponse>(server, '/api/sessions/join', { sessionId }, authorization(bearer));
}

export function authorization(bearer: string): Record<string, string> {
  return { authorization: `Bearer ${bearer}` };
}

/** A WebSocket that remembers what it heard until somebody asks. */
interface TestSocket<Message> {
  readonly ws: WebSocket;
  send(message: unknown): void;
  /** The next message that fits; earlier ones are skipped. */
  next(fits: (message: Message) => boolean): Promise<Message>;
  /** Everything heard and not yet asked for. */
  heard(): Message[];
  /** The close code. */
  closed(): Promise<number>;
  close(): void;
}

export async function openSocket<Message>(
  server: SignalingServer,
  path: string,
  origin: string | null,
  parse: (text: string) => Message,
): Promise<TestSocket<Message>> {
  const ws = new WebSocket(server.url.replace('http', 'ws') + path, origin === null ? {} : { origin });
  const queue: Message[] = [];
  let wake = (): void => {};
  const closeCode = new Promise<number>((resolve) => ws.on('close', resolve));
  ws.on('message', (data) => {
    queue.push(parse((data as Buffer).toString('utf8')));
    wake();
  });
  ws.on('error', () => {});
  const socket: TestSocket<Message> = {
    ws,
    send: (message) => ws.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next(fits) {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const index = queue.findIndex(fits);
        if (index >= 0) return queue.splice(0, index + 1).at(-1)!;
        await within(
          deadline - Date.now(),
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
          `no such message on ${path.split('?')[0]}, only ${JSON.stringify(queue)}`,
        );
      }
    },
    heard: () => queue.splice(0),
    closed: () => within(PATIENCE_MS, closeCode, 'the socket stays open'),
    close: () => ws.terminate(),
  };
  opened.push(socket);
  await within(
    PATIENCE_MS,
    new Promise<void>((resolve, reject) => {
      ws.once('open', resolve);
      ws.once('error', reject);
    }),
    'the socket does not open',
  );
  return socket;
}

type SessionSocket = TestSocket<ServerMessage>;

/** Opens `WS /session` and says hello. */
export async function enter(
  server: SignalingServer,
  token: string,
  origin = CUSTOMER_ORIGIN,
  hello: Partial<ClientMessage> = {},
): Promise<SessionSocket> {
  const socket = await openSocket(server, '/session', origin, (text) => {
    const message = parseServerMessage(text);
    if (message === null) throw new Error(`The server said ${text}`);
    return message;
  });
  socket.send({ type: 'hello', version: PROTOCOL_VERSION, token, linked: false, ...hello });
  return socket;
}

/** The next message of that type. */
export async function heard<Type extends ServerMessage['type']>(
  socket: SessionSocket,
  type: Type,
): Promise<Extract<ServerMessage, { type: Type }>> {
  return (await socket.next((message) => message.type === type)) as Extract<ServerMessage, { type: Type }>;
}

interface PeerMessage {
  readonly type: string;
  readonly src?: string;
  readonly dst?: string;
  readonly payload?: unknown;
}

/** Opens `WS /peerjs` as the stock client does. */
export async function openPeer(
  server: SignalingServer,
  peer: { readonly name: string; readonly token: string },
  origin: string,
): Promise<TestSocket<PeerMessage>> {
  const query = `key=alongside&id=${peer.name}&token=${peer.token}&version=1.5.5`;
  return openSocket(server, `/peerjs?${query}`, origin, (text) => JSON.parse(text) as PeerMessage);
}

/** Both sides in an active session, with their names. */
export async function pair(
  server: SignalingServer,
  email = 'agent@demo.example',
  site = 'demo',
): Promise<{
  readonly start: StartResponse;
  readonly joined: JoinResponse;
  readonly bearer: string;
  readonly customer: SessionSocket;
  readonly agent: SessionSocket;
  readonly customerPeer: { readonly name: string; readonly token: string };
  readonly agentPeer: { readonly name: string; readonly token: string };
}> {
  const start = await startSession(server, site);
  const customer = await enter(server, start.token);
  await heard(customer, 'state');
  const bearer = await signIn(server, email);
  const { status, body: joined } = await join(server, bearer, start.sessionId);
  if (status !== 200) throw new Error(`Not joined: ${JSON.stringify(joined)}`);
  const agent = await enter(server, joined.token, EXTENSION_ORIGIN);
  const customerPeer = await heard(customer, 'peer');
  const agentPeer = await heard(agent, 'peer');
  return { start, joined, bearer, customer, agent, customerPeer, agentPeer };
}

export async function historyRow(server: SignalingServer, historyId: string) {
  return server.database
    .selectFrom('sessions')
    .selectAll()
    .where('historyId', '=', historyId)
    .executeTakeFirstOrThrow();
}

/** For the refusals at the handshake: the HTTP status, or 101. */
export async function upgradeStatus(server: SignalingServer, path: string, origin: string | null): Promise<number> {
  const ws = new WebSocket(server.url.replace('http', 'ws') + path, origin === null ? {} : { origin });
  opened.push({ close: () => ws.terminate() });
  ws.on('error', () => {});
  return within(
    PATIENCE_MS,
    Promise.race([
      once(ws, 'open').then(() => 101),
      once(ws, 'unexpected-response').then(([, response]) => (response as { statusCode: number }).statusCode),
    ]),
    'no answer to the handshake',
  );
}

/** What the promise brings, or a failure that says what did not happen. */
async function within<Value>(ms: number, promise: Promise<Value>, failure: string): Promise<Value> {
  let timeout: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timeout = setTimeout(() => reject(new Error(failure)), Math.max(0, ms));
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timeout));
}
