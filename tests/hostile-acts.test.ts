import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeAgentMessage, type Act, type AgentMessage } from '../protocol/command.ts';
import type { Outcome } from '../protocol/errors.ts';
import type { NodeId } from '../protocol/node-id.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { framed, pageMessages, startHostileAgent, type HostilePeer } from './support/hostile-peer.ts';
import { numbersById } from './support/node-numbers.ts';
import { leave, startProduct, startSession, type Product } from './support/product.ts';
import { startSite, type Site } from './support/site.ts';

/** An agent's side that is not ours floods the page with commands: by hand, over the real server and real WebRTC. */
let product: Product;
let site: Site;
const pages: Page[] = [];

const FLOOD = 10_000;

const PAGE = `<h1 id="title">A shop</h1>
  <div id="sheet" style="position:fixed;inset:0;z-index:-1"></div>
  <input id="allowed" value=""><button id="gone" type="button">Gone</button>
  <button id="reused" type="button">Cancel</button>
  <div data-alongside="restrict"><button id="r-button" type="button">Buy</button><input id="r-field" value="kept">
    <select id="r-list"><option>one<option>two</select><input id="r-slider" type="range" value="3">
    <input id="r-box" type="checkbox"><div id="r-editor" contenteditable="true">kept</div></div>
  <div data-alongside="mask"><input id="m-field" value="kept"><select id="m-list"><option>one<option>two</select></div>
  <input id="m-password" type="password" value="kept"><input id="m-card" autocomplete="cc-number" value="kept">
  <form id="form"><input id="s-field" value="kept"><button id="s-button">Send</button></form>
  <a id="l-other" href="https://elsewhere.example/">Elsewhere</a><a id="l-script" href="javascript:document.title='ran'">Run</a>
  <a id="l-file" href="/file" download>Load</a><input id="l-upload" type="file">
  <script>
    window.felt = [];
    const types = 'pointerdown pointerup mousedown mouseup click dblclick auxclick contextmenu keydown keypress keyup ' +
      'beforeinput input change submit dragstart drop wheel scroll copy cut paste toggle compositionstart';
    for (const type of types.split(' ')) {
      addEventListener(type, ({ target }) => window.felt.push(type + ' ' + (target.id || target.nodeName)), true);
    }
  </script>`;

interface Shop {
  felt: string[];
  atRevoke: string;
}

