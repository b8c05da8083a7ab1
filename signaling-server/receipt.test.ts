import { expect, test } from 'vitest';
import type { SessionActs } from '../protocol/signaling.ts';
import type { SignalingServer } from './server.ts';
import { authorization, get, pair, signIn, startServer } from './test-server.ts';

const CLICK = { number: 0, agoMs: 0, act: 'click', name: 'Add to basket', outcome: 'done', times: 1 };

async function actsFor(server: SignalingServer, historyId: string, email = 'lead@demo.example') {
  const headers = authorization(await signIn(server, email));
  return get<SessionActs>(server, `/api/sessions/${historyId}/acts`, headers);
}

test('what the customer’s page tells of the agent is kept with the session, and believed from nobody else', async () => {
  const server = await startServer();
  const { customer, agent, start } = await pair(server);
  agent.send({ type: 'acts', acts: [{ ...CLICK, name: 'Nothing at all' }] });
  customer.send({ type: 'acts', acts: [CLICK, { ...CLICK, number: 1, act: 'type', name: 'Name' }] });
  // The same again is the same entry: only how often it was done may change.
  customer.send({ type: 'acts', acts: [{ ...CLICK, number: 1, name: 'Another', times: 7 }] });
  await expect
    .poll(async () =>
      (await actsFor(server, start.historyId)).body.acts?.map(({ act, name, times }) => [act, name, times]),
    )
    .toEqual([
      ['click', 'Add to basket', 1],
      ['type', 'Name', 7],
    ]);
});

test('nothing grows without limit, and what is malformed is left out', async () => {
  const server = await startServer();
  const { customer, start } = await pair(server);
  const wrong = [
    { ...CLICK, number: 500 },
    { ...CLICK, number: -1 },
    { ...CLICK, act: 'constructor' },
    { ...CLICK, outcome: 'paid' },
    { ...CLICK, name: 'x'.repeat(201) },
    { ...CLICK, times: 2 ** 60 },
    null,
  ];
  customer.send({ type: 'acts', acts: [...wrong, { ...CLICK, agoMs: 2 ** 50, times: 2 ** 50 }] });
  await expect
    .poll(async () => (await actsFor(server, start.historyId)).body.acts)
    .toMatchObject([{ times: 1_000_000 }]);
});

test('leads and administrators of the site read it, agents and other sites do not', async () => {
  const server = await startServer({
    sites: [{ key: 'other', name: 'Other', origins: ['https://other.example'] }],
    accounts: [{ siteKey: 'other', email: 'lead@other.example', name: 'Olga Other', role: 'lead', password: 'other' }],
  });
  const { customer, start } = await pair(server);
  customer.send({ type: 'acts', acts: [CLICK] });
  await expect
    .poll(async () => (await actsFor(server, start.historyId, 'admin@demo.example')).body.acts?.length)
    .toBe(1);
  expect((await actsFor(server, start.historyId, 'agent@demo.example')).status).toBe(403);
  expect((await actsFor(server, start.historyId, 'lead@other.example')).body.acts).toEqual([]);
});
