import { expect, test } from 'vitest';
import { SENTENCES, type ErrorCode } from '../protocol/errors.ts';
import { createBucket, createTries } from './tries.ts';
import { join, pair, post, signIn, startServer, startSession, type Answer, heard, enter } from './test-server.ts';

function refused(answer: Answer<object>, status: number, code: ErrorCode): void {
  expect({ status: answer.status, body: answer.body }).toEqual({
    status,
    body: { error: { code, message: SENTENCES[code] } },
  });
}

test('each refusal to join has its status, its code and its sentence', async () => {
  const server = await startServer({
    limits: { wrongJoinsPerAgent: { tries: 2, withinMs: 60_000 } },
  });
  const { sessionId } = await startSession(server);
  refused(await post(server, '/api/sessions/join', { sessionId }), 401, 'not_signed_in');
  refused(await join(server, 'x'.repeat(43), sessionId), 401, 'not_signed_in');
  refused(await post(server, '/api/sessions/join', { nothing: 1 }), 401, 'not_signed_in');
  const bearer = await signIn(server);
  for (const wrong of ['12345678', 'abcdefghi', '', null, 123456789, { a: 1 }, '1'.repeat(100)]) {
    refused(await join(server, bearer, wrong), 400, 'malformed_session_id');
  }
  refused(await join(server, bearer, other(sessionId)), 404, 'session_not_found');
  expect((await join(server, bearer, sessionId)).status).toBe(200);
  refused(await join(server, bearer, (await startSession(server)).sessionId), 409, 'agent_busy');

  const second = await signIn(server, 'agent2@demo.example');
  refused(await join(server, second, sessionId), 404, 'session_not_found');
  refused(await join(server, second, sessionId), 404, 'session_not_found');
  refused(await join(server, second, (await startSession(server)).sessionId), 429, 'too_many_tries');
});

test('wrong, expired, taken, ended and another site answer alike', async () => {
  const server = await startServer();
  const taken = (await pair(server, 'agent2@demo.example')).start.sessionId;
  const waiting = await startSession(server);
  const ended = await startSession(server);
  const customer = await enter(server, ended.token);
  customer.send({ type: 'end', reason: 'customer_ended' });
  await heard(customer, 'ended');
  const bearer = await signIn(server);
  const foreign = await signIn(server, 'agent@other.example');
  const answers = [
    await join(server, bearer, other(taken)),
    await join(server, bearer, taken),
    await join(server, bearer, ended.sessionId),
    await join(server, foreign, waiting.sessionId),
  ];
  const names = (answer: Answer<object>) => [...answer.headers.keys()];
  for (const answer of answers) {
    refused(answer, 404, 'session_not_found');
    expect(names(answer)).toEqual(names(answers[0]!));
  }
  expect((await join(server, bearer, waiting.sessionId)).status).toBe(200);
});

test('of many agents who join at once exactly one wins, fifty times over', async () => {
  const server = await startServer({
    limits: {
      startsPerMinute: 1_000,
      wrongJoinsPerAgent: { tries: 1_000, withinMs: 60_000 },
      wrongJoinsPerAddress: { tries: 1_000, withinMs: 60_000 },
    },
  });
  const bearers = await Promise.all(
    ['agent', 'agent2', 'lead', 'admin'].map((who) => signIn(server, `${who}@demo.example`)),
  );
  for (let round = 0; round < 50; round += 1) {
    const { sessionId, token, historyId } = await startSession(server);
    const answers = await Promise.all(bearers.map((bearer) => join(server, bearer, sessionId)));
    const winners = answers.filter((answer) => answer.status === 200);
    expect(winners.map((answer) => answer.body.historyId)).toEqual([historyId]);
    expect(answers.filter((answer) => answer.status === 404)).toHaveLength(3);
    const customer = await enter(server, token);
    customer.send({ type: 'end', reason: 'customer_ended' });
    await heard(customer, 'ended');
  }
}, 30_000);

test('one agent who joins two sessions at once gets one', async () => {
  const server = await startServer();
  const bearer = await signIn(server);
  const sessions = [await startSession(server), await startSession(server)];
  const answers = await Promise.all(sessions.map(({ sessionId }) => join(server, bearer, sessionId)));
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409]);
});

test('an agent is free again as soon as the session has ended', async () => {
  const server = await startServer();
  const { customer, agent, bearer } = await pair(server);
  agent.send({ type: 'end', reason: 'agent_ended' });
  await heard(customer, 'ended');
  expect((await join(server, bearer, (await startSession(server)).sessionId)).status).toBe(200);
});

test('wrong session IDs are limited per address and in all, whoever tries; who was never wrong still gets in', async () => {
  const perAddress = await startServer({
    limits: { wrongJoinsPerAddress: { tries: 3, withinMs: 60_000 } },
  });
  const inAll = await startServer({ limits: { wrongJoinsInAll: { burst: 3, perSecond: 0.001 } } });
  for (const server of [perAddress, inAll]) {
    const bearers = await Promise.all(['agent', 'agent2', 'lead'].map((who) => signIn(server, `${who}@demo.example`)));
    for (const bearer of bearers) refused(await join(server, bearer, '000000000'), 404, 'session_not_found');
    for (const bearer of bearers) refused(await join(server, bearer, '000000000'), 429, 'too_many_tries');
    // Not even the right one: whoever guesses has no tries left.
    const { sessionId } = await startSession(server);
    refused(await join(server, bearers[0]!, sessionId), 429, 'too_many_tries');
    expect((await join(server, await signIn(server, 'admin@demo.example'), sessionId)).status).toBe(200);
  }
});

