import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  allowWriting,
  joinSession,
  leave,
  mirrorFrame,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';
import { INSTALLING_MS, libraryFile } from './support/libraries.ts';
import { startSite, type Site, type SitePage } from './support/site.ts';

/** Pages the snippet has to live on: strict, hostile, careless, old. */
let product: Product;
let site: Site;
const pages: Page[] = [];

const HOSTILE = `
  for (const name of ['querySelector', 'querySelectorAll', 'getAttribute']) {
    const original = Element.prototype[name];
    Element.prototype[name] = function (...args) { return original.apply(this, args); };
  }
  Array.prototype.extra = function () {};
  Element.prototype.append = function (one) { return this.appendChild(typeof one === 'string' ? new Text(one) : one); };
  window.addEventListener('error', (event) => { (window.seenErrors ??= []).push(event.message); });
  window.addEventListener('unhandledrejection', (event) => { (window.seenErrors ??= []).push(String(event.reason)); });
  document.addEventListener('click', (event) => { event.preventDefault(); event.stopImmediatePropagation(); });
  JSON.stringify = ((original) => (...args) => original(...args))(JSON.stringify);
`;

/** As Prototype.js and MooTools 1.4 have it: without what `Array.from` does with a second argument. */
const OLD_LIBRARY = `Array.from = function (list) {
    if (!list) return [];
    var length = list.length || 0, made = new Array(length);
    while (length--) made[length] = list[length];
    return made;
  };
  Array.prototype.find = function (one) { return this.indexOf(one) >= 0; };`;
const OLD_FORM = `<input id="cvv" name="cvv" value="7391"><input id="ssn" aria-label="SSN" value="gemstone">
  <select id="many" multiple><option selected>one<option>two<option selected>three</select>`;

/** As LWC's synthetic shadow and ShadyDOM give them out, and an element that gives none. */
const IMITATED_SHADOWS = `const { get } = Object.getOwnPropertyDescriptor(Element.prototype, 'shadowRoot');
  Object.defineProperty(Element.prototype, 'shadowRoot', {
    get() { return this.localName === 'x-a' ? { mode: 'open', nodeType: 11, childNodes: [] } : get.call(this); },
  });
  customElements.define('x-b', class extends HTMLElement { get shadowRoot() { throw new Error('closed'); } });`;

/** A page's own words for what is in it, in scripts that nobody bundled: they take the place of the browser's. */
const OWN_NAMES = `class Node { constructor(value) { this.value = value; } }
  const performance = 'good', crypto = ['a coin'], history = [];
  class Set { has() { return 'nothing'; } }
  function Element(name) { this.name = name; }
  function ShadowRoot() {}
  function Worker(name, wage) { this.name = name; }
  function Blob(x, y) { this.x = x; }
  function Promise(what) { this.what = what; }
  class NodeFilter {}
  function Event(title, date) { this.title = title; }
  var URL = 'https://example.com/api', Map = { center: [54.3, -2.7], zoom: 12 }, WeakMap = null, Document, TextEncoder;
  var MutationObserver = 'who looks', EventTarget = 'a door', list = new Node(new Element('first').name);`;
const MORE = '<button onclick="this.after(this.cloneNode(true))">More</button>';
const POLLUTED = `Object.prototype.version = '1.6'; Object.prototype.extend = function () {};
  Array.prototype.last = function () { return this[this.length - 1]; }; String.prototype.note = 'x';`;
const NAMED_FORMS =
  'URL baseURI title body head documentElement fonts defaultView activeElement referrer hidden images forms links cookie domain open close write clear compatMode doctype readyState visibilityState styleSheets plugins scripts timeline children childNodes firstChild lastChild parentNode nodeType nodeName textContent contains append remove'.split(
    ' ',
  );

