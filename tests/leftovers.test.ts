import { afterAll, beforeAll, expect, test } from 'vitest';
import { countHoldings, holdingsOf } from './support/leftovers.ts';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

test('nothing of ours is left on the customer’s page after the session', async () => {
  const agent = await product.agent();
  const customer = await product.context.newPage();
  await countHoldings(customer);
  await customer.goto(`${product.url}/demo/article.html`);
  await customer.getByRole('button', { name: 'Start Co-browse' }).waitFor();
  const before = await holdingsOf(customer);

  const digits = await startSession(customer);
  await joinSession(agent, digits);
  await mirrorOf(agent).locator('h1').first().waitFor();
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  await customer.mouse.move(300, 300);
  await customer.mouse.wheel(0, 400);
  const during = await holdingsOf(customer);
  expect(during.observers).toBeGreaterThan(before.observers);
  expect(during.connections).toBeGreaterThan(before.connections);

  await customer.getByRole('button', { name: 'Exit Co-browse session' }).click();
  await customer.getByText(/You ended the co-browse session/u).waitFor();
  // The sentence that says so is ours too; it is put away by hand here, by itself after some seconds.
  for (const notice of await customer
    .locator('alongside-widget')
    .getByRole('button', { name: /dismiss|close/iu })
    .all()) {
    if (await notice.isVisible()) await notice.click();
  }
  await expect.poll(() => holdingsOf(customer)).toEqual(before);
  await leave(agent);
  await leave(customer);
});
