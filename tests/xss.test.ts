import type { Frame, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeAgentMessage } from '../protocol/command.ts';
import { writePageMessage, type PageMessage } from '../protocol/page-message.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { forgedText, forgeTree, type Forged } from './support/forged-tree.ts';
import { framed, startHostilePage } from './support/hostile-peer.ts';
import {
  joinSession,
  leave,
  mirrorFrame,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';
import { startSite, type Site } from './support/site.ts';
import { xssPayloads } from './support/xss-payloads.ts';

/**
 * The public collections of cross-site scripting, twice: in a customer's page that our snippet records, and as messages
 * of a page that is not ours. In the agent's browser nothing of them may run, ask anybody, or lead anywhere.
 */
let product: Product;
let site: Site;
const pages: Page[] = [];
const payloads = xssPayloads();

beforeAll(async () => {
  product = await startProduct();
  // The customer's own page is not what is tried here: it stays where it is, and its scripts need not run.
  const policy = `script-src ${product.url}; object-src 'none'; form-action 'none'; base-uri 'none'`;
  site = await startSite({
    '/bare': { html: '<!doctype html><title>Bare</title><h1>Bare</h1>' },
    '/xss': {
      html: `<!doctype html><html><head><title>Posts</title>
        <script async src="${product.url}/snippet.js" data-site="demo"></script></head><body><h1>Posts</h1></body></html>`,
      headers: { 'content-security-policy': policy },
    },
  });
});
afterAll(async () => {
  await site?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

test(`none of ${payloads.length} known payloads in a customer’s page does anything at the agent`, async () => {
  const agent = await product.agent();
  const customer = await product.context.newPage();
  pages.push(agent, customer);
  const errors: string[] = [];
  customer.on('pageerror', (error) => errors.push(error.message));
  await customer.goto(`${site.url}/xss`);
  // Whatever leads elsewhere, or asks for anything else.
  await customer.route(
    (url) => url.origin !== product.url,
    (route) => route.abort(),
  );
  await joinSession(agent, await startSession(customer));
  await mirrorOf(agent).getByRole('heading', { name: 'Posts' }).waitFor();
  const watch = await watchAgent(agent);
  await customer.evaluate((all) => {
    // Some of them take the place of `document.body` and the like.
    const [body, create] = [document.body, Document.prototype.createElement.bind(document)];
    for (const payload of all) {
      const post = body.appendChild(create('article'));
      post.innerHTML = payload;
    }
    body.append(Object.assign(create('p'), { id: 'the-end' }));
  }, payloads);
  await mirrorOf(agent).locator('#the-end').waitFor({ state: 'attached' });
  expect(await mirrorFrame(agent).evaluate(() => document.querySelectorAll('article').length)).toBe(payloads.length);
  await useEverything(mirrorFrame(agent));
  await watch.expectNothing();
  expect(errors).toEqual([]);
});

test(`none of ${payloads.length} known payloads in forged messages does anything at the agent`, async () => {
  const agent = await product.agent();
  pages.push(agent);
  const hello = framed(writeAgentMessage({ type: 'hello', version: PROTOCOL_VERSION }));
  const { peer, digits, connected } = await startHostilePage(product, `${site.url}/bare`, hello);
  pages.push(peer.page);
  await joinSession(agent, digits);
  await connected();
  const posts = await parseUncleaned(peer.page);
  expect(posts).toHaveLength(payloads.length);
  await peer.send('page', picture(['html', {}, ['body', {}, ['p', { id: 'the-start' }]]]));
  await mirrorOf(agent).locator('#the-start').waitFor({ state: 'attached' });
  const watch = await watchAgent(agent);
  const all: Forged[] = posts.map((post) => ['article', {}, ...post]);
  await peer.send('page', picture(['html', {}, ['body', {}, ...all, ['p', { id: 'the-end' }]]]));
  await mirrorOf(agent).locator('#the-end').waitFor({ state: 'attached' });
  expect(await mirrorFrame(agent).evaluate(() => document.querySelectorAll('article').length)).toBe(payloads.length);
  await useEverything(mirrorFrame(agent));
  await watch.expectNothing();
  await agent.getByRole('button', { name: 'Exit Session' }).click();
  await agent.getByText('You ended the session.').waitFor();
});

/** As the browser parses them, scripts and handlers and all, by a parser that runs nothing. */
function parseUncleaned(page: Page): Promise<Forged[][]> {
  return page.evaluate((all) => {
    const PREFIXES: Record<string, string> = {
      'http://www.w3.org/2000/svg': 'svg:',
      'http://www.w3.org/1998/Math/MathML': 'mathml:',
    };
    const parser = new DOMParser();
    const forge = (node: Node): Forged[] => {
      // U+0001 stands between texts on the wire: with it the message would only be malformed.
      if (node instanceof Text) return [node.data.replaceAll('\u0001', '')];
      if (!(node instanceof Element)) return [];
      const attributes = Array.from(
        node.attributes,
        ({ name, value }) => [name, value.replaceAll('\u0001', '')] as const,
      );
      const content = node instanceof HTMLTemplateElement ? node.content : node;
      // Names have no control characters on the wire either.
      const writable = attributes.filter(([name]) => !/[\p{Cc} ]/u.test(name));
      const tag = (PREFIXES[node.namespaceURI ?? ''] ?? '') + node.localName;
      return [[tag, Object.fromEntries(writable), ...[...content.childNodes].flatMap(forge)]];
    };
    return all.map((payload) => {
      const { head, body } = parser.parseFromString(payload, 'text/html');
      return [head, body].flatMap((part) => (part === null ? [] : [...part.childNodes].flatMap(forge)));
    });
  }, payloads);
}

function picture(forged: Forged): Uint8Array[] {
  const size = { width: 800, height: 600, devicePixelRatio: 1 };
  const place = { url: forgedText('http://shop.example/'), title: forgedText('Forged') };
  const all: PageMessage[] = [
    { type: 'begin', compatMode: 'standards', ...place, ...size },
    { type: 'tree', body: forgeTree(forged) },
    { type: 'complete' },
  ];
  return all.flatMap((message) => framed(writePageMessage(message)));
}

/** Everything is clicked, focused, hovered, submitted, twice: a click may open what holds the next one. */
async function useEverything(frame: Frame): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await frame.evaluate(() => {
      for (const element of document.querySelectorAll<HTMLElement>('*')) {
        for (const type of ['mouseover', 'mousedown', 'mouseup', 'click', 'wheel', 'copy', 'focus', 'error', 'load']) {
          element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true, composed: true }));
        }
        element.click?.();
        element.focus?.();
      }
      for (const form of document.querySelectorAll('form')) HTMLFormElement.prototype.requestSubmit.call(form);
    });
  }
}

