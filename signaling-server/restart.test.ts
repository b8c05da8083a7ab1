import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import Database from 'libsql';
import { afterEach, expect, test } from 'vitest';
import {
  authorization,
  CUSTOMER_ORIGIN,
  enter,
  EXTENSION_ORIGIN,
  heard,
  historyRow,
  join,
  openPeer,
  pair,
  post,
  signIn,
  siteWith,
  startServer,
  startSession,
} from './test-server.ts';
import type { ResumeResponse, ReturnResponse } from '../protocol/signaling.ts';
import type { LiveState, SeatRecord } from './live-state.ts';
import type { ServerOptions } from './server.ts';
import { seatHashOf } from './token.ts';

const WAIT = { timeout: 15_000, interval: 20 };
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Starts servers one after the other on one file. */
function onOneFile(options: ServerOptions = {}) {
  const folder = mkdtempSync(joinPath(tmpdir(), 'alongside-'));
  folders.push(folder);
  const file = joinPath(folder, 'test.db');
  return { file, start: () => startServer(options, { DATABASE_URL: file }) };
}

test('sessions outlast the process: same IDs, tokens, names; the history has one row each', async () => {
  const { start: next } = onOneFile();
  const first = await next();
  const { customer, agent, start, joined, bearer, customerPeer, agentPeer } = await pair(first);
  const waiting = await startSession(first);
  await first.close();
  expect(await customer.closed()).toBe(1001);
  expect(await agent.closed()).toBe(1001);

  const second = await next();
  // A PeerJS socket may be back before the session's.
  const customerCalls = await openPeer(second, customerPeer, CUSTOMER_ORIGIN);
  const customerAgain = await enter(second, start.token);
  expect(await heard(customerAgain, 'state')).toMatchObject({
    state: 'paused',
    away: ['agent'],
    agentName: 'Ada Agent',
    historyId: start.historyId,
    sessionId: start.sessionId,
  });
  expect(await heard(customerAgain, 'peer')).toEqual(customerPeer);
  const agentAgain = await enter(second, joined.token, EXTENSION_ORIGIN);
  expect(await heard(agentAgain, 'state')).toMatchObject({ state: 'active', away: [] });
  expect(await heard(agentAgain, 'peer')).toEqual(agentPeer);
  expect(await heard(customerAgain, 'state')).toMatchObject({ state: 'active', away: [] });
  const agentCalls = await openPeer(second, agentPeer, EXTENSION_ORIGIN);
  expect(await heard(customerAgain, 'connect')).toEqual({ type: 'connect', to: agentPeer.name });
  customerCalls.send({ type: 'OFFER', dst: agentPeer.name, payload: 1 });
  await agentCalls.next((message) => message.type === 'OFFER');

  const busy = await join(second, bearer, waiting.sessionId);
  expect(busy.body.error.code).toBe('agent_busy');
  const other = await join(second, await signIn(second, 'agent2@demo.example'), waiting.sessionId);
  expect(other.body.historyId).toBe(waiting.historyId);
  agentAgain.send({ type: 'end', reason: 'agent_ended' });
  await heard(customerAgain, 'ended');
  const row = await historyRow(second, start.historyId);
  expect(row).toMatchObject({ endReason: 'agent_ended', live: null });
  expect(row.joinedAt).not.toBeNull();
  expect(await second.database.selectFrom('sessions').selectAll().execute()).toHaveLength(2);
});

test('nothing that opens a session lies in the file in clear', async () => {
  const { start: next } = onOneFile();
  const server = await next();
  const { start, joined, customerPeer } = await pair(server);
  const row = JSON.stringify(await historyRow(server, start.historyId));
  expect(row).toContain(customerPeer.name);
  for (const secret of [start.token, joined.token, customerPeer.token]) expect(row).not.toContain(secret);
});

test('a token that replaces another is in the file before anybody holds it', async () => {
  const server = await onOneFile().start();
  const { start, bearer, agent } = await pair(server);
  const tokenIsWritten = async (token: string) =>
    JSON.stringify(await historyRow(server, start.historyId)).includes(seatHashOf(token));
  const back = await post<ReturnResponse>(server, '/api/sessions/return', {}, authorization(bearer));
  expect(await tokenIsWritten(back.body.token)).toBe(true);

  const customer = await enter(server, start.token);
  const { code: pass } = await heard(customer, 'pass');
  customer.close();
  await agent.next((message) => message.type === 'state' && message.state === 'paused');
  const there = await post<ResumeResponse>(
    server,
    '/api/sessions/resume',
    { pass, cameFrom: CUSTOMER_ORIGIN },
    { origin: 'http://127.0.0.1:3000', 'user-agent': '' },
  );
  expect(await tokenIsWritten(there.body.token)).toBe(true);
});

