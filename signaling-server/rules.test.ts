import { expect, test } from 'vitest';
import type { Rule, RulesBody, RuleSet } from '../protocol/rules.ts';
import type { RulesHistory, RulesVersion } from '../protocol/signaling.ts';
import type { SignalingServer } from './server.ts';
import {
  authorization,
  CUSTOMER_ORIGIN,
  enter,
  EXTENSION_ORIGIN,
  get,
  heard,
  historyRow,
  pair,
  post,
  signIn,
  startServer,
  startSession,
} from './test-server.ts';

const CARD: Rule = { name: 'Card', urls: ['/checkout/*'], selectors: ['.card'], action: 'mask' };
const SEND: Rule = { name: 'Send', urls: [], selectors: ['#send'], action: 'restrict', editable: true };

const asCustomer = { origin: CUSTOMER_ORIGIN };
const rulesOf = (server: SignalingServer, headers: Record<string, string> = asCustomer) =>
  get<RuleSet>(server, '/api/sites/demo/rules', headers);

async function administrator(server: SignalingServer) {
  const headers = authorization(await signIn(server, 'admin@demo.example'));
  return {
    headers,
    publish: (basedOn: number, body: Partial<RulesBody>, note = '') =>
      post<RulesVersion>(server, '/api/rules', { rules: [], patterns: [], basedOn, note, ...body }, headers),
    restore: (version: number, basedOn: number) =>
      post<RulesVersion>(server, `/api/rules/${version}/restore`, { basedOn }, headers),
    history: async () => (await get<RulesHistory>(server, '/api/rules', headers)).body,
  };
}

test('a site without rules has the empty set, version 0', async () => {
  const server = await startServer();
  expect((await rulesOf(server)).body).toEqual({ format: 1, version: 0, rules: [], patterns: [] });
});

test('what an administrator publishes is what pages get, with who and when', async () => {
  const server = await startServer();
  const admin = await administrator(server);
  const patterns = [{ name: 'Policy', pattern: 'POL-\\d{6}' }];
  const published = await admin.publish(0, { rules: [CARD, SEND], patterns }, 'First');
  expect(published.body).toMatchObject({ version: 1, publishedBy: 'Adam Admin', note: 'First', rules: 2 });
  expect((await rulesOf(server)).body).toEqual({ format: 1, version: 1, rules: [CARD, SEND], patterns });
  await admin.publish(1, { rules: [SEND] }, 'Second');
  const { versions } = await admin.history();
  expect(versions.map(({ version, note }) => [version, note])).toEqual([
    [2, 'Second'],
    [1, 'First'],
  ]);
});

test('rolling back publishes the old version anew', async () => {
  const server = await startServer();
  const admin = await administrator(server);
  await admin.publish(0, { rules: [CARD] });
  await admin.publish(1, { rules: [] });
  expect((await admin.restore(1, 2)).body).toMatchObject({ version: 3, note: 'Version 1 again' });
  expect((await rulesOf(server)).body).toMatchObject({ version: 3, rules: [CARD] });
  expect((await admin.restore(9, 3)).status).toBe(404);
});

test('of two administrators who began with the same version the second is told', async () => {
  const server = await startServer();
  const admin = await administrator(server);
  const both = await Promise.all([admin.publish(0, { rules: [CARD] }), admin.publish(0, { rules: [SEND] })]);
  expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.error.code).toBe('rules_changed');
});

test('a page that has the newest set is told so in no bytes', async () => {
  const server = await startServer();
  const admin = await administrator(server);
  await admin.publish(0, { rules: [CARD] });
  const first = await rulesOf(server);
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toContain('no-cache');
  expect((await rulesOf(server, { ...asCustomer, 'if-none-match': etag })).status).toBe(304);
  await admin.publish(1, { rules: [] });
  expect((await rulesOf(server, { ...asCustomer, 'if-none-match': etag })).status).toBe(200);
});

