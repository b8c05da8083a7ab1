import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NodeId } from '../protocol/node-id.ts';
import { writePageMessage, type PageMessage } from '../protocol/page-message.ts';
import { anyPageMessages } from '../protocol/test-messages.ts';
import { anyChanges, asItIs, mutated } from '../protocol/test-random.ts';
import { createTreeWriter } from '../protocol/tree-writer.ts';
import { openViewer, type BareViewer, type WantedFile } from './support/bare-viewer.ts';
import { forgedText, forgeTree } from './support/forged-tree.ts';
import { anyHostileTree, anyHostileValues, hostileBodies } from './support/hostile-values.ts';
import { startProduct, type Product } from './support/product.ts';
import { SEED } from './support/random.ts';

/** Thousands of pages that an enemy might send, by chance, through the real viewer. `SEED=…` makes the same ones again. */
let product: Product;
let server: Server;
let url: string;
let files: readonly WantedFile[];
let viewer: BareViewer;
const asked: string[] = [];
const problems: string[] = [];

/** In one go: so many pictures, one after the other, in one viewer. */
const BATCH = 250;
/** Less than a minute on a machine that has nothing else to do. */
const LONG_MS = 400_000;

beforeAll(async () => {
  product = await startProduct();
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" id="x" onload="window.ran=1"><script>window.ran=1</script>
    <style>@import url(${url}/svg-import);</style><image href="${url}/svg-image"/><use href="${url}/svg-use#a"/>
    <a href="javascript:window.ran=1"><rect id="y" fill="url(${url}/svg-fill#a)"/></a><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="${url}/svg-frame"/></foreignObject></svg>`;
  files = [
    { mime: 'image/png', text: 'no picture' },
    { mime: 'image/svg+xml', text: svg },
    { mime: 'text/css', text: `@import url(${url}/sheet-import); *{background:url(${url}/sheet)} p{color:red}` },
    { mime: 'text/html', text: `<script>window.ran=1</script><img src="${url}/html">` },
    { mime: 'font/woff2', text: 'no font' },
  ];
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await product?.close();
});
beforeEach(async () => {
  asked.length = 0;
  problems.length = 0;
  viewer = await openWatched();
});
afterEach(() => viewer?.close());

async function openWatched(): Promise<BareViewer> {
  const opened = await openViewer(product, files);
  const { page } = opened;
  page.on('pageerror', (error) => problems.push(`an exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => problems.push(`a page: ${popup.url()}`));
  page.on('download', (download) => problems.push(`a download: ${download.url()}`));
  return opened;
}

/** Shows all of them; every batch is looked at by itself, so that a failure names a part of them. */
async function showAll(cases: readonly (readonly Uint8Array[])[]): Promise<Map<string, number>> {
  const words = new Map<string, number>();
  for (let at = 0; at < cases.length; at += BATCH) {
    for (const word of await viewer.show(cases.slice(at, at + BATCH))) words.set(word, (words.get(word) ?? 0) + 1);
    await expectNothing(`cases ${at} to ${at + BATCH}, SEED=${SEED}`);
    // A viewer that was ended would be another one.
    await viewer.close();
    viewer = await openWatched();
  }
  return words;
}

async function expectNothing(which: string): Promise<void> {
  const { page, frame } = viewer;
  const state = await frame.evaluate(() => ({
    stays: Object.hasOwn(window, 'stays'),
    ran: Object.hasOwn(window, 'ran'),
  }));
  expect(state, which).toEqual({ stays: true, ran: false });
  expect([page.url(), frame.url()], which).toEqual([
    `${product.extensionUrl}/options/options.html`,
    `${product.extensionUrl}/viewer/viewer.html`,
  ]);
  expect(problems, which).toEqual([]);
  // What asks last is heard last.
  const last = `/last-${which.replaceAll(/\W+/gu, '-')}`;
  await fetch(url + last);
  expect(asked, which).toEqual([last]);
  asked.length = 0;
}

