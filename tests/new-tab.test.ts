import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyIdOf, joinSession, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

test('a page opened in a new tab gets the session by one click, and the other tab says so', async () => {
  const customer = await product.customer('/demo/article.html');
  const digits = await startSession(customer);
  const historyId = await historyIdOf(customer);
  const agent = await product.agent();
  await joinSession(agent, digits);
  const heading = mirrorOf(agent).locator('h1').first();
  await heading.waitFor();

  await customer.bringToFront();
  await customer.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: '/demo/shop.html', target: '_blank' });
    link.textContent = 'In a new tab';
    document.body.prepend(link);
  });
  const opening = product.context.waitForEvent('page');
  await customer.getByRole('link', { name: 'In a new tab' }).click();
  const tab = await opening;
  await customer.getByText('To take it to the new one, press Start Co-browse there.').waitFor();
  expect(await tab.evaluate(() => sessionStorage.getItem('alongside'))).toBeNull();

  await tab.bringToFront();
  await tab.getByRole('button', { name: 'Start Co-browse' }).click();
  await tab.getByRole('region', { name: 'Co-browse toolbar' }).waitFor();
  const words = ((await tab.locator('h1').first().textContent()) ?? '').trim();
  await mirrorOf(agent).locator('h1', { hasText: words }).first().waitFor();
  expect(await historyIdOf(tab)).toBe(historyId);

  await customer.bringToFront();
  await customer.getByText('The session was opened somewhere else.').waitFor();
  expect(await customer.getByRole('region', { name: 'Co-browse toolbar' }).count()).toBe(0);
  expect(await customer.evaluate(() => sessionStorage.getItem('alongside'))).toBeNull();

  await tab.bringToFront();
  await tab.getByRole('button', { name: 'Exit Co-browse session' }).click();
  await expect.poll(() => product.historyRow(historyId).endReason).toBe('customer_ended');
});
