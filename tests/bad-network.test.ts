import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBadLink, type BadLink } from './support/bad-link.ts';
import { findCoturn, startCoturn, TURN_SECRET, type Coturn } from './support/coturn.ts';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';
import { closeDirectPaths } from './support/relay-only.ts';

/** The picture goes over a relay, and the road to the relay is as bad as we like. The road to our server is not. */
const program = findCoturn();
if (program === null) console.warn('Left out: the bad networks. Debian’s package coturn could not be installed.');

let coturn: Coturn;
let road: BadLink;
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  if (program === null) return;
  coturn = await startCoturn(program);
  road = await openBadLink(coturn.port);
  product = await startProduct(undefined, { TURN_URLS: `turn:127.0.0.1:${road.port}?transport=udp`, TURN_SECRET });
  await closeDirectPaths(product.context);
});
afterEach(async () => {
  road?.setWeather({ loss: 0, delayMs: 0, isCut: false });
  for (const page of pages.splice(0)) await leave(page);
});
afterAll(async () => {
  await product?.close();
  road?.close();
  await coturn?.stop();
});

/** A session in Write mode, on a page with a button that counts. */
async function together() {
  const agent = await product.agent();
  const customer = await product.customer('/demo/article.html');
  pages.push(customer, agent);
  await customer.evaluate(() => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Count' });
    let count = 0;
    button.addEventListener('click', () => (button.dataset['count'] = String((count += 1))));
    document.body.prepend(button);
  });
  await joinSession(agent, await startSession(customer));
  const connection = agent.getByRole('status', { name: 'Connection' });
  await connection.filter({ hasText: 'Live' }).waitFor();
  const write = agent.getByRole('switch', { name: 'Write Mode' });
  await write.click();
  await customer.bringToFront();
  const request = customer.getByRole('dialog', { name: 'Write Mode request' });
  await request.getByRole('button', { name: 'Allow' }).click();
  await agent.bringToFront();
  await expect.poll(() => write.getAttribute('aria-checked')).toBe('true');
  return { agent, customer, connection, write, button: mirrorOf(agent).getByRole('button', { name: 'Count' }) };
}

const counted = (customer: Page) => customer.locator('button[data-count]').getAttribute('data-count');

/** The states of the page's connections, but for those that PeerJS only tries the browser with. */
function statesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    return connections
      .filter(({ remoteDescription }) => remoteDescription)
      .map(({ connectionState }) => connectionState);
  });
}

/** The browser has given up all pairs of addresses it had. */
async function haveGivenUp(page: Page): Promise<void> {
  const failures = () => page.evaluate(() => (window as unknown as { failures?: number }).failures ?? 0);
  await expect.poll(failures, { timeout: 60_000 }).toBeGreaterThan(0);
}

describe.skipIf(program === null)('on a bad network', () => {
  test('a connection that was given up by the browser comes back with nothing lost and nothing done twice', async () => {
    const { agent, customer, connection, write, button } = await together();
    await button.click();
    await expect.poll(() => counted(customer)).toBe('1');

    road.setWeather({ isCut: true });
    await button.click();
    await button.click();
    await customer.evaluate(() => document.querySelector('h1')!.append(' (changed in the dark)'));
    await connection.filter({ hasText: 'no answer' }).waitFor();
    await customer.getByRole('region', { name: 'Co-browse toolbar' }).getByText('Waiting for an answer').waitFor();
    for (const page of [agent, customer]) await haveGivenUp(page);

    road.setWeather({ isCut: false });
    await mirrorOf(agent).locator('h1', { hasText: 'changed in the dark' }).waitFor();
    await connection.filter({ hasText: /^Live\d/u }).waitFor();
    await button.click();
    await expect.poll(() => counted(customer)).toBe('4');
    expect(await write.getAttribute('aria-checked')).toBe('true');
    for (const page of [agent, customer]) expect(await statesOf(page)).toEqual(['connected']);
  });

  test('two browsers that had given each other up find each other again while our server is down', async () => {
    const { agent, customer, button } = await together();
    await button.click();
    await expect.poll(() => counted(customer)).toBe('1');

    road.setWeather({ isCut: true });
    await button.click();
    await customer.evaluate(() => document.querySelector('h1')!.append(' (changed in the dark)'));
    for (const page of [agent, customer]) await haveGivenUp(page);
    await product.killServer();

    road.setWeather({ isCut: false });
    await mirrorOf(agent).locator('h1', { hasText: 'changed in the dark' }).waitFor();
    await expect.poll(() => counted(customer)).toBe('2');
    for (const page of [agent, customer]) expect(await statesOf(page)).toEqual(['connected']);
    await product.startServerAgain();
    await agent.getByText('server lost').waitFor({ state: 'detached' });
  });

  test('with a packet of twenty lost and every one late, each act is done once and the mirror is right', async () => {
    const { agent, customer, button } = await together();
    road.setWeather({ loss: 0.05, delayMs: 50 });
    const heading = mirrorOf(agent).locator('h1');
    for (let act = 1; act <= 20; act += 1) {
      await button.click();
      await customer.evaluate((number) => (document.querySelector('h1')!.textContent = `Change ${number}`), act);
    }
    await heading.filter({ hasText: /^Change 20$/u }).waitFor();
    await expect.poll(() => counted(customer)).toBe('20');
  });
});