/** A component of Salesforce's, compiled by hand, in the shadow root that its library imitates: the page sees into none. */
const LWC = `import '/lwc-shadow.js';
  import { LightningElement, registerTemplate, registerComponent, registerDecorators, createElement } from '/lwc-engine.js';
  const greeting = ({ h, t, d, gid }, { name }) => [
    h('h2', { key: 0 }, [t('Hello ' + d(name))]),
    h('label', { key: 1, attrs: { for: gid('code') } }, [t('Security code')]),
    h('input', { key: 2, attrs: { id: gid('code') }, props: { value: '7391' } }, []),
    h('p', { key: 3, attrs: { 'data-alongside': 'mask' } }, [t('a hidden sentence')]),
    h('span', { key: 4, attrs: { id: gid('called') } }, [t('Security code')]),
    h('input', { key: 5, attrs: { id: gid('named'), 'aria-labelledby': gid('called') }, props: { value: '6281' } }, []),
    h('span', { key: 6, attrs: { id: gid('town') } }, [t('Town')]),
    h('input', { key: 7, attrs: { class: 'town', 'aria-labelledby': gid('town') } }, []),
  ];
  registerTemplate(greeting);
  class Greeting extends LightningElement {
    constructor() { super(); this.name = 'you'; }
    connectedCallback() { window.addEventListener('greet', () => (this.name = 'everybody')); }
  }
  registerDecorators(Greeting, { fields: ['name'] });
  registerComponent(Greeting, { tmpl: greeting, sel: 'x-greeting', apiVersion: 60 });
  document.body.append(createElement('x-greeting', { is: Greeting }));`;

const script = (file: string): SitePage => ({
  html: readFileSync(file),
  headers: { 'content-type': 'text/javascript' },
});