test('time counts on while nobody serves: who had left before it is away', async () => {
  const { start: next } = onOneFile({ ...siteWith({ awayTimeoutMs: 6_000 }), limits: { returnPatienceMs: 300 } });
  const first = await next();
  const gone = await pair(first, 'agent@quick.example', 'quick');
  gone.customer.close();
  await heard(gone.agent, 'state');
  await first.close();
  const second = await next();
  await expect.poll(async () => (await historyRow(second, gone.start.historyId)).endReason, WAIT).toBe('away_timeout');
});

test('time counts on over a second restart: who was lost with the first process is not given the whole time again', async () => {
  const away = { awayTimeoutMs: 4_000 };
  const { file, start: next } = onOneFile({ ...siteWith(away), limits: { returnPatienceMs: 300 } });
  const first = await next();
  const { start } = await pair(first, 'agent@quick.example', 'quick');
  await first.close();
  const second = await next();
  const lostAt = customerOf(start.historyId).leftAt;
  expect(lostAt).toBeLessThanOrEqual(Date.now());
  await second.close();
  const third = await next();
  expect(customerOf(start.historyId)).toMatchObject({ leftAt: lostAt, isLost: true });
  await expect.poll(async () => (await historyRow(third, start.historyId)).endReason, WAIT).toBe('connection_lost');

  function customerOf(historyId: string): SeatRecord {
    const reader = new Database(file, { readonly: true });
    const row = reader.prepare('select live from sessions where historyId = ?').get(historyId) as { live: string };
    reader.close();
    return (JSON.parse(row.live) as LiveState).customer;
  }
});

test('an ID expires while nobody serves', async () => {
  const { start: next } = onOneFile(siteWith({ pendingTimeoutMs: 400 }));
  const first = await next();
  const start = await startSession(first, 'quick');
  await first.close();
  const expiresAt = startedAt(start.historyId) + 400;
  await expect.poll(() => Date.now(), WAIT).toBeGreaterThan(expiresAt);
  const second = await next();
  await expect.poll(async () => (await historyRow(second, start.historyId)).endReason, WAIT).toBe('pending_timeout');

  function startedAt(historyId: string): number {
    const reader = new Database(joinPath(folders.at(-1)!, 'test.db'), { readonly: true });
    const row = reader.prepare('select startedAt from sessions where historyId = ?').get(historyId);
    reader.close();
    return (row as { startedAt: number }).startedAt;
  }
});

test('a session that nobody comes back to is a lost connection, and so is a row that cannot be read', async () => {
  const { file, start: next } = onOneFile(siteWith({ awayTimeoutMs: 600 }));
  const first = await next();
  const lost = await pair(first, 'agent@quick.example', 'quick');
  const torn = await startSession(first);
  await first.close();
  const writer = new Database(file);
  writer.prepare('update sessions set live = ? where historyId = ?').run('{"id":"1', torn.historyId);
  writer.close();
  const second = await next();
  expect((await historyRow(second, torn.historyId)).endReason).toBe('connection_lost');
  await expect
    .poll(async () => (await historyRow(second, lost.start.historyId)).endReason, WAIT)
    .toBe('connection_lost');
});

test('a locked file gives errors, and what had ended meanwhile is written when it is free', async () => {
  const { file, start: next } = onOneFile();
  const server = await next();
  const { start, customer, bearer } = await pair(server, 'agent2@demo.example');
  const waiting = await startSession(server);
  const ada = await signIn(server);
  const other = new Database(file);
  other.exec('begin immediate');
  const refused = await post(server, '/api/sessions', { site: 'demo', channel: 'voice' }, { origin: CUSTOMER_ORIGIN });
  expect([refused.status, refused.body.error.code]).toEqual([500, 'server_error']);
  expect((await join(server, ada, waiting.sessionId)).status).toBe(500);
  customer.send({ type: 'end', reason: 'customer_ended' });
  await heard(customer, 'ended');
  expect((await historyRow(server, start.historyId)).endReason).toBeNull();
  other.exec('rollback');
  other.close();
  await expect.poll(async () => (await historyRow(server, start.historyId)).endReason, WAIT).toBe('customer_ended');
  // Nobody had joined, and nobody is busy.
  expect((await join(server, ada, waiting.sessionId)).status).toBe(200);
  expect((await post(server, '/api/sessions/return', {}, authorization(bearer))).status).toBe(404);
});
