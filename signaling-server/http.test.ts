import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SENTENCES } from '../protocol/errors.ts';
import type { AgentAccount, SiteSettings } from '../protocol/signaling.ts';
import type { SignalingServer } from './server.ts';
import {
  authorization,
  CUSTOMER_ORIGIN,
  EXTENSION_ORIGIN,
  get,
  heard,
  join,
  openPeer,
  pair,
  post,
  signIn,
  startServer,
  startSession,
} from './test-server.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/alongside-`);
  await mkdir(`${folder}/snippet/snippet`, { recursive: true });
  await mkdir(`${folder}/demo/shop`, { recursive: true });
  await writeFile(`${folder}/snippet/snippet.js`, 'loader()');
  await writeFile(`${folder}/snippet/snippet/session-abc.js`, 'session()');
  await writeFile(`${folder}/demo/index.html`, '<!doctype html><p>Demo');
  await writeFile(`${folder}/demo/shop/index.html`, Buffer.from([0x82, 0xa0]));
  await writeFile(`${folder}/secret`, 'secret');
});
afterAll(async () => rm(folder, { recursive: true }));

const withFiles = (): Promise<SignalingServer> =>
  startServer({ snippetRoot: `${folder}/snippet`, demoRoot: `${folder}/demo` });

test('every error has the same shape: unknown paths, wrong bodies, wrong types, too much', async () => {
  const server = await startServer();
  const json = { 'content-type': 'application/json' };
  const cases: [string, RequestInit, number][] = [
    ['/nowhere', {}, 404],
    ['/api/sessions', {}, 404],
    ['/demo/nothing.html', {}, 404],
    ['/api/sign-in', { method: 'POST', body: '{', headers: json }, 400],
    ['/api/sign-in', { method: 'POST', body: '', headers: json }, 400],
    ['/api/sign-in', { method: 'POST', body: '<xml/>', headers: { 'content-type': 'text/xml' } }, 400],
    ['/api/sign-in', { method: 'POST', body: '{"__proto__":{"x":1}}', headers: json }, 400],
    ['/api/sign-in', { method: 'POST', body: '{"constructor":{"prototype":{"x":1}}}', headers: json }, 400],
    ['/api/sign-in', { method: 'POST', body: `"${'x'.repeat(70_000)}"`, headers: json }, 413],
    ['/api/sites/%zz/settings', {}, 400],
    [`/api/sites/${'x'.repeat(500)}/settings`, {}, 400],
  ];
  for (const [path, init, status] of cases) {
    const response = await fetch(server.url + path, init);
    const body: unknown = await response.json();
    expect([path, response.status, body]).toEqual([
      path,
      status,
      {
        error: {
          code: 'bad_request',
          message: expect.stringContaining(SENTENCES.bad_request) as string,
        },
      },
    ]);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  }
});

test('a body that does not fit is refused with the name of the field', async () => {
  const server = await startServer();
  const wrong: [object, string][] = [
    [{ email: 'a@b' }, 'password'],
    [{ email: 1, password: 'x' }, 'email'],
    [{ email: 'a'.repeat(300), password: 'x' }, 'email'],
  ];
  for (const [body, field] of wrong) {
    const answer = await post(server, '/api/sign-in', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(`Field "${field}"`);
  }
  const start = await post(server, '/api/sessions', { site: 'demo', channel: 'fax' }, { origin: CUSTOMER_ORIGIN });
  expect(start.body.error.message).toContain('Field "channel"');
});

test("a site's settings and sessions are for its own pages only", async () => {
  const server = await startServer();
  const settings = async (key: string, headers: Record<string, string>) =>
    get<SiteSettings>(server, `/api/sites/${key}/settings`, headers);
  const fits = await settings('demo', { origin: CUSTOMER_ORIGIN });
  expect(fits).toMatchObject({
    status: 200,
    body: { name: 'Demo Company', phone: '0808 157 0199', writeMode: true },
  });
  expect(fits.headers.get('access-control-allow-origin')).toBe(CUSTOMER_ORIGIN);

  const evil = await settings('demo', { origin: 'https://evil.example' });
  expect(evil).toMatchObject({ status: 403, body: { error: { code: 'origin_not_allowed' } } });
  expect(evil.headers.get('access-control-allow-origin')).toBe(null);
  for (const origin of ['https://other.example', EXTENSION_ORIGIN, 'null', 'http://localhost.evil.example']) {
    expect((await settings('demo', { origin })).status).toBe(403);
    expect((await post(server, '/api/sessions', { site: 'demo', channel: 'chat' }, { origin })).status).toBe(403);
  }
  expect((await settings('demo', {})).status).toBe(403);
  expect((await post(server, '/api/sessions', { site: 'demo', channel: 'chat' })).status).toBe(403);
  const unknown = await settings('nobody', { origin: CUSTOMER_ORIGIN });
  expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'site_not_found' } } });
});

