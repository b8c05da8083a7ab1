import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

/** Where an agent can lead the customer, what is said aloud where they point, and a site that wants no Write mode. */
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());
afterEach(async () => {
  product.setSite({});
  for (const page of pages.splice(0)) await leave(page);
});

async function together(path: string): Promise<{ customer: Page; agent: Page }> {
  const agent = await product.agent();
  const customer = await product.customer(path);
  pages.push(agent, customer);
  await joinSession(agent, await startSession(customer));
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  // The driver clicks beside the elements of a frame that is scaled.
  await agent.getByRole('button', { name: '1:1' }).click();
  return { customer, agent };
}

test('the agent leads by Back, Forward, Refresh and the URL bar, and to no other site', async () => {
  const { customer, agent } = await together('/demo/help.html');
  const url = agent.getByRole('textbox', { name: 'URL' });
  /** Both are there, and the agent may act there: Write mode has come along. */
  const isAt = async (path: string): Promise<void> => {
    await expect.poll(() => new URL(customer.url()).pathname).toBe(path);
    await expect.poll(async () => new URL(await url.inputValue()).pathname).toBe(path);
    await agent.getByRole('switch', { name: 'Write Mode', checked: true }).waitFor();
  };
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  await agent.bringToFront();
  await isAt('/demo/help.html');

  await url.fill('shop.html');
  await url.press('Enter');
  await isAt('/demo/shop.html');
  await url.fill(`${product.url}/demo/checkout.html`);
  await url.press('Enter');
  await isAt('/demo/checkout.html');
  await agent.getByRole('button', { name: 'Back' }).click();
  await isAt('/demo/shop.html');
  await agent.getByRole('button', { name: 'Forward' }).click();
  await isAt('/demo/checkout.html');

  await customer.evaluate(() => Object.assign(window, { stays: true }));
  await agent.getByRole('button', { name: 'Refresh' }).click();
  await expect.poll(() => customer.evaluate(() => 'stays' in window).catch(() => true)).toBe(false);
  await isAt('/demo/checkout.html');

  await url.fill('https://elsewhere.example/');
  await url.press('Enter');
  await agent
    .getByText(/not on the customer’s site/u)
    .first()
    .waitFor();
  await isAt('/demo/checkout.html');
});

test('where the agent points is said by its name to people who do not see the circle', async () => {
  const { customer, agent } = await together('/demo/help.html');
  const heading = mirrorOf(agent).locator('h1').first();
  const name = ((await customer.locator('h1').first().textContent()) ?? '').trim();
  await heading.click();
  await customer
    .locator('alongside-widget .spoken')
    .filter({ hasText: `Ada Agent points at ${name}` })
    .waitFor({ state: 'attached' });
});

test('a site that has Write mode off shows the agent no switch', async () => {
  product.setSite({ writeMode: false });
  const { agent } = await together('/demo/help.html');
  await mirrorOf(agent).locator('h1').first().waitFor();
  expect(await agent.getByRole('switch', { name: 'Write Mode' }).count()).toBe(0);
});
