import { expect, test } from 'vitest';
import {
  siteWith,
  EXTENSION_ORIGIN,
  enter,
  heard,
  historyRow,
  join,
  openPeer,
  pair,
  post,
  signIn,
  startServer,
  startSession,
  authorization,
  get,
  CUSTOMER_ORIGIN,
  openSocket,
  upgradeStatus,
} from './test-server.ts';
import type { LiveSessions, ResumeResponse, ReturnResponse } from '../protocol/signaling.ts';

const WAIT = { timeout: 4_000, interval: 20 };

test('a session goes the whole road: started, joined, connected, ended, and leaves its row', async () => {
  const server = await startServer();
  const start = await startSession(server);
  expect(start.sessionId).toMatch(/^\d{9}$/u);
  expect(start.settings).toMatchObject({ name: 'Demo Company', pendingTimeoutMs: 20 * 60_000 });
  expect(await historyRow(server, start.historyId)).toMatchObject({
    siteKey: 'demo',
    channel: 'voice',
    interactionId: 'call-1',
    agentId: null,
    joinedAt: null,
    endedAt: null,
  });

  const customer = await enter(server, start.token);
  const waiting = await heard(customer, 'state');
  expect(waiting).toMatchObject({
    state: 'waiting',
    sessionId: start.sessionId,
    agentName: '',
    away: [],
  });
  expect(waiting.remainingMs).toBeGreaterThan(19 * 60_000);

  const bearer = await signIn(server);
  const typed = `${start.sessionId.slice(0, 3)}-${start.sessionId.slice(3, 6)} ${start.sessionId.slice(6)}`;
  const { status, body: joined } = await join(server, bearer, typed);
  expect(status).toBe(200);
  expect(joined.historyId).toBe(start.historyId);
  expect(await heard(customer, 'state')).toMatchObject({
    state: 'active',
    agentName: 'Ada Agent',
    remainingMs: 0,
  });

  const agent = await enter(server, joined.token, EXTENSION_ORIGIN);
  expect(await heard(agent, 'state')).toMatchObject({
    state: 'active',
    sessionId: start.sessionId,
  });
  const customerPeer = await heard(customer, 'peer');
  const agentPeer = await heard(agent, 'peer');
  expect(new Set([customerPeer.name, agentPeer.name, customerPeer.token, agentPeer.token]).size).toBe(4);

  const customerCalls = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  const agentCalls = await openPeer(server, agentPeer, EXTENSION_ORIGIN);
  await agentCalls.next((message) => message.type === 'OPEN');
  expect(await heard(customer, 'connect')).toEqual({ type: 'connect', to: agentPeer.name });
  customerCalls.send({ type: 'OFFER', dst: agentPeer.name, payload: { sdp: 'x' } });
  expect(await agentCalls.next((message) => message.type === 'OFFER')).toEqual({
    type: 'OFFER',
    src: customerPeer.name,
    dst: agentPeer.name,
    payload: { sdp: 'x' },
  });

  agent.send({ type: 'end', reason: 'agent_ended' });
  expect(await heard(customer, 'ended')).toEqual({ type: 'ended', reason: 'agent_ended' });
  expect(await heard(agent, 'ended')).toEqual({ type: 'ended', reason: 'agent_ended' });
  await Promise.all([customer.closed(), agent.closed(), customerCalls.closed(), agentCalls.closed()]);

  const row = await historyRow(server, start.historyId);
  expect(row).toMatchObject({ endReason: 'agent_ended' });
  expect(row.agentId).toMatch(/^[0-9a-f-]{36}$/u);
  expect(row.startedAt <= row.joinedAt! && row.joinedAt! <= row.endedAt!).toBe(true);
  for (const token of [start.token, joined.token]) {
    const late = await enter(server, token);
    expect(await heard(late, 'error')).toEqual({ type: 'error', code: 'bad_token' });
  }
  expect((await join(server, bearer, start.sessionId)).body.error.code).toBe('session_not_found');
});