test('a page that this server itself serves sends no origin with its GET, and is known all the same', async () => {
  const server = await startServer();
  const status = async (headers: Record<string, string>) => statusOf(`${server.url}/api/sites/demo/settings`, headers);
  expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await status({ 'sec-fetch-site': 'same-origin', host: 'evil.example' })).toBe(403);
});

test('preflights name the origin that asked, when it is one of ours', async () => {
  const server = await startServer();
  const preflight = async (path: string, origin: string): Promise<string | null> => {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const response = await fetch(server.url + path, { method: 'OPTIONS', headers });
    return response.headers.get('access-control-allow-origin');
  };
  expect(await preflight('/api/sessions', CUSTOMER_ORIGIN)).toBe(CUSTOMER_ORIGIN);
  expect(await preflight('/api/sessions', 'https://other.example')).toBe('https://other.example');
  expect(await preflight('/api/sessions/resume', 'https://other.example')).toBe('https://other.example');
  expect(await preflight('/api/sessions', 'https://evil.example')).toBe(null);
  expect(await preflight('/api/sessions', EXTENSION_ORIGIN)).toBe(null);
  expect(await preflight('/api/sessions/join', EXTENSION_ORIGIN)).toBe(EXTENSION_ORIGIN);
  expect(await preflight('/api/sign-in', CUSTOMER_ORIGIN)).toBe(null);
});

test('a signed-in agent is known until they sign out, on pages of the extension only', async () => {
  const server = await startServer();
  const bearer = await signIn(server, 'lead@demo.example');
  const me = (headers: Record<string, string>) => get<AgentAccount>(server, '/api/me', headers);
  expect(await me(authorization(bearer))).toMatchObject({
    status: 200,
    body: {
      email: 'lead@demo.example',
      name: 'Lea Lead',
      role: 'lead',
      site: { key: 'demo', name: 'Demo Company' },
    },
  });
  const fromExtension = await me({ ...authorization(bearer), origin: EXTENSION_ORIGIN });
  expect(fromExtension.headers.get('access-control-allow-origin')).toBe(EXTENSION_ORIGIN);
  expect(fromExtension.headers.get('cache-control')).toBe('no-store');
  expect(await me({ ...authorization(bearer), origin: CUSTOMER_ORIGIN })).toMatchObject({
    status: 403,
    body: { error: { code: 'origin_not_allowed' } },
  });
  for (const headers of [{}, authorization('x'), { authorization: `Basic ${bearer}` }, authorization(`${bearer}x`)]) {
    expect(await me(headers)).toMatchObject({
      status: 401,
      body: { error: { code: 'not_signed_in' } },
    });
  }
  const out = await fetch(`${server.url}/api/sign-out`, {
    method: 'POST',
    headers: authorization(bearer),
  });
  expect(out.status).toBe(204);
  expect((await me(authorization(bearer))).status).toBe(401);
});

test('what is stored of sign-ins opens nothing', async () => {
  const server = await startServer();
  const bearer = await signIn(server);
  const rows = await server.database.selectFrom('agentTokens').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(bearer);
  expect((await get(server, '/api/me', authorization(rows[0]!.hash))).status).toBe(401);
  const expiry = rows[0]!.expiresAt - Date.now();
  expect(Math.round(expiry / 3_600_000)).toBe(12);
  await server.database
    .updateTable('agentTokens')
    .set({ expiresAt: Date.now() - 1 })
    .execute();
  expect((await get(server, '/api/me', authorization(bearer))).status).toBe(401);
});