test('only the site’s own administrators publish, list and roll back, and no web page does', async () => {
  const server = await startServer();
  const body = { rules: [], patterns: [], basedOn: 0, note: '' };
  for (const email of ['agent@demo.example', 'lead@demo.example']) {
    const headers = authorization(await signIn(server, email));
    expect((await post(server, '/api/rules', body, headers)).status).toBe(403);
    expect((await get(server, '/api/rules', headers)).status).toBe(403);
    expect((await get(server, '/api/rules/1', headers)).status).toBe(403);
    expect((await post(server, '/api/rules/1/restore', { basedOn: 0 }, headers)).status).toBe(403);
  }
  expect((await post(server, '/api/rules', body)).status).toBe(401);
  const { headers } = await administrator(server);
  const fromPage = await post(server, '/api/rules', body, { ...headers, origin: CUSTOMER_ORIGIN });
  expect(fromPage.body.error.code).toBe('origin_not_allowed');
  expect((await post(server, '/api/rules', body, { ...headers, origin: EXTENSION_ORIGIN })).status).toBe(200);
});

test('rules are read by pages of the site alone', async () => {
  const server = await startServer();
  expect((await rulesOf(server, { origin: 'https://other.example' })).status).toBe(403);
  expect((await rulesOf(server, {})).status).toBe(403);
});

test.for([
  ['an unknown action', { rules: [{ ...CARD, action: 'blur' }] }],
  ['no selector', { rules: [{ ...CARD, selectors: [] }] }],
  ['an unknown field', { rules: [{ ...CARD, visble: false }] }],
  ['a pattern that is none', { patterns: [{ name: '', pattern: '\\s{8}' }] }],
  ['too many rules', { rules: Array.from({ length: 501 }, () => CARD) }],
] as const)('%s is not published', async ([, body]) => {
  const server = await startServer();
  const admin = await administrator(server);
  expect((await admin.publish(0, body as never)).status).toBe(400);
  expect((await rulesOf(server)).body.version).toBe(0);
});

test('a large set is taken, a larger one is not', async () => {
  const server = await startServer();
  const admin = await administrator(server);
  const long = { ...CARD, selectors: [`.${'x'.repeat(900)}`] };
  expect((await admin.publish(0, { rules: Array.from({ length: 200 }, () => long) })).status).toBe(200);
  expect((await admin.publish(1, { rules: Array.from({ length: 400 }, () => long) })).status).toBe(413);
});

test('pages in a session hear of the version when they come and whenever one is published', async () => {
  const server = await startServer();
  const admin = await administrator(server);
  const { agent, start } = await pair(server);
  const customer = await enter(server, start.token);
  expect(await heard(customer, 'rules')).toEqual({ type: 'rules', version: 0 });
  await admin.publish(0, { rules: [CARD] });
  expect(await heard(customer, 'rules')).toEqual({ type: 'rules', version: 1 });
  expect(agent.heard().filter(({ type }) => type === 'rules')).toEqual([]);
  customer.close();
  await admin.publish(1, { rules: [] });
  expect(await heard(await enter(server, start.token), 'rules')).toEqual({ type: 'rules', version: 2 });
});

test('what pages could not read is counted for the version in force', async () => {
  const server = await startServer();
  const admin = await administrator(server);
  await admin.publish(0, { rules: [CARD] });
  const problems = [{ rule: 0, what: 'selector' }];
  const { token } = await startSession(server);
  const customer = await enter(server, token);
  await heard(customer, 'rules');
  customer.send({ type: 'rule-problems', version: 1, problems });
  customer.send({ type: 'rule-problems', version: 1, problems });
  customer.send({ type: 'rule-problems', version: 7, problems });
  await expect.poll(async () => (await admin.history()).problems).toEqual([{ rule: 0, what: 'selector', count: 2 }]);
  await admin.publish(1, { rules: [CARD] });
  expect((await admin.history()).problems).toEqual([]);
});

test('the history counts hidden values, and believes only the customer', async () => {
  const server = await startServer();
  const { customer, agent, start } = await pair(server);
  agent.send({ type: 'hidden', count: 50 });
  customer.send({ type: 'hidden', count: 3 });
  customer.send({ type: 'hidden', count: 4 });
  await expect.poll(async () => (await historyRow(server, start.historyId)).hiddenValues).toBe(7);
});

test('the format is published as a schema', async () => {
  const server = await startServer();
  const { body } = await get<{ properties: object }>(server, '/rules.schema.json');
  expect(Object.keys(body.properties)).toEqual(['rules', 'patterns']);
});
