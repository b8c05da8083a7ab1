import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { killAndCount } from '../bench/restarts.mjs';
import { historyIdOf, leave, meet, mirrorOf, startProduct, type Product } from './support/product.ts';

/** What ends no session: the server killed, the console closed. What does, in its own words: that nobody is there. */
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function together() {
  const agent = await product.agent();
  const customer = await product.customer('/demo/help.html');
  pages.push(agent, customer);
  await meet(agent, customer);
  return { agent, customer, mirror: mirrorOf(agent), historyId: await historyIdOf(customer) };
}

async function say(customer: Page, word: string): Promise<void> {
  await customer.evaluate((text) => {
    const note = document.createElement('p');
    note.className = 'said';
    note.textContent = text;
    document.body.append(note);
  }, word);
}

describe('a killed server', () => {
  test('costs forty sessions nothing, three times', async () => {
    const { started, problems } = await killAndCount({ sessions: 40, kills: 3 });
    expect(problems).toEqual([]);
    expect(started).toBeGreaterThan(40);
  });

  test('leaves the two alone who are talking, and finds them as they were', async () => {
    const { agent, customer, mirror, historyId } = await together();
    await customer.evaluate(() => document.documentElement.setAttribute('data-kept', 'yes'));
    await mirror.locator('html[data-kept]').waitFor({ state: 'attached' });
    await agent.evaluate(() => document.querySelector('iframe')!.setAttribute('data-same', 'yes'));

    await product.killServer();
    await say(customer, 'while nobody serves');
    await mirror.locator('.said', { hasText: 'while nobody serves' }).waitFor({ state: 'attached' });
    await agent.getByText('server lost').waitFor();
    await product.startServerAgain();
    await agent.getByText('server lost').waitFor({ state: 'detached' });
    await say(customer, 'served again');
    await mirror.locator('.said', { hasText: 'served again' }).waitFor({ state: 'attached' });
    // The same connection: the first notes are there because nothing was pictured anew, or in the new picture.
    await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();

    await customer.bringToFront();
    await customer.getByRole('button', { name: 'Exit Co-browse session' }).click();
    await agent.getByText('The customer ended the session.').waitFor();
    // The two tell one another, and the server hears of it by another way.
    await expect.poll(() => product.historyRow(historyId).endReason).toBe('customer_ended');
  });

  test.each([
    ['customer', 'Exit Co-browse session', 'agent', 'The customer ended the session.', 'customer_ended'],
    ['agent', 'Exit Session', 'customer', 'Your representative ended the co-browse session.', 'agent_ended'],
  ] as const)('is told by the %s, who presses “%s” while nobody serves; the %s knows at once', async (...row) => {
    const [who, button, , sentence, reason] = row;
    const { agent, customer, historyId } = await together();
    const [own, other] = who === 'agent' ? [agent, customer] : [customer, agent];
    await product.killServer();
    await own.bringToFront();
    await own.getByRole('button', { name: button }).click();
    await other.getByText(sentence).waitFor();
    await product.startServerAgain();
    await expect.poll(() => product.historyRow(historyId).endReason, { timeout: 15_000 }).toBe(reason);
  });
});

describe('a console', () => {
  test('closed by accident is back with one click from the popup', async () => {
    const { agent, customer, historyId } = await together();
    await agent.close();
    await customer.getByText('Waiting for an answer').waitFor();
    const popup = await product.context.newPage();
    await popup.goto(`${product.extensionUrl}/popup/popup.html`);
    const opening = product.context.waitForEvent('page');
    await popup.getByRole('button', { name: 'Return to session' }).click();
    const back = await opening;
    pages.unshift(back);
    await mirrorOf(back).locator('h1').first().waitFor();
    await back.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    expect(product.historyRow(historyId).endReason).toBeNull();
  });

  test('that has lost everything it knew of its session takes it back', async () => {
    const { agent, historyId } = await together();
    await agent.evaluate(() => (globalThis as unknown as { chrome: Chrome }).chrome.storage.session.clear());
    await agent.close();
    const back = await product.context.newPage();
    pages.unshift(back);
    await back.goto(`${product.extensionUrl}/console/console.html`);
    await mirrorOf(back).locator('h1').first().waitFor();
    await back.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    expect(product.historyRow(historyId).endReason).toBeNull();
  });
});

describe('two who do nothing', () => {
  test('are asked whether somebody is there, on both screens, and the session ends if nobody is', async () => {
    product.setSite({ idleTimeoutMs: 10_000 });
    const { agent, customer, historyId } = await together();
    await customer.getByText('Are you still there?').waitFor();
    await agent.getByText('Nobody has done anything for a while').waitFor();
    await customer.bringToFront();
    await customer.getByRole('button', { name: 'Continue' }).click();
    await agent.getByText('Nobody has done anything for a while').waitFor({ state: 'detached' });
    await customer.getByText('Are you still there?').waitFor({ state: 'detached' });

    await agent.getByText('The session ended because neither side did anything for a while.').waitFor();
    await customer.getByText('The co-browse session ended because nothing happened for a while.').waitFor();
    expect(product.historyRow(historyId)).toMatchObject({ endReason: 'idle_timeout' });
    product.setSite({});
  });
});

interface Chrome {
  readonly storage: { readonly session: { clear(): Promise<void> } };
}
