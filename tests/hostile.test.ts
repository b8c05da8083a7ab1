import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  MAX_WANTED_ASSETS,
  readAgentMessage,
  writeAgentMessage,
  type Act,
  type AgentMessage,
} from '../protocol/command.ts';
import { SENTENCES } from '../protocol/errors.ts';
import { HELLO_TIMEOUT_MS, MAX_RECEIVED_FRAME_BYTES } from '../protocol/limits.ts';
import type { NodeId } from '../protocol/node-id.ts';
import { writePageMessage, type PageMessage } from '../protocol/page-message.ts';
import { asItIs } from '../protocol/test-random.ts';
import { createTreeWriter, type TreeWriter } from '../protocol/tree-writer.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { WireError } from '../protocol/wire-error.ts';
import { forgedText, forgeTree, type Forged } from './support/forged-tree.ts';
import {
  agentMessages,
  framed,
  pageMessages,
  startHostileAgent,
  startHostilePage,
  type ChannelName,
  type HostilePeer,
} from './support/hostile-peer.ts';
import { countHoldings, holdingsOf } from './support/leftovers.ts';
import {
  historyIdOf,
  joinSession,
  leave,
  mirrorFrame,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';
import { createRandom, SEED } from './support/random.ts';
import { startSite, type Site } from './support/site.ts';

/** One side is ours, the other says what it likes: by hand, over the real server and real WebRTC. */
let product: Product;
let site: Site;
let target: Target;
const pages: Page[] = [];

const LAST = 1;
const DEFLATED = 2;
const UNKNOWN_KIND = 200;
const HELLO = framed(writeAgentMessage({ type: 'hello', version: PROTOCOL_VERSION }));
const OTHER_HELLO = framed(writeAgentMessage({ type: 'hello', version: PROTOCOL_VERSION + 1 }));
const replay = `SEED=${SEED}`;

const whole = (message: Uint8Array, flags = LAST): Uint8Array => Uint8Array.from([flags, ...message]);
const say = (message: AgentMessage): Uint8Array => whole(writeAgentMessage(message));
const tell = (message: PageMessage): Uint8Array[] => framed(writePageMessage(message));

const CUSTOMER_PAGE = `
  <h1>A shop</h1><p id="later"></p>
  <button type="button" onclick="window.clicks = (window.clicks ?? 0) + 1">Count</button>
  <form onsubmit="window.clicks = 1000; return false"><input id="name" value="as it was"><input type="checkbox" id="box">
    <select id="choice"><option>one</option><option>two</option></select><input type="range" id="range" value="3">
    <textarea id="notes">as it was</textarea><button>Send</button></form>
  <a href="/elsewhere">Elsewhere</a><div id="area" style="height:50px;overflow:auto"><div style="height:500px">long</div></div>
  <div contenteditable="true">as it was</div><div style="height:3000px"></div>`;

beforeAll(async () => {
  product = await startProduct();
  target = await startTarget();
  const tag = `<script async src="${product.url}/snippet.js" data-site="demo"></script>`;
  const document = (head: string, body: string): string =>
    `<!doctype html><html lang="en"><head><title>Shop</title>${head}</head><body>${body}</body></html>`;
  site = await startSite({
    '/shop': { html: document(tag, CUSTOMER_PAGE) },
    '/elsewhere': { html: document(tag, '<h1>Elsewhere</h1>') },
    '/bare': { html: document('', '<h1>No snippet here</h1>') },
  });
});
afterAll(async () => {
  await target?.close();
  await site?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

describe('a hostile agent', () => {
  test(`may send any number of messages that can be read or are unknown: they do nothing (${replay})`, async () => {
    const { customer, peer, errors } = await meetAgent();
    const before = await stateOf(customer);
    const harmless = [...randomAgentMessages(6_000)].filter((message) => faultOf(message) === null);
    expect(harmless.length).toBeGreaterThan(300);
    await peer.send(
      'live',
      harmless.map((message) => whole(message)),
    );
    await answersPing(peer);
    expect(await stateOf(customer)).toEqual(before);
    expect(errors).toEqual([]);
    expect(await isActive(customer)).toBe(true);
  });

  test(`gets nowhere with anything on the page channel, with texts, or with unknown kinds of any size (${replay})`, async () => {
    const { customer, peer, errors } = await meetAgent();
    const random = createRandom();
    const largest = new Uint8Array(MAX_RECEIVED_FRAME_BYTES).fill(UNKNOWN_KIND);
    largest[0] = LAST;
    await peer.send('page', [
      'a text',
      new Uint8Array(),
      largest,
      ...Array.from({ length: 50 }, () => random.bytes(100)),
    ]);
    await peer.send('live', ['a text', '', '{"type":"__proto__"}', largest, whole(Uint8Array.of(UNKNOWN_KIND, 1, 2))]);
    await answersPing(peer);
    expect(errors).toEqual([]);
    expect(await isActive(customer)).toBe(true);
  });

  test('that is malformed ends the session with a sentence, and the snippet leaves nothing running', async () => {
    const { customer, peer, errors, holdings, historyId } = await meetAgent(HELLO, true);
    await peer.send('live', [new Uint8Array()]);
    await endedForCustomer(customer, historyId, SENTENCES.bad_message);
    await customer.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => holdingsOf(customer)).toEqual(holdings);
    expect(errors).toEqual([]);
  });

  const cut = say({ type: 'command', epoch: 1, sequence: 1, act: { act: 'type', node: 5 as NodeId, text: 'abc' } });
  const ping = writeAgentMessage({ type: 'ping', sentAt: 1 });
  test.each<[string, readonly Uint8Array[]]>([
    ['a frame with flags that do not exist', [whole(ping, 0b100)]],
    ['a deflated message', [whole(deflateRawSync(ping), LAST | DEFLATED)]],
    ['a message of frames that disagree', [whole(ping, 0), whole(ping, LAST | DEFLATED)]],
    ['a message larger than any', Array.from({ length: 2 }, () => new Uint8Array(MAX_RECEIVED_FRAME_BYTES))],
    ['a message that is cut off', [cut.slice(0, -2)]],
    ['a message with a tail', [Uint8Array.from([...cut, 0])]],
    ['more wanted assets than may be asked for', [whole(Uint8Array.of(38, 0xff, 0xff, 0x7f))]],
    [
      `bytes by chance (${replay})`,
      [...randomAgentMessages(2_000)].filter((message) => faultOf(message) !== null).map((message) => whole(message)),
    ],
  ])('with %s is shown the door, politely', async (_, frames) => {
    const { customer, peer, errors, historyId } = await meetAgent();
    await peer.send('live', frames);
    await endedForCustomer(customer, historyId, SENTENCES.bad_message);
    await expect.poll(async () => (await peer.serverSaid()).at(-1)).toEqual({ type: 'ended', reason: 'policy' });
    expect(errors).toEqual([]);
  });

  test('that says goodbye to the customer alone has ended the session for all', async () => {
    const { customer, peer, errors, historyId } = await meetAgent();
    await peer.send('live', [say({ type: 'bye' })]);
    await customer.getByText('Your representative ended the co-browse session.').waitFor();
    expect(await isActive(customer)).toBe(false);
    await expect.poll(() => product.historyRow(historyId).endReason, { timeout: 15_000 }).not.toBeNull();
    expect((await peer.serverSaid()).at(-1)).toMatchObject({ type: 'ended' });
    expect(errors).toEqual([]);
  });

  test('of another version is a sentence on the customer’s page, and not one byte of the page leaves', async () => {
    const { customer, peer, errors, historyId } = await meetAgent(OTHER_HELLO);
    await endedForCustomer(customer, historyId, SENTENCES.version_mismatch);
    expect(await peer.frames('page')).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('that never says hello gets nothing but another call', async () => {
    const { customer, peer, errors } = await meetAgent([], false, true);
    await peer.send('live', [say({ type: 'renew' }), say({ type: 'point', at: { node: 2 as NodeId, x: 0, y: 0 } })]);
    expect(await peer.frames('page')).toEqual([]);
    await customer.clock.fastForward(HELLO_TIMEOUT_MS);
    await expect.poll(() => peer.calls()).toBe(2);
    expect(await peer.frames('page')).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('cannot act in Pointer mode: every act on every node is refused', async () => {
    const { customer, peer, errors } = await meetAgent();
    const before = await stateOf(customer);
    const commands = Array.from({ length: 60 }, (_, node) => actsOn(node as NodeId)).flat();
    await peer.send(
      'live',
      commands.map((act, sequence) => say({ type: 'command', epoch: sequence % 3, sequence, act })),
    );
    await answersPing(peer);
    const outcomes = (await pageMessages(peer, 'live')).filter((message) => message.type === 'outcome');
    expect(outcomes.length).toBeGreaterThan(0);
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['refused:mode']));
    expect(await stateOf(customer)).toEqual(before);
    expect(errors).toEqual([]);
  });

  test('that floods with wants, renewals and pointers slows nobody down and makes no second recording', async () => {
    const { customer, peer, errors } = await meetAgent();
    const startedAt = performance.now();
    const assets = Array.from({ length: MAX_WANTED_ASSETS }, (_, index) => 1_000_000 + index);
    await peer.send('live', [say({ type: 'want', assets })], 10_000);
    await peer.send('live', [say({ type: 'renew' })], 10_000);
    await peer.send('live', [say({ type: 'pointer', at: { node: 3 as NodeId, x: 0.5, y: 0.5 } })], 10_000);
    await answersPing(peer, 20_000);
    await customer.evaluate(() => (document.querySelector('#later')!.textContent = 'still here'));
    await expect.poll(async () => textOf(await peer.frames('page'))).toContain('still here');
    const begins = (await pageMessages(peer, 'page')).filter((message) => message.type === 'begin').length;
    // The first picture, then no more than one in two seconds, however long the flood took to arrive here.
    expect(begins).toBeLessThanOrEqual(2 + Math.ceil((performance.now() - startedAt) / 2_000));
    expect(errors).toEqual([]);
    expect(await isActive(customer)).toBe(true);
  });
});

describe('a hostile page', () => {
  test('of another version is a sentence on the agent’s screen', async () => {
    const { agent, historyId, errors } = await meetPage(OTHER_HELLO);
    await endedForAgent(agent, historyId, SENTENCES.version_mismatch);
    expect(errors).toEqual([]);
  });

  test('runs nothing, loads nothing and leads nowhere, whatever elements it forges', async () => {
    const { agent, peer, errors } = await meetPage();
    const requests: Request[] = [];
    const dialogs: string[] = [];
    product.context.on('request', (request) => requests.push(request));
    agent.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const opened: string[] = [];
    product.context.on('page', (page) => opened.push(page.url()));
    await peer.send('page', picture(...forgedPage(target.url)));
    const mirror = mirrorOf(agent);
    await mirror.getByText('The forged page').waitFor();
    const frame = mirrorFrame(agent);
    const address = frame.url();
    await frame.evaluate(() => Object.assign(window, { stays: true }));
    // Twice, because a click may open what holds the next one.
    for (let round = 0; round < 2; round += 1) {
      await frame.evaluate(() => {
        for (const element of document.querySelectorAll<HTMLElement>('*')) {
          element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }));
          element.click?.();
          element.focus?.();
        }
        for (const form of document.querySelectorAll('form')) HTMLFormElement.prototype.requestSubmit.call(form);
      });
    }
    for (const link of await mirror.locator('a').all())
      await link.click({ force: true, timeout: 1_000 }).catch(() => {});
    await peer.send(
      'page',
      tell({ type: 'address', url: forgedText('http://shop.example/'), title: forgedText('Later') }),
    );
    await agent.locator('.browser-title', { hasText: 'Later' }).waitFor();

    expect(await frame.evaluate(() => ({ stays: 'stays' in window, ran: 'ran' in window }))).toEqual({
      stays: true,
      ran: false,
    });
    expect(mirrorFrame(agent).url()).toBe(address);
    expect(agent.url()).toBe(`${product.extensionUrl}/console/console.html`);
    expect(
      agent
        .frames()
        .slice(2)
        .filter((inner) => !['', 'about:blank'].includes(inner.url())),
    ).toEqual([]);
    // What asks the target last is heard last.
    await peer.page.evaluate((url) => fetch(`${url}/last`, { mode: 'no-cors' }).then(() => {}), target.url);
    await expect.poll(() => target.asked).toEqual(['/last']);
    // What the policy refused is listed like a request; it has not gone anywhere.
    const gone = requests.filter((request) => request.failure()?.errorText !== 'csp').map((request) => request.url());
    expect(gone.filter((url) => /^(?:https?|ftp|wss?):/u.test(url) && url !== `${target.url}/last`)).toEqual([]);
    expect(dialogs).toEqual([]);
    expect(opened).toEqual([]);
    expect(errors).toEqual([]);
    await exitsAtOnce(agent);
  });

  test('that refers to what the mirror does not have is asked to begin anew, and nothing wrong is shown meanwhile', async () => {
    const { agent, peer, errors } = await meetPage();
    const base: Forged = ['html', {}, ['body', {}, ['main', {}, ['p', {}, 'Right']]]];
    await peer.send('page', picture(base));
    await mirrorOf(agent).getByText('Right', { exact: true }).waitFor();
    const wrong = batch((writer) => insertText(writer, 3, 'WRONG'));
    for (const [turn, misfit] of MISFITS.entries()) {
      await peer.send(
        'page',
        [...misfit, ...wrong].flatMap((body) => tell({ type: 'tree', body })),
      );
      await expect
        .poll(async () => (await agentMessages(peer)).filter(({ type }) => type === 'renew').length)
        .toBe(turn + 1);
      expect(await mirrorFrame(agent).evaluate(() => document.documentElement.textContent)).not.toContain('WRONG');
      await peer.send('page', picture(['html', {}, ['body', {}, ['main', {}, ['p', {}, `Renewed ${turn}`]]]]));
      await mirrorOf(agent).getByText(`Renewed ${turn}`).waitFor();
    }
    expect(errors).toEqual([]);
    await exitsAtOnce(agent);
  });

  test(`that sends damaged trees is survived, asked to begin anew, or shown the door (${replay})`, async () => {
    const agent = await product.agent();
    pages.push(agent);
    const random = createRandom();
    const tree = forgeTree(...forgedPage(target.url));
    for (let session = 0; session < 3; session += 1) {
      const { peer, errors } = await meetPage(HELLO, agent);
      const damaged = Array.from({ length: 40 }, () => [
        ...tell(begin('Damaged')),
        ...tell({ type: 'tree', body: random.mutated(tree) }),
        ...tell({ type: 'complete' }),
      ]).flat();
      await peer.send('page', [...damaged, ...picture(['html', {}, ['body', {}, 'Whole again']])]);
      const isDecided = async (): Promise<boolean> =>
        (await agent.getByText(SENTENCES.bad_message).isVisible()) ||
        (await mirrorOf(agent).getByText('Whole again').isVisible());
      await expect.poll(isDecided).toBe(true);
      expect(errors).toEqual([]);
      if (await agent.getByRole('button', { name: 'Exit Session' }).isVisible()) await exitsAtOnce(agent);
      await leave(peer.page);
    }
    expect(target.asked.filter((path) => path !== '/last')).toEqual([]);
  });

  test.each<[string, ChannelName, () => (Uint8Array | string)[]]>([
    ['a file of a number nobody may give', 'assets', () => [whole(Uint8Array.of(5, 0xff, 0xff, 1, 0))]],
    ['a hash that is too short', 'assets', () => [whole(Uint8Array.of(16, 1, 0, 1, 1, 2, 3))]],
    ['a deflated file', 'assets', () => [whole(Uint8Array.of(5, 1, 0, 1), LAST | DEFLATED)]],
    ['an empty frame', 'page', () => [new Uint8Array()]],
    ['a text instead of a frame', 'page', () => ['<script>']],
    ['a text on the live channel', 'live', () => ['hello']],
    ['a live message with a tail', 'live', () => [whole(Uint8Array.of(33, 1, 1))]],
    [
      'a hundred thousand levels',
      'page',
      () => [...tell(begin('Deep')), ...tell({ type: 'tree', body: nested(100_000) })],
    ],
    ['a quarter of a gigabyte of zeros, deflated', 'page', () => framesOf(bomb(), DEFLATED)],
    ['bytes that cannot be inflated', 'page', () => [whole(Uint8Array.of(0xff, 0xff, 0xff), LAST | DEFLATED)]],
    [
      `a tree of bytes by chance (${replay})`,
      'page',
      () => [
        ...tell(begin('Chance')),
        ...tell({ type: 'tree', body: Uint8Array.from([9, ...createRandom().bytes(200)]) }),
      ],
    ],
  ])('with %s is over, in words', async (_, channel, frames) => {
    const { agent, peer, historyId, errors } = await meetPage();
    await peer.send('page', picture(['html', {}, ['body', {}, 'Before']]));
    await mirrorOf(agent).getByText('Before').waitFor();
    await peer.send(channel, frames());
    await endedForAgent(agent, historyId, SENTENCES.bad_message);
    await expect.poll(async () => (await peer.serverSaid()).at(-1)?.type).toBe('ended');
    expect(errors).toEqual([]);
  });

  test('may say what nobody knows yet, and the session goes on', async () => {
    const { agent, peer, errors } = await meetPage();
    const unknown = Array.from({ length: 1_000 }, (_, index) => whole(Uint8Array.of(UNKNOWN_KIND, index % 256)));
    await peer.send('live', unknown);
    await peer.send('page', [...unknown, ...picture(['html', {}, ['body', {}, 'After the unknown']])]);
    await mirrorOf(agent).getByText('After the unknown').waitFor();
    expect(errors).toEqual([]);
  });

  test('cannot turn or hide the agent’s own words with its title or its address', async () => {
    const { agent, peer } = await meetPage();
    const title = 'Pay\u202egnp.exe\u0007\n\u2066now\u200b';
    const url = 'http://shop.example/\u202e\u0000here';
    await peer.send('page', [...tell(begin(title, url)), ...tell({ type: 'complete' })]);
    await expect.poll(() => agent.locator('.browser-title').textContent()).toBe('Pay gnp.exe now');
    await expect.poll(() => agent.locator('.browser-address').textContent()).toBe('http://shop.example/ here');
    await expect.poll(() => agent.getByRole('textbox', { name: 'URL' }).inputValue()).toBe('http://shop.example/ here');
  });
});

// --- Meeting ---

async function meetAgent(greeting: readonly Uint8Array[] = HELLO, counted = false, clocked = false) {
  const errors: string[] = [];
  const customer = await product.context.newPage();
  pages.push(customer);
  customer.on('pageerror', (error) => errors.push(error.message));
  if (counted) await countHoldings(customer);
  if (clocked) await customer.clock.install();
  await customer.goto(`${site.url}/shop`);
  await customer.getByRole('button', { name: 'Start Co-browse' }).waitFor();
  const holdings = counted ? await holdingsOf(customer) : null;
  const digits = await startSession(customer);
  const historyId = await historyIdOf(customer);
  const peer = await startHostileAgent(product, digits, greeting);
  pages.push(peer.page);
  if (greeting === HELLO) {
    await expect
      .poll(async () => (await pageMessages(peer, 'page')).some(({ type }) => type === 'complete'))
      .toBe(true);
  }
  return { customer, peer, errors, historyId, holdings };
}

async function meetPage(greeting: readonly Uint8Array[] = HELLO, known?: Page) {
  const errors: string[] = [];
  const agent = known ?? (await product.agent());
  const { peer, digits, historyId, connected } = await startHostilePage(product, `${site.url}/bare`, greeting);
  if (known === undefined) pages.push(agent);
  pages.push(peer.page);
  agent.on('pageerror', (error) => errors.push(error.message));
  await joinSession(agent, digits);
  await connected();
  return { agent, peer, historyId, errors };
}

// --- What is expected ---

/** Messages on one channel are read in their order: an answer to the last says that all are done with. */
async function answersPing(peer: HostilePeer, timeout = 10_000): Promise<void> {
  const sentAt = 4_711;
  await peer.send('live', [say({ type: 'ping', sentAt })]);
  const isAnswered = async (): Promise<boolean> =>
    (await pageMessages(peer, 'live')).some((message) => message.type === 'pong' && message.sentAt === sentAt);
  await expect.poll(isAnswered, { timeout }).toBe(true);
}

async function endedForCustomer(customer: Page, historyId: string, sentence: string): Promise<void> {
  await customer.getByText(sentence).waitFor();
  // Not `waitForFunction`: that leaves listeners of its own in the page.
  const session = (): Promise<unknown> =>
    customer.evaluate(() => (window as unknown as { Alongside: { session: unknown } }).Alongside.session);
  await expect.poll(session).toBeNull();
  await expect.poll(() => product.historyRow(historyId).endReason).toBe('policy');
}

async function endedForAgent(agent: Page, historyId: string, sentence: string): Promise<void> {
  await agent.getByText(sentence).waitFor();
  expect(await agent.locator('iframe').count()).toBe(0);
  await expect.poll(() => product.historyRow(historyId).endReason).not.toBeNull();
}

async function exitsAtOnce(agent: Page): Promise<void> {
  await agent.getByRole('button', { name: 'Exit Session' }).click();
  await agent.getByText('You ended the session.').waitFor({ timeout: 5_000 });
}

function isActive(customer: Page): Promise<boolean> {
  return customer.evaluate(
    () =>
      (window as unknown as { Alongside: { session: { state: string } | null } }).Alongside.session?.state === 'active',
  );
}

function stateOf(customer: Page): Promise<unknown> {
  return customer.evaluate(() => {
    const fields = document.querySelectorAll<HTMLInputElement>('input, select, textarea');
    return {
      address: location.href,
      clicks: (window as unknown as { clicks?: number }).clicks ?? 0,
      fields: [...fields].map(({ value, checked }) => [value, checked]),
      text: document.body.innerText,
      scrolled: [scrollY, document.querySelector('#area')!.scrollTop],
      focus: document.activeElement?.localName,
      history: history.length,
    };
  });
}

// --- What is said ---

function* randomAgentMessages(count: number): Generator<Uint8Array> {
  const random = createRandom();
  const node = 4 as NodeId;
  const at = { node, x: 0.5, y: 0.5 };
  const samples = [
    ...actsOn(node).map((act): AgentMessage => ({ type: 'command', epoch: 1, sequence: 1, act })),
    ...([
      { type: 'ping', sentAt: 5 },
      { type: 'pong', sentAt: 5 },
      { type: 'pointer', at },
    ] satisfies AgentMessage[]),
    ...([{ type: 'point', at }, { type: 'want', assets: [1, 2, 3] }, { type: 'renew' }] satisfies AgentMessage[]),
  ].map(writeAgentMessage);
  for (let index = 0; index < count; index += 1) {
    const message =
      index % 3 === 0
        ? Uint8Array.from([32 + random.below(12), ...random.bytes(random.below(40))])
        : random.mutated(samples[random.below(samples.length)] ?? new Uint8Array(1));
    // A hello of another version, a question to the customer and a goodbye have tests of their own.
    if (![32, 40, 48].includes(message[0]!)) yield message;
  }
}

function actsOn(node: NodeId): Act[] {
  return [
    { act: 'click', at: { node, x: 0.5, y: 0.5 }, count: 1, modifiers: [] },
    { act: 'type', node, text: 'typed' },
    { act: 'key', node, key: 'Enter', modifiers: [] },
    { act: 'select', node, indices: [1] },
    { act: 'set', node, value: '9' },
    { act: 'scroll', node, x: 0, y: 100 },
    { act: 'navigate', to: 'back' },
    { act: 'open', url: '/elsewhere' },
  ];
}

function faultOf(message: Uint8Array): string | null {
  try {
    readAgentMessage(message);
    return null;
  } catch (error) {
    if (error instanceof WireError) return error.fault;
    throw error;
  }
}

function textOf(frames: readonly Uint8Array[]): string {
  return frames.map((frame) => Buffer.from(frame).toString('utf8')).join('\n');
}

function begin(title: string, url = 'http://shop.example/'): PageMessage {
  const size = { width: 800, height: 600, devicePixelRatio: 1 };
  return { type: 'begin', compatMode: 'standards', url: forgedText(url), title: forgedText(title), ...size };
}

function picture(...forged: readonly Forged[]): Uint8Array[] {
  const all: PageMessage[] = [begin('Forged'), { type: 'tree', body: forgeTree(...forged) }, { type: 'complete' }];
  return all.flatMap(tell);
}

function batch(write: (writer: TreeWriter) => void): Uint8Array[] {
  const writer = createTreeWriter(asItIs);
  write(writer);
  return [writer.finish()];
}

function insertText(writer: TreeWriter, parent: number, text: string): void {
  writer.openRun(parent as NodeId, 0 as NodeId);
  writer.text(null, forgedText(text));
  writer.closeRun();
}

/** Batches that are well formed and do not fit html 2, body 3, main 4, p 5, text 6. */
const MISFITS: readonly Uint8Array[][] = [
  batch((writer) => writer.removed(9_999 as NodeId)),
  batch((writer) => writer.attribute(9_999 as NodeId, 'class', forgedText('a'))),
  batch((writer) => writer.data(9_999 as NodeId, forgedText('a'))),
  batch((writer) => writer.attribute(6 as NodeId, 'class', forgedText('an attribute of a text'))),
  batch((writer) => insertText(writer, 9_999, 'in nothing')),
  batch((writer) => insertText(writer, 6, 'in a text')),
  batch((writer) => insertText(writer, 1, 'directly in the document')),
  batch((writer) => {
    writer.openRun(5 as NodeId, 0 as NodeId);
    writer.moved(4 as NodeId);
    writer.closeRun();
  }),
];

function nested(levels: number): Uint8Array {
  const writer = createTreeWriter(asItIs);
  const shape = writer.define('html', 'p', []);
  writer.openRun(1 as NodeId, 0 as NodeId);
  for (let level = 0; level < levels; level += 1) writer.openElement(shape, [], true);
  for (let level = 0; level < levels; level += 1) writer.close();
  writer.closeRun();
  return writer.finish();
}

/** Made once and small: a deflated block of zeros may be repeated. */
function bomb(): Uint8Array {
  return deflateRawSync(Buffer.alloc(256 * 1024 * 1024), { level: 1 });
}

function framesOf(message: Uint8Array, flags: number): Uint8Array[] {
  return framed(message).map((frame) => Uint8Array.from([(frame[0] ?? 0) | flags, ...frame.subarray(1)]));
}

// --- Where a forged page would like to go ---

interface Target {
  readonly url: string;
  /** Paths that were asked for, by anybody. */
  readonly asked: string[];
  close(): Promise<void>;
}

async function startTarget(): Promise<Target> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function forgedPage(url: string): Forged[] {
  const run = `window.ran = true; fetch('${url}/script'); alert(1)`;
  const href = `javascript:${run}`;
  const events = {
    onclick: run,
    onload: run,
    onerror: run,
    onfocus: run,
    onmouseover: run,
    ontoggle: run,
    onstart: run,
  };
  const css = `@import url(${url}/import); @font-face{font-family:f;src:url(${url}/font)} body{background:url(${url}/bg)} p{font-family:f;cursor:url(${url}/cursor),auto;mask:image-set("${url}/set" 1x)} @\\69mport "${url}/escaped";`;
  return [
    [
      'html',
      {
        onclick: run,
        'alongside:colors': `Canvas #000000\nMark url(${url}/color)\nField #fff}*{background:url(${url}/x)}`,
      },
      [
        'head',
        {},
        ['base', { href: `${url}/base/` }],
        ['meta', { 'http-equiv': 'refresh', content: `0;url=${url}/refresh` }],
        ['meta', { 'http-equiv': 'Content-Security-Policy', content: "default-src *; script-src * 'unsafe-inline'" }],
        ['link', { rel: 'stylesheet', href: `${url}/sheet` }],
        ['link', { rel: 'preload', as: 'image', href: `${url}/preload` }],
        ['link', { rel: 'prefetch', href: `${url}/prefetch` }],
        ['style', {}, css],
        ['script', {}, run],
        ['script', { src: `${url}/script.js` }],
        ['script', { type: 'module' }, run],
      ],
      [
        'body',
        { ...events, background: `${url}/background`, style: `background:url("${url}/style")` },
        ['h1', {}, 'The forged page'],
        ['script', {}, run],
        ['noscript', {}, ['img', { src: `${url}/noscript` }]],
        ['template', { shadowrootmode: 'open' }, ['img', { src: `${url}/template` }]],
        ['img', { src: `${url}/img`, srcset: `${url}/srcset 1x`, ...events }],
        ['img', { src: `//${new URL(url).host}/relative`, lowsrc: `${url}/lowsrc`, dynsrc: `${url}/dynsrc` }],
        ['img', { name: 'createElement' }],
        ['img', { name: 'documentElement' }],
        ['img', { id: 'body', name: 'body' }],
        ['picture', {}, ['source', { srcset: `${url}/source` }], ['img', { alt: '' }]],
        ['iframe', { src: `${url}/frame`, name: 'getElementById' }],
        ['iframe', { srcdoc: `<script>parent.ran=1;${run}</script>` }],
        ['iframe', { src: href }],
        ['frame', { src: `${url}/oldframe` }],
        ['object', { data: `${url}/object`, type: 'text/html' }],
        ['embed', { src: `${url}/embed`, type: 'text/html' }],
        ['applet', { code: 'x', archive: `${url}/applet` }],
        ['portal', { src: `${url}/portal` }],
        [
          'video',
          { src: `${url}/video`, poster: `${url}/poster`, autoplay: '' },
          ['track', { src: `${url}/track`, default: '' }],
        ],
        ['audio', { src: `${url}/audio`, autoplay: '' }, ['source', { src: `${url}/audiosource` }]],
        ['a', { href, ...events }, 'a script'],
        ['a', { href: `${url}/link`, target: '_top', ping: `${url}/ping` }, 'a link'],
        ['a', { href: `${url}/blank`, target: '_blank' }, 'a new tab'],
        ['a', { href: `${url}/download`, download: 'x' }, 'a download'],
        ['a', { href: ` java\nscript:${run}` }, 'a script in two lines'],
        ['a', { href: `data:text/html,<script>${run}</script>`, target: '_parent' }, 'data'],
        ['map', { name: 'm' }, ['area', { href: `${url}/area`, shape: 'default' }]],
        [
          'form',
          { action: `${url}/form`, method: 'get', target: '_top', name: 'querySelector' },
          ['input', { name: 'submit' }],
          ['input', { type: 'image', src: `${url}/imagebutton` }],
          ['button', { formaction: href }, 'send'],
        ],
        ['input', { autofocus: '', ...events }],
        ['select', { autofocus: '', ...events }],
        ['details', { open: '', ...events }, ['summary', {}, 'open']],
        ['marquee', { ...events }, 'runs'],
        ['table', { background: `${url}/table` }],
        [
          'svg:svg',
          { onload: run },
          ['svg:script', {}, run],
          ['svg:script', { href: `${url}/svgscript` }],
          [
            'svg:a',
            { 'xlink:href': href, id: 'animated' },
            ['svg:animate', { attributeName: 'href', to: href, begin: '0s' }],
            ['svg:set', { attributeName: 'href', to: href }],
            ['svg:text', { y: '10' }, 'svg link'],
          ],
          ['svg:image', { href: `${url}/svgimage` }],
          ['svg:use', { href: `${url}/use#x` }],
          ['svg:filter', {}, ['svg:feImage', { href: `${url}/feimage` }]],
          ['svg:rect', { fill: `url(${url}/fill#a)`, style: `filter:url(${url}/filter)` }],
          ['svg:style', {}, css],
          ['svg:foreignObject', {}, ['iframe', { src: `${url}/foreign` }]],
        ],
        [
          'mathml:math',
          {},
          ['mathml:maction', { actiontype: 'statusline', 'xlink:href': href }, ['mathml:mtext', {}, 'maths']],
          ['mathml:mi', { href, 'xlink:href': `${url}/maths` }, 'x'],
        ],
        ['x-evil', { is: 'x-evil', ...events }, 'custom'],
        ['font-face', {}, 'a name that may not be'],
        ['__proto__', { constructor: 'x', ['__proto__']: 'y' }, 'proto'],
        ['button', { popovertarget: 'p', commandfor: 'p', command: '--x', ...events }, 'open'],
        ['div', { id: 'p', popover: '' }, 'popover'],
        ['p', { style: `background:url(${url}/p);content:url('${url}/content')` }, 'styled'],
        [
          'p',
          {
            class: 'dressed',
            'alongside:before': `content:url('${url}/said') } body { color: red`,
            'alongside:after': `background:u\\72l(${url}/escaped)`,
            'alongside:backdrop': '--a:b;all:initial;float:left;offset:none',
            'alongside:view-transition': 'color:red',
            'alongside:matches': `x"] ~ * { background: url(${url}/state) }`,
            'alongside:highlights': '1 0 1 1 0 alongside-selection\n1 0 9 9 0 x\n5 99999999999 6 0 1 y',
            'alongside:itself': `background:url("${url}/itself")`,
            'alongside:times': 'itself paused 1e9 x\nitself running 9999999999999999999 x\n\n  ',
          },
          'said beside',
        ],
      ],
    ],
  ];
}