beforeAll(async () => {
  product = await startProduct();
  const tag = `<script async src="${product.url}/snippet.js" data-site="demo"></script>`;
  site = await startSite({
    '/shop': {
      html: `<!doctype html><html lang="en"><head><title>Shop</title>${tag}</head><body>${PAGE}</body></html>`,
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

test('in Pointer mode nothing happens, and every command is refused', async () => {
  const { customer, peer, errors, idOf } = await meet();
  const acts = [...everyAct(idOf('allowed')), ...everyAct(idOf('r-button')), { act: 'open', url: '/' } as const];
  await flood(peer, acts, FLOOD, 1);
  const { told, silent } = await answersTo(peer, FLOOD);
  expect(told).toEqual(new Set(['refused:mode']));
  expect(silent).toBe(FLOOD - 1);
  await expectUntouched(customer);
  expect(errors).toEqual([]);
});

test('in Write mode nothing happens to what is not the agent’s, and every command is refused', async () => {
  const { customer, peer, errors, idOf } = await meet();
  const epoch = await beAllowed(customer, peer);
  const restricted = ['r-button', 'r-field', 'r-list', 'r-slider', 'r-box', 'r-editor'];
  const masked = ['m-field', 'm-list', 'm-password', 'm-card'];
  // Taken out, or put to another use, after the agent has seen it.
  await customer.evaluate(() => {
    document.querySelector('#gone')!.remove();
    const reused = document.querySelector('#reused')!;
    reused.remove();
    reused.setAttribute('data-alongside', 'restrict');
    reused.textContent = 'Delete';
    document.body.append(reused);
  });
  await customer.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  // The first hundred get through the rate, whatever comes of them.
  const acts: Act[] = [
    ...['s-button', 'l-other', 'l-script', 'l-file', 'l-upload'].flatMap((id) => pressesOf(idOf(id))),
    { act: 'key', node: idOf('s-field'), key: 'Enter', modifiers: [] },
    ...(await pressesOfWidget(customer, idOf('sheet'))),
    { act: 'open', url: 'https://elsewhere.example/' },
    { act: 'open', url: 'javascript:document.title="ran"' },
    ...everyAct(999_999 as NodeId),
    ...['gone', 'reused', ...masked, ...restricted].flatMap((id) => everyAct(idOf(id))),
  ];
  // What drags is loaded with the first one, and all that follows waits for it: a ping does not.
  const at = { node: idOf('gone'), x: 0.5, y: 0.5 };
  await flood(peer, [{ act: 'drag', from: at, to: at }], 1, epoch);
  const isTold = async (): Promise<boolean> =>
    (await pageMessages(peer, 'live')).some(({ type }) => type === 'outcome');
  await expect.poll(isTold).toBe(true);
  await flood(peer, acts, FLOOD, epoch, 1);
  const { told } = await answersTo(peer, FLOOD + 1);
  expect([...told].filter((outcome) => !/^(?:refused:|gone)/u.test(outcome))).toEqual([]);
  expect([...told]).toEqual(
    expect.arrayContaining([
      'refused:restricted',
      'refused:masked',
      'refused:submit',
      'refused:origin',
      'refused:widget',
      'refused:unsupported',
      'refused:rate',
      'gone',
    ]),
  );
  await expectUntouched(customer);
  // Still there, and still the customer's to switch off.
  await customer.getByRole('switch', { name: 'Write Mode', checked: true }).waitFor();
  expect(errors).toEqual([]);
});

test('after the customer has taken Write mode back, nothing of what is on its way happens', async () => {
  const { customer, peer, errors, idOf } = await meet();
  const epoch = await beAllowed(customer, peer);
  const typed = (): Promise<string> => customer.inputValue('#allowed');
  const write = customer.getByRole('switch', { name: 'Write Mode' });
  await customer.evaluate(() => {
    addEventListener(
      'click',
      ({ target }) => {
        if ((target as Element).localName !== 'alongside-widget') return;
        (window as unknown as Shop).atRevoke = document.querySelector<HTMLInputElement>('#allowed')!.value;
      },
      { capture: true },
    );
  });
  const isRefused = async (): Promise<boolean> =>
    (await pageMessages(peer, 'live')).some(
      (message) => message.type === 'outcome' && message.outcome === 'refused:mode',
    );
  let sent = 0;
  const flooded = (async () => {
    do await flood(peer, [{ act: 'type', node: idOf('allowed'), text: 'x' }], FLOOD, epoch, (sent += FLOOD) - FLOOD);
    while (!(await isRefused()));
  })();
  await expect.poll(typed).not.toBe('');
  await write.click();
  await flooded;
  const { outcomes, told } = await answersTo(peer, sent);
  const value = await typed();
  expect(value).toBe(await customer.evaluate(() => (window as unknown as Shop).atRevoke));
  expect(value.length).toBe(outcomes.filter(({ outcome }) => outcome === 'done').length);
  expect(told).toEqual(new Set(['done', 'refused:rate', 'refused:mode']));
  expect(await write.getAttribute('aria-checked')).toBe('false');
  expect(errors).toEqual([]);
});

// --- Meeting ---

async function meet() {
  const errors: string[] = [];
  const customer = await product.context.newPage();
  pages.push(customer);
  customer.on('pageerror', (error) => errors.push(error.message));
  await customer.goto(`${site.url}/shop`);
  const digits = await startSession(customer);
  const peer = await startHostileAgent(
    product,
    digits,
    framed(writeAgentMessage({ type: 'hello', version: PROTOCOL_VERSION })),
  );
  pages.push(peer.page);
  const picture = () => pageMessages(peer, 'page');
  await expect.poll(async () => (await picture()).some(({ type }) => type === 'complete')).toBe(true);
  await customer.bringToFront();
  await forgetFelt(customer);
  const numbers = numbersById(await picture());
  const idOf = (id: string): NodeId => {
    const number = numbers.get(id);
    if (number === undefined) throw new Error(`The agent was told of no "${id}".`);
    return number;
  };
  return { customer, peer, errors, idOf };
}

/** @returns the epoch of the grant */
async function beAllowed(customer: Page, peer: HostilePeer): Promise<number> {
  await peer.send('live', framed(writeAgentMessage({ type: 'ask-write' })));
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  const granted = async () =>
    (await pageMessages(peer, 'live')).find((message) => message.type === 'mode' && message.mode === 'write');
  await expect.poll(granted).toBeDefined();
  await forgetFelt(customer);
  return ((await granted()) as { epoch: number }).epoch;
}

function forgetFelt(customer: Page): Promise<void> {
  return customer.evaluate(() => void ((window as unknown as Shop).felt = []));
}

// --- What is said ---

function everyAct(node: NodeId): Act[] {
  const at = { node, x: 0.5, y: 0.5 };
  return [
    ...pressesOf(node),
    { act: 'type', node, text: 'x' },
    { act: 'compose', node, text: 'x' },
    { act: 'select', node, indices: [1] },
    { act: 'set', node, value: '9' },
    { act: 'drag', from: at, to: at },
  ];
}

function pressesOf(node: NodeId): Act[] {
  const at = { node, x: 0.5, y: 0.5 };
  return [
    { act: 'click', at, count: 1, modifiers: [] },
    { act: 'menu', at },
    { act: 'key', node, key: 'Enter', modifiers: [] },
  ];
}

/** By its place: it has no number that an agent could know. */
async function pressesOfWidget(customer: Page, sheet: NodeId): Promise<Act[]> {
  const toolbar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  const box = (await toolbar.getByRole('button', { name: 'Exit Co-browse session' }).boundingBox())!;
  const size = await customer.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const at = {
    node: sheet,
    x: (box.x + box.width / 2) / size.width,
    y: (box.y + box.height / 2) / size.height,
  };
  return [
    { act: 'click', at, count: 1, modifiers: [] },
    { act: 'menu', at },
    { act: 'drag', from: at, to: at },
  ];
}

/** One after the other, as fast as the channel takes them. */
async function flood(peer: HostilePeer, acts: readonly Act[], count: number, epoch: number, from = 0): Promise<void> {
  const commands = Array.from({ length: count }, (_, index): AgentMessage => {
    return { type: 'command', epoch, sequence: from + index, act: acts[index % acts.length]! };
  });
  await peer.send(
    'live',
    commands.flatMap((command) => framed(writeAgentMessage(command))),
  );
}

// --- What came of it ---

/** When all have been judged. Each is answered, or had the same outcome as the last that was. */
async function answersTo(peer: HostilePeer, count: number) {
  const sentAt = 4_711;
  await peer.send('live', framed(writeAgentMessage({ type: 'ping', sentAt })));
  const said = () => pageMessages(peer, 'live');
  // A slow machine takes its time for so many.
  const isThrough = async (): Promise<boolean> =>
    (await said()).some((message) => message.type === 'pong' && message.sentAt === sentAt);
  await expect.poll(isThrough, { timeout: 90_000 }).toBe(true);
  const outcomes = (await said()).filter((message) => message.type === 'outcome');
  const told = new Set<Outcome>(outcomes.map(({ outcome }) => outcome));
  expect(outcomes[0]?.sequence).toBe(0);
  let silent = 0;
  outcomes.forEach(({ sequence, outcome }, index) => {
    const between = (outcomes[index + 1]?.sequence ?? count) - sequence - 1;
    expect(between).toBeGreaterThanOrEqual(0);
    if (between > 0) expect(['refused:rate', 'refused:mode']).toContain(outcome);
    silent += between;
  });
  expect(outcomes.length + silent).toBe(count);
  return { outcomes, told, silent };
}

async function expectUntouched(customer: Page): Promise<void> {
  const now = await customer.evaluate(() => ({
    felt: (window as unknown as Shop).felt,
    values: ['r-field', 'r-slider', 'm-field', 'm-password', 'm-card', 's-field', 'allowed'].map(
      (id) => document.querySelector<HTMLInputElement>(`#${id}`)!.value,
    ),
    editor: document.querySelector('#r-editor')!.textContent,
    path: location.pathname,
    title: document.title,
    focus: document.activeElement?.localName,
  }));
  expect(now).toEqual({
    felt: [],
    values: ['kept', '3', 'kept', 'kept', 'kept', 'kept', ''],
    editor: 'kept',
    path: '/shop',
    title: 'Shop',
    focus: 'body',
  });
}
