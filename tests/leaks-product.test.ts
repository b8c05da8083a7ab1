import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Rule } from '../protocol/rules.ts';
import { KINDS, leaksIn, markupOf, MASKED_PLACES, secretOf, UNSEEN_PLACES } from './support/leak-places.ts';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';
import { startSite, type Site, type SitePage } from './support/site.ts';
import { readWire, tapWire } from './support/wire-tap.ts';

/**
 * The places of tests/leaks.test.ts in a company's pages, through the built snippet and a whole session: every byte that
 * leaves the page, by whatever road, is searched for each of their secrets.
 */
let product: Product;
let site: Site;
let version = 0;
const pages: Page[] = [];
const kinds = Object.keys(KINDS);

beforeAll(async () => {
  product = await startProduct();
  const page = (body: string): SitePage => ({
    html: `<!doctype html><html lang="en"><head><title>Account</title>
      <script async src="${product.url}/snippet.js" data-site="demo"></script>
      <script type="module">import * as preact from '/preact.mjs'; window.preact = preact;</script></head>
      <body class="outer"><p id="first">seen</p>${body}</body></html>`,
  });
  const module = { 'content-type': 'text/javascript' };
  site = await startSite({
    '/start': page(''),
    '/unseen': page(markupOf(UNSEEN_PLACES, (html) => html, 'a')),
    '/preact.mjs': { html: readFileSync('node_modules/preact/dist/preact.mjs'), headers: module },
    ...Object.fromEntries(
      Object.values(KINDS).map(({ open }, index) => [
        `/masked/${index}`,
        page(markupOf(MASKED_PLACES, (html) => `${open}${html}</div>`, 'a')),
      ]),
    ),
  });
});
afterAll(async () => {
  await site?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

/** Each kind's rules on its own page; but the last kinds are the page's own words. */
function rulesOfPages(): Rule[] {
  return Object.values(KINDS).flatMap(({ rules }, index) =>
    rules.map((rule) => ({ ...rule, urls: [`/masked/${index}`] })),
  );
}

async function publish(rules: readonly Rule[]): Promise<void> {
  const post = async (path: string, body: unknown, token = ''): Promise<Record<string, unknown>> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(product.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Record<string, unknown>;
  };
  const { token } = await post('/api/sign-in', { email: 'admin@demo.example', password: 'demo' });
  const published = await post('/api/rules', { basedOn: version, note: '', rules, patterns: [] }, String(token));
  version = Number(published['version']);
}

interface Sides {
  readonly customer: Page;
  readonly agent: Page;
  /** What the browser saw leave for anybody but the page's own server, besides the data channels. */
  readonly requests: string[];
}

/** In a session, the customer on an empty page of the site. */
async function together(): Promise<Sides> {
  const agent = await product.agent();
  const customer = await product.context.newPage();
  pages.push(agent, customer);
  const requests: string[] = [];
  customer.on('request', (request) => {
    if (!request.url().startsWith(site.url)) requests.push(request.url() + (request.postData() ?? ''));
  });
  customer.on('websocket', (socket) => socket.on('framesent', ({ payload }) => requests.push(String(payload))));
  await tapWire(customer);
  await customer.goto(`${site.url}/start`);
  await joinSession(agent, await startSession(customer));
  await mirrorOf(agent).locator('#first').waitFor({ state: 'attached' });
  await customer.bringToFront();
  return { customer, agent, requests };
}

/** Goes there in the session, and waits for the agent to have it. */
async function visit({ customer, agent }: Sides, path: string): Promise<void> {
  await customer.goto(site.url + path);
  await expect.poll(() => agent.getByRole('textbox', { name: 'URL' }).inputValue()).toContain(path);
  await mirrorOf(agent).locator('#first').waitFor({ state: 'attached' });
}

/** Whatever was done on the page before has reached the agent. */
async function atTheAgent({ customer, agent }: Pick<Sides, 'customer' | 'agent'>, id: string): Promise<void> {
  await customer.evaluate((name) => {
    document.body.append(Object.assign(document.createElement('i'), { id: name }));
  }, id);
  await mirrorOf(agent).locator(`#${id}`).waitFor({ state: 'attached' });
}

/** All that has left the page once the agent has everything, also what recording only finds by looking. */
async function wireOf({ customer, agent, requests }: Sides): Promise<string> {
  // Fields are looked at every 250 ms.
  await customer.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
  await atTheAgent({ customer, agent }, 'the-end');
  return `${await readWire(customer, site.url)}\n${requests.join('\n')}`;
}

/** Other secrets than those of the markup come to the same places; then the masks are taken away. */
async function useEveryRoad({ customer, agent }: Pick<Sides, 'customer' | 'agent'>, open: string): Promise<void> {
  await customer.evaluate(
    async ([added, scripted, secrets]) => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      // Added, cloned, moved: by itself and in the arms of something else.
      const section = (): HTMLElement => Object.assign(document.createElement('section'), { className: 'outer' });
      const holder = document.body.appendChild(section());
      holder.insertAdjacentHTML('beforeend', added);
      await frame();
      const boxes = [...holder.children] as HTMLElement[];
      for (const box of boxes) box.after(box.cloneNode(true));
      for (const box of boxes) holder.prepend(box);
      await frame();
      const aside = section();
      aside.append(...boxes);
      document.body.append(aside);
      await frame();
      document.body.append(...boxes);
      // By script, as frameworks do: the property, and every attribute.
      const other = section();
      other.insertAdjacentHTML('beforeend', scripted);
      document.body.append(...other.children);
      await frame();
      const scriptedBoxes = [...document.querySelectorAll('body > :not(alongside-widget)')].slice(-secrets.length);
      for (const [index, box] of scriptedBoxes.entries()) {
        const value = secrets[index] as string;
        for (const element of box.querySelectorAll('*')) {
          for (const name of element.getAttributeNames()) {
            if (!['type', 'class', 'id'].includes(name)) element.setAttribute(name, value);
          }
          if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.value = value;
          else if (element.firstChild instanceof Text) element.firstChild.data = value;
          else if (element instanceof HTMLElement) element.title = value;
        }
      }
      await frame();
    },
    [
      markupOf(MASKED_PLACES, (html) => `${open}${html}</div>`, 'b'),
      markupOf(MASKED_PLACES, (html) => `${open}${html}</div>`, 'c').replaceAll(/Zc\d+-Secret/gu, 'x'),
      Object.keys(MASKED_PLACES).map((_, index) => secretOf(index, 'c')),
    ] as const,
  );
  await typeByHand(customer, open);
  await renderByFramework(customer, open);
  await atTheAgent({ customer, agent }, 'all-in');
  await customer.evaluate(async () => {
    for (const field of document.querySelectorAll<HTMLInputElement>('[type="password"]')) field.type = 'text';
    for (const box of document.querySelectorAll('.m, [data-alongside]')) {
      box.classList.remove('m');
      box.removeAttribute('data-alongside');
      await Promise.resolve();
      box.parentElement?.append(box.cloneNode(true), box);
    }
  });
}

async function typeByHand(customer: Page, open: string): Promise<void> {
  await customer.evaluate(
    (html) => document.body.insertAdjacentHTML('beforeend', html),
    `${open}<div id="hands"><input><textarea></textarea><div contenteditable></div><input type="password"></div></div>`,
  );
  let index = 0;
  for (const field of await customer.locator('#hands > *').all()) {
    await field.pressSequentially(secretOf(index, 'd'));
    index += 1;
  }
}

async function renderByFramework(customer: Page, open: string): Promise<void> {
  await customer.evaluate(
    async ([html, first, second]) => {
      document.body.insertAdjacentHTML('beforeend', `${html}<div></div></div>`);
      const { h, render } = (window as unknown as { preact: typeof import('preact') }).preact;
      for (const value of [first, second]) {
        const fields = [
          h('input', { value, title: value }),
          h('textarea', { value }),
          h('p', null, `You are ${value}`),
        ];
        render(h('div', { id: 'rendered' }, fields), document.body.lastElementChild!.firstElementChild!);
        await new Promise(requestAnimationFrame);
      }
    },
    [open, secretOf(0, 'e'), secretOf(1, 'e')] as const,
  );
}

/** By road: which of the places were found. */
function found(wire: string): Record<string, readonly string[]> {
  const hands = { 'a field': '', 'a text area': '', 'an editor': '', 'a password': '' };
  const places = { a: MASKED_PLACES, b: MASKED_PLACES, c: MASKED_PLACES, d: hands, e: { first: '', second: '' } };
  return Object.fromEntries(Object.entries(places).map(([road, all]) => [road, leaksIn(wire, all, road)]));
}

const NOTHING = { a: [], b: [], c: [], d: [], e: [] };

describe('nothing secret leaves the customer’s browser', () => {
  test.for(kinds.map((kind, index) => [kind, index] as const))('with %s', async ([kind, index]) => {
    await publish(rulesOfPages());
    const sides = await together();
    await visit(sides, `/masked/${index}`);
    await useEveryRoad(sides, KINDS[kind]!.open);
    const wire = await wireOf(sides);
    expect(wire).toContain('the-end');
    expect(found(wire)).toEqual(NOTHING);
  });

  test('of what nobody sees, with no rule at all', async () => {
    await publish([]);
    const sides = await together();
    await visit(sides, '/unseen');
    await sides.customer.evaluate(
      (html) => document.body.insertAdjacentHTML('beforeend', html),
      markupOf(UNSEEN_PLACES, (html) => html, 'b'),
    );
    const wire = await wireOf(sides);
    expect(wire).toContain('the-end');
    expect(leaksIn(wire, UNSEEN_PLACES, 'a')).toEqual([]);
    expect(leaksIn(wire, UNSEEN_PLACES, 'b')).toEqual([]);
  });

  test('and without the rule the same search finds what is there to be seen', async () => {
    await publish([]);
    const sides = await together();
    await visit(sides, '/masked/0');
    await useEveryRoad(sides, KINDS[kinds[0]!]!.open);
    const leaks = found(await wireOf(sides));
    for (const place of ['a text', 'a title', 'an option’s text', 'an editor', 'a textarea', 'a custom property']) {
      for (const road of ['a', 'b', 'c']) expect(leaks[road]).toContain(place);
    }
    expect(leaks['d']).toEqual(['a field', 'a text area', 'an editor']);
    expect(leaks['e']).toContain('second');
  });
});
