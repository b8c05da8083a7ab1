import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { MAX_ASSET_BYTES } from '../protocol/limits.ts';
import { createSiteFiles, isPublicAddress } from './sites/files.ts';
import { authorization, CUSTOMER_ORIGIN, pair, post, siteWith, startServer } from './test-server.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  while (opened.length > 0) await opened.pop()?.();
});

/** Another company's host. @returns its origin */
async function startHost(answer: RequestListener): Promise<string> {
  const host = createServer(answer);
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  opened.push(async () => {
    host.closeAllConnections();
    return new Promise((resolve) => host.close(resolve));
  });
  return `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const QUICK = 'agent@quick.example';

async function pairOf(fileHosts: readonly string[]) {
  const server = await startServer(siteWith({ fileHosts }));
  return { server, ...(await pair(server, QUICK, 'quick')) };
}

function ask(server: { readonly url: string }, token: string, url: string, origin = CUSTOMER_ORIGIN) {
  return fetch(`${server.url}/api/sessions/file`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, ...authorization(token) },
    body: JSON.stringify({ url }),
  });
}

test('brings a picture of a named host, as anybody would see it', async () => {
  let asked: NodeJS.Dict<string | string[]> = {};
  const host = await startHost((request, response) => {
    asked = request.headers;
    response.writeHead(200, {
      'content-type': 'image/png',
      'cache-control': 'public, max-age=60',
      'set-cookie': 'a=b',
    });
    response.end(PNG);
  });
  const { server, start } = await pairOf([host]);
  const answer = await ask(server, start.token, `${host}/logo.png?size=2`);
  expect(answer.status).toBe(200);
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  const { headers } = answer;
  expect(headers.get('content-type')).toBe('image/png');
  expect(headers.get('cache-control')).toBe('public, max-age=60');
  expect(headers.get('access-control-allow-origin')).toBe(CUSTOMER_ORIGIN);
  // Opened by itself it is no page of ours: nothing in it runs.
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('set-cookie')).toBeNull();
  for (const name of ['cookie', 'authorization', 'referer', 'origin']) expect(asked[name]).toBeUndefined();
});

test('is for the customer of a session that an agent is in, and for nobody else', async () => {
  const host = await startHost((_request, response) =>
    response.writeHead(200, { 'content-type': 'image/png' }).end(PNG),
  );
  const { server, start, joined, bearer, customer } = await pairOf([host]);
  const url = `${host}/logo.png`;
  const waiting = await post<{ token: string }>(
    server,
    '/api/sessions',
    { site: 'quick', channel: 'voice' },
    { origin: CUSTOMER_ORIGIN },
  );
  for (const token of [joined.token, bearer, 'x'.repeat(43), waiting.body.token]) {
    expect((await ask(server, token, url)).status).toBe(400);
  }
  expect((await ask(server, start.token, url, 'https://evil.example')).status).toBe(403);
  expect((await ask(server, start.token, url)).status).toBe(200);
  customer.send({ type: 'end', reason: 'customer_ended' });
  await expect.poll(async () => (await ask(server, start.token, url)).status).toBe(400);
});

test('brings nothing of other hosts, not even by way of a named one, and nothing that is not shown', async () => {
  let seen = 0;
  const inside = await startHost((_request, response) => {
    seen += 1;
    response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
  });
  const host = await startHost((request, response) => {
    const { url = '' } = request;
    if (url === '/away') response.writeHead(302, { location: `${inside}/secret.png` }).end();
    else if (url === '/moved') response.writeHead(302, { location: '/logo.png' }).end();
    else if (url === '/round') response.writeHead(302, { location: '/round' }).end();
    else if (url === '/page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    else if (url === '/data') response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    else if (url === '/huge')
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(MAX_ASSET_BYTES + 1));
    else if (url === '/gone') response.writeHead(404, { 'content-type': 'image/png' }).end(PNG);
    else response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
  });
  const { server, start } = await pairOf([host]);
  const statusOf = async (url: string) => (await ask(server, start.token, url)).status;
  expect(await statusOf(`${host}/moved`)).toBe(200);
  const port = new URL(host).port;
  for (const url of [
    ...['away', 'round', 'page', 'data', 'huge', 'gone'].map((path) => `${host}/${path}`),
    `${inside}/secret.png`,
    `http://localhost:${port}/logo.png`,
    `http://user:secret@127.0.0.1:${port}/logo.png`,
    'file:///etc/passwd',
    'data:image/png;base64,iVBORw0KGgo=',
    'not a url',
  ]) {
    expect(await statusOf(url), url).toBe(422);
  }
  expect(seen).toBe(0);
  expect((await ask(server, start.token, `${host}/${'x'.repeat(2_100)}`)).status).toBe(400);
});

test('a site that names no host has none, and this machine is never one', async () => {
  const host = await startHost((_request, response) =>
    response.writeHead(200, { 'content-type': 'image/png' }).end(PNG),
  );
  for (const hosts of [[], ['loopback'], ['*'], ['nonsense']]) {
    const { server, start } = await pairOf(hosts);
    expect((await ask(server, start.token, `${host}/logo.png`)).status).toBe(422);
  }
});

test('a name that only a pattern lets in must not lead into our own network', async () => {
  let seen = 0;
  const host = await startHost((_request, response) => {
    seen += 1;
    response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
  });
  const port = new URL(host).port;
  const files = createSiteFiles((_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]));
  opened.push(files.close);
  const pattern = `http://*.cdn.example:${port}`;
  expect(await files.read(new URL(`http://evil.cdn.example:${port}/`), [pattern])).toBeNull();
  expect(seen).toBe(0);
});

test.each([
  ['8.8.8.8', 4, true],
  ['127.0.0.1', 4, false],
  ['10.1.2.3', 4, false],
  ['169.254.169.254', 4, false],
  ['172.31.0.1', 4, false],
  ['192.168.1.1', 4, false],
  ['100.64.0.1', 4, false],
  ['0.0.0.0', 4, false],
  ['224.0.0.1', 4, false],
  ['2606:4700::1111', 6, true],
  ['::1', 6, false],
  ['::ffff:127.0.0.1', 6, false],
  ['fd00::1', 6, false],
  ['fe80::1', 6, false],
  ['64:ff9b::7f00:1', 6, false],
  ['2002:7f00:1::', 6, false],
])('%s is a public address: %s %s', (address, family, isPublic) => {
  expect(isPublicAddress(address, family)).toBe(isPublic);
});