test('guesses from hundreds of addresses are refused, and do not keep a real agent out', async () => {
  const server = await startServer(
    {
      limits: { wrongJoinsInAll: { burst: 20, perSecond: 0.001 }, wrongJoinsPerAgent: { tries: 5, withinMs: 60_000 } },
    },
    { TRUST_PROXY: '127.0.0.1' },
  );
  const stolen = await Promise.all(['agent2', 'lead', 'admin'].map((who) => signIn(server, `${who}@demo.example`)));
  const honest = await signIn(server);
  const { sessionId } = await startSession(server);
  const codes = new Map<string, number>();
  let joined: Answer<object> | null = null;
  for (let round = 0; round < 300; round += 1) {
    const bearer = round % 2 === 0 ? 'x'.repeat(43) : stolen[round % 3]!;
    const headers = { authorization: `Bearer ${bearer}`, 'x-forwarded-for': `10.0.${round >> 8}.${round & 255}` };
    const { body } = await post(server, '/api/sessions/join', { sessionId: other(sessionId) }, headers);
    codes.set(body.error.code, (codes.get(body.error.code) ?? 0) + 1);
    if (round === 250) joined = await join(server, honest, sessionId);
  }
  expect(joined?.status).toBe(200);
  expect(Object.fromEntries(codes)).toEqual({ not_signed_in: 150, session_not_found: 15, too_many_tries: 135 });
}, 60_000);

test('sign-ins and new sessions are limited per address', async () => {
  const server = await startServer({ limits: { signInsPerMinute: 2, startsPerMinute: 2 } });
  await signIn(server);
  await signIn(server);
  refused(await post(server, '/api/sign-in', { email: 'agent@demo.example', password: 'demo' }), 429, 'too_many_tries');
  await startSession(server);
  await startSession(server);
  const origin = 'http://localhost:1';
  refused(await post(server, '/api/sessions', { site: 'demo', channel: 'voice' }, { origin }), 429, 'too_many_tries');
});

test('wrong passwords are limited per account, and an account that does not exist is refused alike', async () => {
  const server = await startServer({
    limits: { wrongPasswordsPerAccount: { tries: 3, withinMs: 60_000 } },
  });
  for (const email of ['agent@demo.example', 'nobody@demo.example']) {
    for (let round = 0; round < 3; round += 1) {
      refused(await post(server, '/api/sign-in', { email, password: 'wrong' }), 401, 'wrong_credentials');
    }
    refused(await post(server, '/api/sign-in', { email, password: 'demo' }), 429, 'too_many_tries');
  }
  expect(await signIn(server, 'agent2@demo.example')).toMatch(/^[\w-]{43}$/u);
});

test('behind a proxy of ours each customer has limits of their own', async () => {
  const server = await startServer({ limits: { signInsPerMinute: 1 } }, { TRUST_PROXY: '127.0.0.1' });
  const from = (address: string) =>
    post(server, '/api/sign-in', { email: 'agent@demo.example', password: 'demo' }, { 'x-forwarded-for': address });
  expect((await from('192.0.2.1')).status).toBe(200);
  expect((await from('192.0.2.2')).status).toBe(200);
  expect((await from('6.6.6.6, 192.0.2.1')).status).toBe(429);
});

test('a server that is full says so, and takes customers again when others have gone', async () => {
  const server = await startServer({ limits: { liveSessions: 1 } });
  const { token } = await startSession(server);
  const start = { site: 'demo', channel: 'chat' };
  const origin = 'http://localhost:1';
  refused(await post(server, '/api/sessions', start, { origin }), 503, 'server_busy');
  const customer = await enter(server, token);
  customer.send({ type: 'end', reason: 'customer_ended' });
  await heard(customer, 'ended');
  expect((await post(server, '/api/sessions', start, { origin })).status).toBe(200);
});

test('a session whose row cannot be written does not exist', async () => {
  const server = await startServer();
  await server.database.schema.dropTable('sessions').execute();
  const origin = 'http://localhost:1';
  refused(await post(server, '/api/sessions', { site: 'demo', channel: 'chat' }, { origin }), 500, 'server_error');
  const lead = await signIn(server, 'lead@demo.example');
  const live = await fetch(`${server.url}/api/sessions/live`, { headers: { authorization: `Bearer ${lead}` } });
  expect(await live.json()).toEqual({ sessions: [] });
});

test('tries come back when their window is over, and a bucket fills by the second', () => {
  let time = 0;
  const tries = createTries({ tries: 2, withinMs: 1_000 }, () => time);
  tries.count('a');
  expect(tries.spent('a')).toBe(false);
  tries.count('a');
  expect(tries.spent('a')).toBe(true);
  expect(tries.spent('b')).toBe(false);
  time = 1_000;
  expect(tries.spent('a')).toBe(false);

  const bucket = createBucket(2, 1, () => time);
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([1, 0, -1]);
  time += 1_500;
  expect(bucket.left()).toBe(0.5);
  time += 60_000;
  expect(bucket.left()).toBe(2);
});

/** Another number, one digit away. */
function other(sessionId: string): string {
  return sessionId.slice(0, 8) + String((Number(sessionId[8]) + 1) % 10);
}
