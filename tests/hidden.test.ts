import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyIdOf, joinSession, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

test('the customer sees what is hidden, is told in a masked field, and hides more by pointing at it', async () => {
  const customer = await product.customer('/demo/account/login.html');
  const digits = await startSession(customer);
  const historyId = await historyIdOf(customer);
  const agent = await product.agent();
  await joinSession(agent, digits);
  const mirror = mirrorOf(agent);
  const heading = customer.getByRole('heading').first();
  const words = ((await heading.textContent()) ?? '').trim();
  await mirror.getByRole('heading', { name: words, exact: true }).first().waitFor();
  await customer.bringToFront();

  await customer.locator('input[type=password]').first().focus();
  await customer.getByText('Your representative does not see what you type').waitFor();

  const toolbar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  await toolbar.getByRole('button', { name: /[1-9]\d* hidden/u }).click();
  await expect.poll(() => customer.locator('alongside-widget .hidden-frame').count()).toBeGreaterThan(0);

  // What is hidden in a frame is framed where it stands on the page.
  await customer.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.style.cssText = 'position:fixed;left:100px;top:120px;width:300px;height:100px;border:0';
    frame.srcdoc = '<body style="margin:0"><p data-alongside="mask" style="margin:20px;width:50px;height:30px">x</p>';
    document.body.append(frame);
  });
  const boxes = (): Promise<string[]> =>
    customer.locator('alongside-widget .hidden-frame').evaluateAll((all) =>
      all.map((one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        return [left, top, width, height].join();
      }),
    );
  await expect.poll(boxes).toContain('120,140,50,30');

  await customer.getByRole('button', { name: 'Hide something else' }).click();
  await heading.click();
  await expect.poll(() => mirror.getByRole('heading', { name: words, exact: true }).count()).toBe(0);
  await expect.poll(() => mirror.locator('[data-alongside-mark~="masked"][title*="by the customer"]').count()).toBe(1);

  await toolbar.getByRole('button', { name: /\d hidden/u }).click();
  await expect.poll(() => customer.locator('alongside-widget .hidden-frame').count()).toBe(0);
  await toolbar.getByRole('button', { name: 'Exit Co-browse session' }).click();
  await expect
    .poll(() => (product.historyRow(historyId) as { hiddenValues?: number }).hiddenValues ?? 0)
    .toBeGreaterThan(1);
});