beforeAll(async () => {
  product = await startProduct();
  const tag = `<script async src="${product.url}/snippet.js" data-site="demo"></script>`;
  const nonced = `<script async nonce="n1" src="${product.url}/snippet.js" data-site="demo"></script>`;
  const sockets = product.url.replace('http', 'ws');
  const body = '<h1>A page of its own</h1><p id="p">text</p><form><input type="password" id="pw"></form>';
  const document = (head: string, rest = ''): string =>
    `<!doctype html><html lang="en"><head><title>Host</title>${head}</head><body>${body}${rest}</body></html>`;
  const all: Record<string, SitePage> = {
    '/strict': {
      html: document(tag),
      headers: {
        'content-security-policy': `default-src 'none'; script-src ${product.url}; connect-src 'self' ${product.url} ${sockets}; require-trusted-types-for 'script'; trusted-types 'none'`,
      },
    },
    '/refused-styles': {
      html: document(
        `${tag}<style>h2 { color: rgb(255, 0, 0); }</style>`,
        `${'<u>set, too</u>'.repeat(30)}<h2>Refused</h2><i style="color: rgb(255, 0, 0)">refused</i><b style="color: rgb(255, 0, 0)">set</b>
          <script src="/set-styles.js"></script>`,
      ),
      headers: { 'content-security-policy': `style-src 'self'` },
    },
    '/set-styles.js': {
      html: `document.querySelector('b').style.color = 'rgb(0, 0, 255)';
        for (const set of document.querySelectorAll('u')) set.style.color = 'rgb(0, 0, 255)';`,
      headers: { 'content-type': 'text/javascript' },
    },
    '/nonce': {
      html: document(nonced),
      headers: {
        'content-security-policy': `default-src 'self'; script-src 'nonce-n1' 'strict-dynamic'; connect-src ${product.url} ${sockets}; style-src 'self'`,
      },
    },
    '/hostile': { html: document(`<script>${HOSTILE}</script>${tag}`) },
    '/old-library': { html: document(`<script>${OLD_LIBRARY}</script>${tag}`, OLD_FORM) },
    '/zone': { html: document(`<script src="/zone.js"></script>${tag}`) },
    '/zone.js': script(libraryFile('zone.js/bundles/zone.umd.min.js')),
    '/whole-document': {
      html: `<!doctype html><html lang="en"><head><title>Whole</title>${tag}</head><body><h1>Whole</h1><button>0</button></body></html>`,
    },
    '/react.js': script(libraryFile('react-18/umd/react.development.js')),
    '/react-dom.js': script(libraryFile('react-dom-18/umd/react-dom.development.js')),
    '/lwc': {
      html: document(`<script>var process = { env: {} };</script><script type="module">${LWC}</script>${tag}`),
    },
    '/lwc-shadow.js': script(libraryFile('@lwc/synthetic-shadow/dist/index.js')),
    '/lwc-engine.js': script(libraryFile('@lwc/engine-dom/dist/index.js')),
    '/imitated': { html: document(`<script>${IMITATED_SHADOWS}</script>${tag}`, '<x-a></x-a><x-b></x-b>') },
    '/repeating': {
      html: document(tag, `<p data-long="${'y'.repeat(900_000)}">${'lorem ipsum '.repeat(70_000)}</p>`),
    },
    '/own-names': {
      html: document(
        `<script>${OWN_NAMES}</script>${tag}`,
        `${MORE}<p class="ref">ref 4711-0815-77 here</p><section data-alongside="hide"><p>4711-0815-77</p></section>`,
      ),
    },
    '/polluted': { html: document(`<script>${POLLUTED}</script>${tag}`) },
    '/named-forms': {
      html: document(tag, NAMED_FORMS.map((name) => `<form name="${name}"><i>a form</i></form>`).join('')),
    },
    '/twice': { html: document(`${tag}${tag}`) },
    '/framed': { html: document('', `<iframe src="/twice" width="600" height="400"></iframe>`) },
    '/frameset': {
      html: `<html><head>${tag}</head><frameset cols="50%,50%"><frame src="/twice"><frame src="/twice"></frameset></html>`,
    },
    '/quirks': {
      html: `<html><head><title>Old</title>${tag}</head><body><h1>Old</h1><table><tr><td>x</table></body></html>`,
    },
    '/clobber': {
      html: document(
        tag,
        `<img name="title"><form><input name="id"><input name="remove"><input id="attributes"><input name="children"></form>`,
      ),
    },
    '/bad-key': { html: document(tag.replace('data-site="demo"', 'data-site="nobody"')) },
  };
  site = await startSite(all);
}, INSTALLING_MS);
afterAll(async () => {
  await site?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function visit(path: string): Promise<{ customer: Page; errors: string[] }> {
  const errors: string[] = [];
  const customer = await product.context.newPage();
  pages.push(customer);
  customer.on('pageerror', (error) => errors.push(error.message));
  await customer.goto(site.url + path);
  return { customer, errors };
}

for (const [path, kind] of [
  ['/strict', 'a strict Content Security Policy with Trusted Types'],
  ['/nonce', 'a policy with nonces and strict-dynamic'],
  ['/hostile', 'scripts that meddle with builtins and stop clicks'],
  ['/old-library', 'a library of old that has functions of its own for Array.from and find'],
  ['/imitated', 'shadow roots that are none'],
  ['/repeating', 'texts that repeat themselves a thousand times over'],
  ['/polluted', 'more on every object than there should be'],
  ['/named-forms', 'forms named like what a document has'],
  ['/twice', 'the tag in the page twice'],
  ['/quirks', 'quirks mode'],
  ['/clobber', 'fields and images named like the DOM’s own methods'],
] as const) {
  test(`a session works on a page with ${kind}`, async () => {
    const agent = await product.agent();
    pages.push(agent);
    const { customer, errors } = await visit(path);
    expect(await customer.locator('alongside-widget').count()).toBe(1);
    const digits = await startSession(customer);
    await joinSession(agent, digits);
    const mirror = mirrorOf(agent);
    await mirror.locator('h1').waitFor();
    await customer.locator('h1').evaluate((element) => {
      const later = element.cloneNode();
      later.textContent = 'later';
      element.after(later);
    });
    await mirror.locator('h1', { hasText: 'later' }).waitFor({ state: 'attached' });
    const mode = (): unknown => Reflect.get(Document.prototype, 'compatMode', document);
    const modes = [await customer.evaluate(mode), await mirrorFrame(agent).evaluate(mode)];
    expect(modes[0]).toBe(modes[1]);
    expect(errors).toEqual([]);
    expect(await customer.evaluate(() => (window as unknown as { seenErrors?: string[] }).seenErrors ?? [])).toEqual(
      [],
    );
  });
}

test('a session works on a page with names of its own that are the browser’s', async () => {
  const agent = await product.agent();
  pages.push(agent);
  // Nothing is evaluated in this page: the driver does not survive it.
  const { customer, errors } = await visit('/own-names');
  await joinSession(agent, await startSession(customer));
  const more = mirrorOf(agent).getByRole('button', { name: 'More' });
  await more.waitFor();
  await customer.bringToFront();
  await customer.getByRole('button', { name: 'More' }).click();
  await more.nth(1).waitFor();
  // What the customer hides is hidden, and not pressed.
  await customer
    .getByRole('region', { name: 'Co-browse toolbar' })
    .getByRole('button', { name: /\d hidden/u })
    .click();
  await customer.getByRole('button', { name: 'Hide something else' }).click();
  await customer.getByRole('button', { name: 'More' }).first().click();
  await expect.poll(() => more.count()).toBe(1);
  expect(await customer.getByRole('button', { name: 'More' }).count()).toBe(2);
  await customer
    .getByRole('region', { name: 'Co-browse toolbar' })
    .getByRole('button', { name: /\d hidden/u })
    .click();
  // What is hidden elsewhere is found here, too.
  await mirrorOf(agent).locator('.ref', { hasText: 'ref' }).waitFor();
  expect(await mirrorOf(agent).locator('.ref').innerText()).not.toContain('4711');
  await customer.getByRole('button', { name: 'Exit Co-browse session' }).click();
  await agent.getByText('The customer ended the session.').waitFor();
  expect(errors).toEqual([]);
});

test('styles that the page’s policy refuses are not in the mirror either, and those that scripts set are', async () => {
  const agent = await product.agent();
  pages.push(agent);
  const { customer } = await visit('/refused-styles');
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  const colours = (locator: Locator): Promise<string> =>
    locator.evaluateAll((elements) => elements.map((element) => getComputedStyle(element).color).join(' '));
  await mirror.locator('body > b').waitFor();
  const theirs = await colours(customer.locator('body > h2, body > i, body > b'));
  expect(theirs).toBe('rgb(0, 0, 0) rgb(0, 0, 0) rgb(0, 0, 255)');
  await expect.poll(() => colours(mirror.locator('body > h2, body > i, body > b'))).toBe(theirs);
  await customer.locator('body > i').evaluate((element) => element.setAttribute('style', 'color: rgb(0, 255, 0)'));
  await customer.locator('body > b').evaluate((element) => (element.style.color = 'rgb(9, 9, 9)'));
  await expect.poll(() => colours(mirror.locator('body > b'))).toBe('rgb(9, 9, 9)');
  expect(await colours(mirror.locator('body > i'))).toBe('rgb(0, 0, 0)');
});

test('what a page says of all backdrops does not lie over it for as long as a session lasts', async () => {
  const { customer } = await visit('/quirks');
  await customer.addStyleTag({ content: '::backdrop { background: black !important; backdrop-filter: blur(9px) }' });
  await startSession(customer);
  const host = customer.locator('alongside-widget');
  expect(await host.evaluate((one) => one.matches(':popover-open'))).toBe(true);
  expect(await host.evaluate((one) => getComputedStyle(one, '::backdrop').display)).toBe('none');
});

test('what a script scrolls by a rule that it has just written is scrolled in the mirror too', async () => {
  const agent = await product.agent();
  pages.push(agent);
  const { customer } = await visit('/quirks');
  await customer.evaluate(() => {
    document.head.insertAdjacentHTML('beforeend', '<style id="sheet">i { color: red }</style>');
    document.body.insertAdjacentHTML('beforeend', '<div id="box"><div style="height: 500px">x</div></div>');
  });
  await joinSession(agent, await startSession(customer));
  const box = mirrorOf(agent).locator('#box');
  await box.waitFor();
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  const write = (rule: string, top: number): Promise<void> =>
    customer.evaluate(
      ([css, at]) => {
        const { sheet } = document.querySelector<HTMLStyleElement>('#sheet')!;
        sheet!.insertRule(css, sheet!.cssRules.length);
        document.querySelector('#box')!.scrollTop = at;
      },
      [rule, top] as const,
    );
  await customer.bringToFront();
  await write('#box { color: rgb(1, 2, 3) }', 0);
  await expect.poll(() => box.evaluate((one) => getComputedStyle(one).color)).toBe('rgb(1, 2, 3)');
  // The scroll is told by its event, the rule is found by looking, later.
  await write('#box { height: 50px; overflow: auto }', 70);
  await expect.poll(() => box.evaluate((one) => one.scrollTop)).toBe(70);
});

test('a page that is written anew in mid-session is mirrored whole, and Exit can be pressed over its dialog', async () => {
  const agent = await product.agent();
  pages.push(agent);
  const { customer, errors } = await visit('/quirks');
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  await mirror.locator('h1', { hasText: 'Old' }).waitFor();
  await customer.evaluate(() => {
    document.open();
    document.write(`<!doctype html><title>New</title><body><h1>New</h1><dialog>Read this</dialog>
      <div id="box" style="height: 50px; overflow: auto"><p style="height: 500px">x</p></div>`);
    document.close();
  });
  await mirror.locator('h1', { hasText: 'New' }).waitFor();
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  await customer.locator('#box').evaluate((box) => box.scrollTo(0, 70));
  await expect.poll(() => mirror.locator('#box').evaluate((box) => box.scrollTop)).toBe(70);
  await customer.bringToFront();
  await customer.evaluate(() => document.querySelector('dialog')!.showModal());
  // By its place: to the driver everything is out of reach under a modal dialog.
  const exit = (await customer.getByRole('button', { name: 'Exit Co-browse session' }).boundingBox())!;
  await customer.mouse.click(exit.x + exit.width / 2, exit.y + exit.height / 2);
  await agent.getByText('The customer ended the session.').waitFor();
  await customer.evaluate(() => document.querySelector('dialog')!.close());
  expect(await startSession(customer)).toMatch(/^\d{9}$/u);
  expect(errors).toEqual([]);
});

test('in a frame there is no button, and the API refuses with a sentence', async () => {
  const { customer } = await visit('/framed');
  const frame = customer.frames().find((candidate) => candidate.url().endsWith('/twice'))!;
  await frame.waitForFunction(() => 'Alongside' in window);
  expect(await frame.locator('alongside-widget').count()).toBe(0);
  const refusal = await frame.evaluate(() =>
    (window as unknown as { Alongside: { start(request: object): Promise<unknown> } }).Alongside.start({
      channel: 'voice',
    }).catch((error: Error) => error.message),
  );
  expect(refusal).toMatch(/not in a frame/u);
});

test('an unknown site is a sentence to the customer, not an error to the page', async () => {
  const { customer, errors } = await visit('/bad-key');
  await customer.getByRole('button', { name: 'Start Co-browse' }).click();
  await customer.getByRole('dialog', { name: 'Co-browse' }).getByRole('button', { name: 'Yes' }).click();
  await customer.getByText('This site is not known to the co-browse server.').waitFor();
  expect(errors).toEqual([]);
});

test('a Shift JIS page is read like any other', async () => {
  const agent = await product.agent();
  const customer = await product.customer('/demo/shift-jis.html');
  pages.push(agent, customer);
  expect(await customer.evaluate(() => document.characterSet)).toBe('Shift_JIS');
  const heading = ((await customer.locator('h1').first().textContent()) ?? '').trim();
  expect(heading).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/u);
  await joinSession(agent, await startSession(customer));
  await mirrorOf(agent).locator('h1', { hasText: heading }).first().waitFor();
});

test('what is secret stays so where a library of old has taken the place of builtins', async () => {
  const agent = await product.agent();
  pages.push(agent);
  const { customer } = await visit('/old-library');
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  await mirror.locator('#many').waitFor();
  for (const id of ['#cvv', '#ssn']) expect(await mirror.locator(id).inputValue()).toBe('********');
  const chosen = (): Promise<string[]> =>
    mirror.locator('#many').evaluate((many: HTMLSelectElement) => [...many.selectedOptions].map(({ text }) => text));
  await expect.poll(chosen).toEqual(['one', 'three']);
  await customer.locator('#many').selectOption(['two']);
  await expect.poll(chosen).toEqual(['two']);
});

test('what Salesforce’s imitated shadow roots hide from scripts is shown, and masked as anywhere', async () => {
  const agent = await product.agent();
  pages.push(agent);
  const { customer, errors } = await visit('/lwc');
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  await mirror.getByText('Hello you').waitFor();
  await customer.evaluate(() => window.dispatchEvent(new Event('greet')));
  await mirror.getByText('Hello everybody').waitFor();
  for (const at of [0, 1]) expect(await mirror.locator('x-greeting input').nth(at).inputValue()).toBe('********');
  expect(await mirror.locator('x-greeting').innerText()).not.toContain('hidden');

  await allowWriting(agent, customer);
  await mirror.locator('input.town').click();
  await agent.keyboard.type('Kendal');
  await expect.poll(() => mirror.locator('input.town').inputValue()).toBe('Kendal');
  expect(errors).toEqual([]);
});

test('an app of old Angular keeps its listeners, during the session and after it', async () => {
  const agent = await product.agent();
  pages.push(agent);
  const { customer } = await visit('/zone');
  await joinSession(agent, await startSession(customer));
  await mirrorOf(agent).locator('h1').waitFor();
  await customer.bringToFront();
  await customer.evaluate(() => {
    const seen = { keydown: 0, input: 0, prevented: 0 };
    window.addEventListener('keydown', () => (seen.keydown += 1));
    document.addEventListener('input', () => (seen.input += 1), true);
    window.addEventListener('wheel', (event) => event.preventDefault(), { passive: false });
    window.addEventListener('wheel', (event) => (seen.prevented += Number(event.defaultPrevented)));
    Object.assign(window, { seen });
  });
  const act = async (): Promise<unknown> => {
    await customer.locator('#pw').press('a');
    await customer.mouse.move(300, 300);
    await customer.mouse.wheel(0, 10);
    return customer.evaluate(() => (window as unknown as { seen: unknown }).seen);
  };
  let during: Record<string, number> = {};
  await expect
    .poll(async () => {
      during = (await act()) as Record<string, number>;
      return Object.keys(during).filter((name) => during[name] === 0);
    })
    .toEqual([]);
  await customer.getByRole('button', { name: 'Exit Co-browse session' }).click();
  await customer.getByText('You ended the co-browse session').waitFor();
  await act();
  await expect
    .poll(async () => {
      const after = (await act()) as Record<string, number>;
      return Object.keys(during).filter((name) => (after[name] ?? 0) <= (during[name] ?? 0));
    })
    .toEqual([]);
});

test('React 18 takes over a whole document with the button in it', async () => {
  const { customer, errors } = await visit('/whole-document');
  await customer.getByRole('button', { name: 'Start Co-browse' }).waitFor();
  const complaints: string[] = [];
  customer.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  for (const url of ['/react.js', '/react-dom.js']) await customer.addScriptTag({ url });
  await customer.evaluate((tag) => {
    const { React, ReactDOM } = window as unknown as {
      React: {
        useState(first: number): [number, (next: number) => void];
        createElement(what: unknown, props?: object | null, ...children: unknown[]): unknown;
      };
      ReactDOM: { hydrateRoot(place: Document, element: unknown): void };
    };
    const Page = (): unknown => {
      const [count, setCount] = React.useState(0);
      const h = React.createElement;
      return h(
        'html',
        { lang: 'en' },
        h('head', null, h('title', null, 'Whole'), h('script', { async: true, src: tag, 'data-site': 'demo' })),
        h('body', null, h('h1', null, 'Whole'), h('button', { onClick: () => setCount(count + 1) }, count)),
      );
    };
    for (const added of document.querySelectorAll('head > script:not([data-site])')) added.remove();
    ReactDOM.hydrateRoot(document, React.createElement(Page));
  }, `${product.url}/snippet.js`);
  const button = customer.getByRole('button', { name: /^\d$/u });
  await expect
    .poll(async () => {
      await button.click();
      return Number(await button.textContent());
    })
    .toBeGreaterThan(0);
  expect([...errors, ...complaints]).toEqual([]);
  expect(await customer.locator('alongside-widget').count()).toBe(1);

  // Bodies come and go as well (Turbo).
  await customer.evaluate(() => (document.body = document.createElement('body')));
  await customer.getByRole('button', { name: 'Start Co-browse' }).waitFor();
});

test('a page that throws the toolbar out has it back in the page, and on top of everything', async () => {
  const agent = await product.agent();
  pages.push(agent);
  const { customer } = await visit('/quirks');
  await joinSession(agent, await startSession(customer));
  await mirrorOf(agent).locator('h1').waitFor();
  const isOnTop = (): Promise<boolean> =>
    customer.evaluate(() => document.querySelector('alongside-widget')?.matches(':popover-open') === true);
  await expect.poll(isOnTop).toBe(true);
  for (const act of [
    () => (document.body = document.createElement('body')),
    () => (document.body.innerHTML = '<h1>New</h1>'),
    () => document.querySelector('alongside-widget')!.remove(),
  ]) {
    await customer.evaluate(act);
    await expect.poll(isOnTop).toBe(true);
    await customer.getByRole('button', { name: 'Exit Co-browse session' }).waitFor();
  }
});
