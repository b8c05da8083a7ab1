import type { Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { leave, meet, mirrorFrame, mirrorOf, startProduct, type Product } from './support/product.ts';

/** A page that keeps the viewer busy: what heavy styles do to it, for as long as the test needs. */
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function together(): Promise<{ customer: Page; agent: Page }> {
  const customer = await product.customer();
  const agent = await product.agent();
  pages.push(customer, agent);
  await meet(agent, customer);
  return { customer, agent };
}

/** @returns what tells whether it still is */
function keepBusy(viewer: Frame, milliseconds: number): () => boolean {
  let isBusy = true;
  async function work(): Promise<void> {
    try {
      await viewer.evaluate((duration) => {
        const until = performance.now() + duration;
        while (performance.now() < until);
      }, milliseconds);
    } catch {
      // The viewer went with its session.
    }
    isBusy = false;
  }
  void work();
  return () => isBusy;
}

test('while the viewer is busy the console says so, and Exit Session ends the session', async () => {
  const { customer, agent } = await together();
  // Far longer than anything here waits.
  const isBusy = keepBusy(mirrorFrame(agent), 300_000);
  await agent.getByText('The picture is paused').waitFor();
  expect(isBusy()).toBe(true);
  await agent.getByRole('button', { name: 'Exit Session' }).click();
  await agent.getByRole('textbox', { name: 'Session ID' }).waitFor();
  await customer.getByText(/Your representative ended the co-browse session/u).waitFor();
});

test('what came meanwhile is shown when the viewer is back', async () => {
  const { customer, agent } = await together();
  keepBusy(mirrorFrame(agent), 12_000);
  await agent.getByText('The picture is paused').waitFor();
  await customer.evaluate(() => document.body.append('Written while nobody could see it'));
  await mirrorOf(agent).getByText('Written while nobody could see it').waitFor({ state: 'attached' });
  await agent.getByText('The picture is paused').waitFor({ state: 'hidden' });
});