test.each([
  ['customer', 'customer_ended', 'customer_ended'],
  ['customer', 'interaction_ended', 'interaction_ended'],
  ['customer', 'policy', 'policy'],
  ['customer', 'agent_ended', 'customer_ended'],
  ['agent', 'customer_ended', 'agent_ended'],
  ['agent', 'policy', 'agent_ended'],
] as const)('when the %s ends with %s the reason is %s', async (side, said, kept) => {
  const server = await startServer();
  const { start, ...sockets } = await pair(server);
  sockets[side].send({ type: 'end', reason: said });
  for (const socket of [sockets.customer, sockets.agent]) expect((await heard(socket, 'ended')).reason).toBe(kept);
  expect((await historyRow(server, start.historyId)).endReason).toBe(kept);
});

test.each([
  ['customer', 'agent', 'agent_ended', 'agent_ended'],
  ['agent', 'customer', 'customer_ended', 'customer_ended'],
  ['agent', 'customer', 'interaction_ended', 'interaction_ended'],
  ['agent', 'customer', 'policy', 'agent_ended'],
] as const)('the %s tells what the absent %s said last: %s is %s', async (side, absent, said, kept) => {
  const server = await startServer();
  const { start, ...sockets } = await pair(server);
  sockets[absent].close();
  await sockets[side].next((message) => message.type === 'state' && message.state === 'paused');
  sockets[side].send({ type: 'end', reason: said });
  expect((await heard(sockets[side], 'ended')).reason).toBe(kept);
  expect((await historyRow(server, start.historyId)).endReason).toBe(kept);
});

test('nobody has ended what nobody has joined but the customer', async () => {
  const server = await startServer();
  const start = await startSession(server);
  const customer = await enter(server, start.token);
  customer.send({ type: 'end', reason: 'agent_ended' });
  expect((await heard(customer, 'ended')).reason).toBe('customer_ended');
});

test('an unused session ID dies after the pending timeout', async () => {
  const server = await startServer(siteWith({ pendingTimeoutMs: 600 }));
  const start = await startSession(server, 'quick');
  const customer = await enter(server, start.token);
  expect(await heard(customer, 'ended')).toEqual({ type: 'ended', reason: 'pending_timeout' });
  const bearer = await signIn(server, 'agent@quick.example');
  expect((await join(server, bearer, start.sessionId)).body.error.code).toBe('session_not_found');
  expect((await historyRow(server, start.historyId)).endReason).toBe('pending_timeout');
});

test('a waiting session outlives a page load, and ends when its customer stays away', async () => {
  const server = await startServer(siteWith({ awayTimeoutMs: 700 }));
  const start = await startSession(server, 'quick');
  const before = await enter(server, start.token);
  await heard(before, 'state');
  before.close();
  const after = await enter(server, start.token);
  expect(await heard(after, 'state')).toMatchObject({ state: 'waiting', away: [] });
  after.close();
  await expect.poll(async () => (await historyRow(server, start.historyId)).endReason, WAIT).toBe('away_timeout');
});

test('a side that goes pauses the session for the other to see, and resumes it by coming back', async () => {
  const server = await startServer();
  const { customer, agent, start, joined, agentPeer, customerPeer } = await pair(server);
  customer.close();
  const paused = await heard(agent, 'state');
  expect(paused).toMatchObject({ state: 'paused', away: ['customer'] });
  expect(paused.remainingMs).toBeGreaterThan(110_000);
  const customerAgain = await enter(server, start.token);
  expect(await heard(customerAgain, 'state')).toMatchObject({ state: 'active', away: [] });
  expect(await heard(agent, 'state')).toMatchObject({ state: 'active', away: [], remainingMs: 0 });
  expect(await heard(customerAgain, 'peer')).toMatchObject({ name: customerPeer.name });

  agent.close();
  expect(await heard(customerAgain, 'state')).toMatchObject({ state: 'paused', away: ['agent'] });
  const agentAgain = await enter(server, joined.token, EXTENSION_ORIGIN);
  expect(await heard(agentAgain, 'peer')).toMatchObject({ name: agentPeer.name });
  expect(await heard(customerAgain, 'state')).toMatchObject({ state: 'active' });
});

