import { readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { SENTENCES, type ErrorCode } from '../protocol/errors.ts';
import type { SignalingServer } from './server.ts';
import type { ServerLimits } from './server-limits.ts';
import {
  authorization,
  CUSTOMER_ORIGIN,
  enter,
  EXTENSION_ORIGIN,
  heard,
  join,
  openPeer,
  openSocket,
  pair,
  post,
  signIn,
  startServer,
  startSession,
} from './test-server.ts';

/** What a request is refused with. */
async function codeOf(answer: Promise<{ readonly body: { readonly error: { readonly code: string } } }>) {
  return (await answer).body.error.code;
}

/** What a first message on the session socket is refused with. */
async function codeOfHello(server: SignalingServer, hello: unknown, origin = CUSTOMER_ORIGIN): Promise<string> {
  const socket = await openSocket(server, '/session', origin, (text) => JSON.parse(text) as { code: string });
  socket.send(hello);
  const { code } = await socket.next(() => true);
  expect(await socket.closed()).toBe(1008);
  return code;
}

const START = { site: 'demo', channel: 'voice' };

/** One way to each refusal that the server has. */
const REFUSALS: readonly {
  readonly code: ErrorCode;
  readonly limits?: Partial<ServerLimits>;
  readonly provoke: (server: SignalingServer) => Promise<string>;
}[] = [
  {
    code: 'not_signed_in',
    provoke: (server) => codeOf(join(server, 'x'.repeat(43), '123456789')),
  },
  {
    code: 'wrong_credentials',
    provoke: (server) => codeOf(post(server, '/api/sign-in', { email: 'agent@demo.example', password: 'wrong' })),
  },
  {
    code: 'too_many_tries',
    limits: { signInsPerMinute: 0 },
    provoke: (server) => codeOf(post(server, '/api/sign-in', { email: 'agent@demo.example', password: 'demo' })),
  },
  {
    code: 'session_not_found',
    provoke: async (server) => codeOf(join(server, await signIn(server), '123456789')),
  },
  {
    code: 'malformed_session_id',
    provoke: async (server) => codeOf(join(server, await signIn(server), '12345')),
  },
  {
    code: 'agent_busy',
    async provoke(server) {
      const { bearer } = await pair(server);
      return codeOf(join(server, bearer, (await startSession(server)).sessionId));
    },
  },
  {
    code: 'site_not_found',
    provoke: (server) =>
      codeOf(post(server, '/api/sessions', { ...START, site: 'nobody' }, { origin: CUSTOMER_ORIGIN })),
  },
  {
    code: 'origin_not_allowed',
    provoke: (server) => codeOf(post(server, '/api/sessions', START, { origin: 'https://evil.example' })),
  },
  {
    code: 'role_not_allowed',
    async provoke(server) {
      const rules = { rules: [], patterns: [], basedOn: 0, note: '' };
      return codeOf(post(server, '/api/rules', rules, authorization(await signIn(server))));
    },
  },
  {
    code: 'rules_changed',
    async provoke(server) {
      const rules = { rules: [], patterns: [], basedOn: 7, note: '' };
      return codeOf(post(server, '/api/rules', rules, authorization(await signIn(server, 'admin@demo.example'))));
    },
  },
  {
    code: 'rules_unreadable',
    async provoke(server) {
      const rules = { rules: [], patterns: [{ name: 'Broken', pattern: '(' }], basedOn: 0, note: '' };
      return codeOf(post(server, '/api/rules', rules, authorization(await signIn(server, 'admin@demo.example'))));
    },
  },
  {
    code: 'server_busy',
    limits: { liveSessions: 0 },
    provoke: (server) => codeOf(post(server, '/api/sessions', START, { origin: CUSTOMER_ORIGIN })),
  },
  {
    code: 'server_error',
    async provoke(server) {
      await server.database.schema.dropTable('sessions').execute();
      return codeOf(post(server, '/api/sessions', START, { origin: CUSTOMER_ORIGIN }));
    },
  },
  {
    code: 'bad_request',
    provoke: (server) => codeOf(post(server, '/api/sign-in', { email: 1 })),
  },
  {
    code: 'bad_token',
    provoke: (server) => codeOfHello(server, { type: 'hello', version: 1, token: 'x'.repeat(43), linked: false }),
  },
  {
    code: 'bad_message',
    provoke: (server) => codeOfHello(server, 'hello?'),
  },
  {
    code: 'version_mismatch',
    provoke: (server) => codeOfHello(server, { type: 'hello', version: 999, token: 'x'.repeat(43), linked: false }),
  },
  {
    code: 'replaced',
    async provoke(server) {
      const { customer, start } = await pair(server);
      await enter(server, start.token);
      return (await heard(customer, 'error')).code;
    },
  },
  {
    code: 'not_paired',
    async provoke(server) {
      const { customerPeer } = await pair(server);
      const peer = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
      peer.send({ type: 'OFFER', dst: 'somebody-else', payload: {} });
      const { payload } = await peer.next(({ type }) => type === 'ERROR');
      return codeWithSentence((payload as { msg: string }).msg);
    },
  },
];

/** PeerJS has no field for a code. */
function codeWithSentence(sentence: string): string {
  return Object.entries(SENTENCES).find(([, known]) => known === sentence)?.[0] ?? sentence;
}

test.each(REFUSALS)('refuses with $code', async ({ code, limits, provoke }) => {
  const server = await startServer(limits === undefined ? {} : { limits });
  expect(await provoke(server)).toBe(code);
});

test('no refusal in the source is without its test above', () => {
  const root = import.meta.dirname;
  const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|test-server/u.test(name))
    .map((name) => readFileSync(joinPath(root, name), 'utf8'))
    .join('\n');
  const said = [...source.matchAll(/(?:new Refusal|refuse|sendError)\(\s*'(\w+)'|\bcode: '(\w+)'/gu)].map(
    ([, refused, sent]) => refused ?? sent,
  );
  // A frame for a stranger is an outcome first.
  const codes = new Set([...said, 'not_paired']);
  expect(codes.size).toBeGreaterThan(10);
  expect(codes).toEqual(new Set(REFUSALS.map(({ code }) => code)));
});

test('the log of sessions and refusals, at its most talkative, holds nothing that opens anything or names anybody', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const server = await startServer({ log });
  const { start, joined, bearer, customer, customerPeer, agentPeer } = await pair(server);
  const peer = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  peer.send({ type: 'OFFER', dst: agentPeer.name, payload: { sdp: 'v=0 secret-sdp' } });
  await join(server, bearer, start.sessionId);
  await join(server, bearer, '123-456-789');
  await post(server, `/api/nowhere/${bearer}?token=${start.token}`, { password: 'secret-password' });
  await post(server, '/api/sign-in', { email: 'agent@demo.example', password: 'secret-password' });
  await post(server, '/api/sign-in', '{"email":"agent@demo.example","password":"secret-password');
  await codeOfHello(server, { type: 'hello', version: 1, token: start.token, linked: false }, EXTENSION_ORIGIN);
  await server.database.schema.dropTable('agentTokens').execute();
  await join(server, bearer, start.sessionId);
  customer.send({ type: 'end', reason: 'customer_ended' });
  await heard(customer, 'ended');

  const text = lines.join('');
  for (const said of ['session joined', 'session ended', 'answered', 'request failed']) expect(text).toContain(said);
  const secrets = {
    bearer,
    customerToken: start.token,
    agentToken: joined.token,
    sessionId: start.sessionId,
    customerPeer: customerPeer.name,
    agentPeer: agentPeer.name,
    peerToken: agentPeer.token,
    interaction: 'call-1',
    password: 'secret-password',
    sdp: 'secret-sdp',
    email: '@demo.example',
    agent: 'Ada Agent',
    address: '"127.0.0.1"',
  };
  for (const [name, secret] of Object.entries(secrets)) expect(text.includes(secret), name).toBe(false);
});