const begin = (text = 'A page'): PageMessage => ({
  type: 'begin',
  compatMode: 'standards',
  url: forgedText('http://shop.example/'),
  title: forgedText(text),
  width: 800,
  height: 600,
  devicePixelRatio: 1,
});
const asMessages = (bodies: readonly Uint8Array[]): Uint8Array[] =>
  [begin(), ...bodies.map((body): PageMessage => ({ type: 'tree', body }))].map(writePageMessage);

test('what would be noticed is noticed: a script, an exception, a request', async () => {
  await viewer.frame.evaluate(() => {
    Object.assign(window, { ran: 1 });
    setTimeout(() => {
      throw new Error('heard');
    });
  });
  await expect.poll(() => problems).toEqual(['an exception: heard']);
  problems.length = 0;
  await fetch(`${url}/noticed`);
  await expect(expectNothing('x')).rejects.toThrow(/ran/u);
  await viewer.frame.evaluate(() => Reflect.deleteProperty(window, 'ran'));
  await expect(expectNothing('x')).rejects.toThrow(/noticed/u);
});

test('a comment on what goes with all of the page is no exception', async () => {
  const gone = createTreeWriter(asItIs);
  gone.removed(2 as NodeId);
  const picture: PageMessage[] = [
    begin(),
    { type: 'tree', body: forgeTree(['html', {}, ['p', {}, 'x']]) },
    { type: 'pinned', by: 'customer', at: { node: 2 as NodeId, x: 0.5, y: 0.5 }, text: forgedText('here') },
    { type: 'tree', body: gone.finish() },
    { type: 'pinned', by: 'agent', at: { node: 2 as NodeId, x: 0.5, y: 0.5 }, text: forgedText('there') },
  ];
  await viewer.show([picture.map(writePageMessage)]);
  // Comments follow what they are on, now and then.
  await viewer.frame.evaluate(() => new Promise((done) => setTimeout(done, 600)));
  expect(problems).toEqual([]);
});

test(`1,000 trees by chance run nothing, ask nobody, lead nowhere (SEED=${SEED})`, { timeout: LONG_MS }, async () => {
  const trees = fc.sample(anyHostileTree(url), { numRuns: 1_000, seed: SEED });
  const words = await showAll(trees.map((tree) => asMessages(hostileBodies(tree))));
  expect([...words.keys()].filter((word) => !['shown', 'renew'].includes(word))).toEqual([]);
  // Most are really shown: a change of what is not there asks for a new picture, after the picture.
  expect(words.get('shown')).toBeGreaterThan(250);
});

test(
  `1,000 messages by chance after a picture, and 500 damaged ones, do not either (SEED=${SEED})`,
  { timeout: LONG_MS },
  async () => {
    const { value, css } = anyHostileValues(url);
    const kinds = anyPageMessages(fc.oneof(value, css));
    const anyMessage = fc.oneof(...(Object.values(kinds) as fc.Arbitrary<PageMessage>[])).map(writePageMessage);
    const tree = anyHostileTree(url).map((one) => asMessages(hostileBodies(one).slice(0, 1)));
    const told = fc.tuple(tree, fc.array(anyMessage, { minLength: 10, maxLength: 10 }));
    const damaged = fc
      .tuple(tree, anyMessage, anyChanges)
      .map(([picture, message, changes]) => [picture, [mutated(message, changes)]] as const);
    const damagedTree = fc
      .tuple(tree, anyChanges)
      .map(([[first, ...bodies], changes]) => [[first], bodies.map((body) => mutated(body, changes))] as const);
    const cases = [
      ...fc.sample(told, { numRuns: 100, seed: SEED }),
      ...fc.sample(damaged, { numRuns: 250, seed: SEED }),
      ...fc.sample(damagedTree, { numRuns: 250, seed: SEED }),
    ].map(([picture, messages]) => [...picture, ...messages] as Uint8Array[]);
    const words = await showAll(cases);
    expect(words.has('silent')).toBe(false);
    expect(words.get('shown')).toBeGreaterThan(100);
  },
);