test.each(['customer', 'agent'] as const)('a %s who does not come back ends the session', async (side) => {
  const server = await startServer(siteWith({ awayTimeoutMs: 700 }));
  const { start, ...sockets } = await pair(server, 'agent@quick.example', 'quick');
  sockets[side].close();
  const other = side === 'customer' ? sockets.agent : sockets.customer;
  expect((await heard(other, 'ended')).reason).toBe('away_timeout');
  expect((await historyRow(server, start.historyId)).endReason).toBe('away_timeout');
});

test('an agent who joins and never opens the socket does not hold the customer for ever', async () => {
  const server = await startServer(siteWith({ awayTimeoutMs: 700 }));
  const start = await startSession(server, 'quick');
  const customer = await enter(server, start.token);
  await join(server, await signIn(server, 'agent@quick.example'), start.sessionId);
  expect((await heard(customer, 'ended')).reason).toBe('away_timeout');
});

test('a second socket with the same token replaces the first', async () => {
  const server = await startServer();
  const { customer, agent, start } = await pair(server);
  const second = await enter(server, start.token);
  expect(await heard(customer, 'error')).toEqual({ type: 'error', code: 'replaced' });
  await customer.closed();
  expect(await heard(second, 'state')).toMatchObject({ state: 'active', away: [] });
  second.send({ type: 'ping' });
  await heard(second, 'pong');
  expect(agent.heard().filter((message) => message.type === 'state')).toEqual([]);
});

test('whoever lost the channel has the customer call again', async () => {
  const server = await startServer();
  const { customer, agent, agentPeer, customerPeer, start } = await pair(server);
  agent.send({ type: 'reconnect' });
  const first = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  await openPeer(server, agentPeer, EXTENSION_ORIGIN);
  const connect = { type: 'connect', to: agentPeer.name };
  expect(await heard(customer, 'connect')).toEqual(connect);
  agent.send({ type: 'reconnect' });
  expect(await heard(customer, 'connect')).toEqual(connect);
  customer.send({ type: 'reconnect' });
  expect(await heard(customer, 'connect')).toEqual(connect);

  await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  await first.closed();
  expect(await heard(customer, 'connect')).toEqual(connect);

  customer.close();
  await heard(agent, 'state');
  agent.send({ type: 'reconnect' });
  agent.send({ type: 'ping' });
  await heard(agent, 'pong');
  expect(await heard(await enter(server, start.token), 'connect')).toEqual(connect);
});

test('two who hear each other are not told to call again when a socket was opened anew', async () => {
  const server = await startServer();
  const { customer, agent, agentPeer, customerPeer, start } = await pair(server);
  await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  await openPeer(server, agentPeer, EXTENSION_ORIGIN);
  await heard(customer, 'connect');
  for (const socket of [customer, agent]) socket.send({ type: 'linked' });
  for (const socket of [customer, agent]) {
    socket.send({ type: 'ping' });
    await heard(socket, 'pong');
  }
  const again = await enter(server, start.token, CUSTOMER_ORIGIN, { linked: true });
  await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  again.send({ type: 'ping' });
  await heard(again, 'peer');
  await heard(again, 'pong');
  expect(again.heard()).toEqual([]);
  agent.send({ type: 'reconnect' });
  expect(await heard(again, 'connect')).toEqual({ type: 'connect', to: agentPeer.name });
});