async function watchAgent(agent: Page): Promise<{ expectNothing(): Promise<void> }> {
  const frame = mirrorFrame(agent);
  const [viewer, console] = [frame.url(), agent.url()];
  const requests: Request[] = [];
  const problems: string[] = [];
  product.context.on('request', (request) => requests.push(request));
  product.context.on('page', (page) => problems.push(`a page opened: ${page.url()}`));
  agent.on('pageerror', (error) => problems.push(error.message));
  agent.on('dialog', (dialog) => {
    problems.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await frame.evaluate(() => {
    const ran: string[] = [];
    const note =
      (name: string) =>
      (...args: unknown[]): void =>
        void ran.push(`${name}(${args.join()})`);
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'write', 'logChr']) {
      Object.assign(window, { [name]: note(name) });
    }
    Object.assign(window, { ran });
  });
  return {
    async expectNothing() {
      expect(await frame.evaluate(() => (window as unknown as { ran: string[] }).ran)).toEqual([]);
      expect([frame.url(), agent.url()]).toEqual([viewer, console]);
      // What a policy refuses is listed like a request; it has not gone anywhere.
      const gone = requests.filter((request) => {
        const isAgents = request.frame().page() === agent;
        return isAgents && request.failure()?.errorText !== 'csp' && /^(?:https?|ftp|wss?):/u.test(request.url());
      });
      expect(gone.map((request) => request.url()).filter((url) => !url.startsWith(product.url))).toEqual([]);
      expect(problems).toEqual([]);
    },
  };
}