test('the snippet is for any site, the loader for five minutes, its parts for ever', async () => {
  const server = await withFiles();
  const loader = await fetch(`${server.url}/snippet.js`, {
    headers: { origin: 'https://any.example' },
  });
  expect(await loader.text()).toBe('loader()');
  expect(Object.fromEntries(loader.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=300',
    'content-type': expect.stringMatching(/javascript/u) as string,
  });
  const etag = loader.headers.get('etag') ?? '';
  expect(await statusOf(`${server.url}/snippet.js`, { 'if-none-match': etag })).toBe(304);

  const part = await fetch(`${server.url}/snippet/session-abc.js`);
  expect(await part.text()).toBe('session()');
  expect(part.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(part.headers.get('access-control-allow-origin')).toBe('*');
  for (const path of ['/snippet/none.js', '/snippet/..%2f..%2fsecret', '/snippet/%2e%2e/%2e%2e/secret', '/snippet/']) {
    expect((await get(server, path)).body.error.code).toBe('bad_request');
  }
});

test('the demo pages are an ordinary site, each page with the encoding it names itself', async () => {
  const server = await withFiles();
  const page = await fetch(`${server.url}/demo/`);
  expect(await page.text()).toContain('Demo');
  expect(page.headers.get('content-type')).toBe('text/html');
  expect(page.headers.get('content-security-policy')).toBe(null);
  expect(page.headers.get('strict-transport-security')).toBe(null);
  expect(new Uint8Array(await (await fetch(`${server.url}/demo/shop/`)).arrayBuffer())).toEqual(
    new Uint8Array([0x82, 0xa0]),
  );
  expect((await fetch(`${server.url}/demo/shop`)).url).toBe(`${server.url}/demo/shop/`);
  expect((await fetch(`${server.url}/demo`)).url).toBe(`${server.url}/demo/`);
});

test('without demo mode there are no demo pages, accounts or site', async () => {
  const file = `${folder}/once-demo.db`;
  const demo = await startServer({}, { DATABASE_URL: file });
  const bearer = await signIn(demo);
  await demo.close();
  const server = await startServer({ demoRoot: `${folder}/demo` }, { DEMO: '0', DATABASE_URL: file });
  expect((await fetch(`${server.url}/demo/`)).status).toBe(404);
  expect((await get(server, '/api/me', authorization(bearer))).status).toBe(401);
  const again = await post(server, '/api/sign-in', {
    email: 'agent@demo.example',
    password: 'demo',
  });
  expect(again.body.error.code).toBe('wrong_credentials');
  expect((await get(server, '/api/sites/demo/settings', { origin: CUSTOMER_ORIGIN })).status).toBe(403);
});

test('/openapi.json describes every route of the API', async () => {
  const server = await startServer();
  const { body } = await get<{ paths: Record<string, object> }>(server, '/openapi.json');
  expect(Object.keys(body.paths).sort()).toEqual([
    '/api/check',
    '/api/me',
    '/api/rules',
    '/api/rules/{version}',
    '/api/rules/{version}/restore',
    '/api/sessions',
    '/api/sessions/file',
    '/api/sessions/join',
    '/api/sessions/live',
    '/api/sessions/resume',
    '/api/sessions/return',
    '/api/sessions/{historyId}/acts',
    '/api/sign-in',
    '/api/sign-out',
    '/api/sites/{key}/rules',
    '/api/sites/{key}/settings',
    '/healthz',
  ]);
  expect((await get<{ status: string }>(server, '/healthz')).body).toEqual({ status: 'ok' });
});

test('/metrics counts, and neither it nor the log names anybody', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const server = await startServer({ log });
  const { start, joined, bearer, customer, agent, customerPeer } = await pair(server);
  await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  await join(server, bearer, '000000000');
  await get(server, `/api/nothing?token=${bearer}`);
  const live = await (await fetch(`${server.url}/metrics`)).text();
  expect(live).toContain('alongside_sessions_live{state="active"} 1');
  expect(live).toContain('alongside_sockets_open{kind="session"} 2');
  customer.send({ type: 'end', reason: 'customer_ended' });
  await heard(agent, 'ended');
  const after = await (await fetch(`${server.url}/metrics`)).text();
  expect(after).toContain('alongside_sessions_ended_total{reason="customer_ended"} 1');
  expect(after).toContain('alongside_sessions_live{state="active"} 0');

  const written = [...lines, live, after].join('\n');
  expect(lines.join('\n')).toContain(start.historyId);
  const secrets = [start.token, start.sessionId, joined.token, bearer, customerPeer.token, customerPeer.name];
  for (const secret of [...secrets, 'demo.example', 'Ada', 'call-1', '"127.0.0.1"']) {
    expect(written).not.toContain(secret);
  }
});

test('two sessions that run at once have different digits', async () => {
  const server = await startServer();
  const [one, two] = [await startSession(server), await startSession(server)];
  expect(one.sessionId).not.toBe(two.sessionId);
});

/** `fetch` adds headers of its own and will not send others. */
async function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