test('nobody does anything: both are warned, an act of either goes on, and then it ends', async () => {
  const server = await startServer(siteWith({ idleTimeoutMs: 4_000 }));
  const { customer, agent, start } = await pair(server, 'agent@quick.example', 'quick');
  for (const acting of [customer, agent]) {
    for (const socket of [customer, agent]) expect((await heard(socket, 'idle')).remainingMs).toBeGreaterThan(0);
    acting.send({ type: 'active', agoMs: 0 });
    for (const socket of [customer, agent]) expect((await heard(socket, 'idle')).remainingMs).toBe(0);
  }
  // Whoever comes in the middle of the warning is told as well.
  for (const socket of [customer, agent]) await heard(socket, 'idle');
  const again = await enter(server, start.token);
  expect((await heard(again, 'idle')).remainingMs).toBeGreaterThan(0);
  for (const socket of [again, agent]) expect((await heard(socket, 'ended')).reason).toBe('idle_timeout');
  expect((await historyRow(server, start.historyId)).endReason).toBe('idle_timeout');
});

test('nobody is idle while somebody is away', async () => {
  const server = await startServer(siteWith({ idleTimeoutMs: 800, awayTimeoutMs: 1_600 }));
  const { customer, agent } = await pair(server, 'agent@quick.example', 'quick');
  customer.close();
  expect((await heard(agent, 'ended')).reason).toBe('away_timeout');
});

test('an agent takes the own session back when the console has lost it, and the old token is dead', async () => {
  const server = await startServer();
  const { start, joined, bearer, customer, agent } = await pair(server);
  const { status, body } = await post<ReturnResponse>(server, '/api/sessions/return', {}, authorization(bearer));
  expect(status).toBe(200);
  const { fileHosts: _, ...settings } = start.settings;
  expect(body).toMatchObject({ historyId: start.historyId, sessionId: start.sessionId, settings });
  expect(await heard(await enter(server, joined.token, EXTENSION_ORIGIN), 'error')).toMatchObject({
    code: 'bad_token',
  });
  const back = await enter(server, body.token, EXTENSION_ORIGIN);
  expect(await heard(back, 'state')).toMatchObject({ state: 'active', sessionId: start.sessionId });
  expect(await heard(agent, 'error')).toEqual({ type: 'error', code: 'replaced' });
  await openPeer(server, await heard(back, 'peer'), EXTENSION_ORIGIN);
  back.send({ type: 'end', reason: 'agent_ended' });
  expect((await heard(customer, 'ended')).reason).toBe('agent_ended');
  const nobody = await post(server, '/api/sessions/return', {}, authorization(bearer));
  expect(nobody.body.error.code).toBe('session_not_found');
});

test('a pass goes on at another origin: once, from the same browser, when the page before has gone', async () => {
  const server = await startServer();
  const { agent, start } = await pair(server);
  const resume = (pass: string, headers: Record<string, string> = {}, cameFrom = CUSTOMER_ORIGIN) =>
    post<ResumeResponse>(
      server,
      '/api/sessions/resume',
      { pass, cameFrom },
      // The test's sockets have no name, and this is how a request has none either.
      { origin: 'http://127.0.0.1:3000', 'user-agent': '', ...headers },
    );
  /** Each try costs the pass; coming again brings another. */
  async function nextPass(leave: boolean): Promise<string> {
    const socket = await enter(server, start.token);
    const { code: pass, origins } = await heard(socket, 'pass');
    expect(origins).toEqual(['loopback']);
    if (!leave) return pass;
    socket.close();
    await agent.next((message) => message.type === 'state' && message.state === 'paused');
    return pass;
  }
  expect((await resume(await nextPass(false))).body.error.code).toBe('bad_token');
  expect((await resume(await nextPass(true), { 'user-agent': 'another' })).body.error.code).toBe('bad_token');
  expect((await resume(await nextPass(true), {}, 'https://evil.example')).body.error.code).toBe('bad_token');
  const evil = await resume(await nextPass(true), { origin: 'https://evil.example' });
  expect(evil.body.error.code).toBe('origin_not_allowed');
  // The page that is left may go more slowly than the next one comes.
  const slow = await enter(server, start.token);
  const early = resume((await heard(slow, 'pass')).code);
  setTimeout(() => slow.close(), 300);
  expect((await early).status).toBe(200);
  const pass = await nextPass(true);
  const { status, body } = await resume(pass);
  expect(status).toBe(200);
  expect(body).toMatchObject({ sessionId: start.sessionId, historyId: start.historyId, channel: 'voice' });
  expect((await resume(pass)).body.error.code).toBe('bad_token');
  const there = await enter(server, body.token, 'http://127.0.0.1:3000');
  expect(await heard(there, 'state')).toMatchObject({ state: 'active', historyId: start.historyId });
  await openPeer(server, await heard(there, 'peer'), 'http://127.0.0.1:3000');
  // The way back is open as well.
  expect(await heard(await enter(server, start.token), 'state')).toMatchObject({ state: 'active' });
});

test('leads and admins see the sessions of their site, agents their own, other companies none', async () => {
  const server = await startServer();
  const { start, bearer } = await pair(server);
  const waiting = await startSession(server);
  const seen = async (token: string) =>
    (await get<LiveSessions>(server, '/api/sessions/live', authorization(token))).body.sessions;
  expect(await seen(bearer)).toEqual([
    expect.objectContaining({
      historyId: start.historyId,
      sessionId: start.sessionId,
      state: 'active',
      agentName: 'Ada Agent',
    }),
  ]);
  for (const email of ['lead@demo.example', 'admin@demo.example']) {
    expect((await seen(await signIn(server, email))).map((session) => session.historyId)).toEqual([
      start.historyId,
      waiting.historyId,
    ]);
  }
  expect(await seen(await signIn(server, 'agent2@demo.example'))).toEqual([]);
  expect(await seen(await signIn(server, 'agent@other.example'))).toEqual([]);
});

test('the session socket refuses what it should, with a code', async () => {
  const server = await startServer({ limits: { helloTimeoutMs: 800 } });
  const { joined, start } = await pair(server);
  const refusals = [
    [await enter(server, start.token, CUSTOMER_ORIGIN, { version: 99 }), 'version_mismatch'],
    [await enter(server, 'nobody'), 'bad_token'],
    [await enter(server, start.token, 'https://other.example'), 'origin_not_allowed'],
    [await enter(server, start.token, EXTENSION_ORIGIN), 'origin_not_allowed'],
    [await enter(server, joined.token, CUSTOMER_ORIGIN), 'origin_not_allowed'],
    [await enter(server, start.token, CUSTOMER_ORIGIN, { type: 'ping' }), 'bad_message'],
  ] as const;
  for (const [socket, code] of refusals) {
    expect(await heard(socket, 'error')).toEqual({ type: 'error', code });
    expect(await socket.closed()).toBe(1008);
  }
  const silent = await openSocket(server, '/session', CUSTOMER_ORIGIN, String);
  expect(await silent.closed()).toBe(1008);
  expect(await upgradeStatus(server, '/session', 'https://evil.example')).toBe(403);
  expect(await upgradeStatus(server, '/session', 'null')).toBe(403);
  expect(await upgradeStatus(server, '/session', null)).toBe(403);
  expect(await upgradeStatus(server, '/elsewhere', CUSTOMER_ORIGIN)).toBe(404);
});

test('a socket that answers no ping is cut', async () => {
  const server = await startServer({ limits: { pingEveryMs: 300 } });
  const start = await startSession(server);
  const customer = await enter(server, start.token);
  await heard(customer, 'state');
  customer.ws.pause();
  await expect
    .poll(
      async () =>
        /alongside_sockets_open\{kind="session"\} (\d)/u.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1],
      WAIT,
    )
    .toBe('0');
});
