import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  historyIdOf,
  joinSession,
  leave,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';

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

  // A field in a frame is told of as well.
  await customer.evaluate(() => {
    const told: string[] = [];
    const { Alongside } = window as unknown as {
      Alongside: { on(event: 'masked', listener: (event: { element: Element }) => void): void };
    };
    Alongside.on('masked', ({ element }) => told.push(element.id));
    Object.assign(window, { told });
    const frame = document.createElement('iframe');
    frame.srcdoc = '<input type="password" id="inside">';
    document.body.append(frame);
  });
  await mirror.frameLocator('iframe').locator('#inside').waitFor();
  await customer.bringToFront();
  await customer.frameLocator('iframe').locator('#inside').focus();
  await expect.poll(() => customer.evaluate(() => (window as unknown as { told: string[] }).told)).toEqual(['inside']);
  await customer.evaluate(() => document.querySelector('iframe')!.remove());

  const toolbar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  await toolbar.getByRole('button', { name: /[1-9]\d* hidden/u }).click();
  await expect.poll(() => customer.locator('alongside-widget .hidden-frame').count()).toBeGreaterThan(0);

  // The panel stands beside the toolbar, however high that is.
  await customer.getByText('Safety words of this page').waitFor();
  const panel = customer.getByRole('region', { name: 'Hidden from your representative' });
  const size = customer.viewportSize()!;
  for (const [width, height] of [
    [1280, 720],
    [700, 600],
    [320, 640],
  ] as const) {
    await customer.setViewportSize({ width, height });
    for (const move of ['Move to the top', 'Move to the bottom']) {
      const boxes = [(await panel.boundingBox())!, (await toolbar.boundingBox())!].sort((a, b) => a.y - b.y);
      const [above, below] = boxes as [(typeof boxes)[0], (typeof boxes)[0]];
      expect(above.y + above.height).toBeLessThan(below.y);
      expect(above.y).toBeGreaterThanOrEqual(0);
      expect(below.y + below.height).toBeLessThanOrEqual(height);
      expect(Math.min(...boxes.map(({ x }) => x))).toBeGreaterThanOrEqual(0);
      expect(Math.max(...boxes.map((box) => box.x + box.width))).toBeLessThanOrEqual(width);
      await toolbar.getByRole('button', { name: move }).click();
    }
  }
  await customer.setViewportSize(size);

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
  await expect
    .poll(() => mirror.locator('[data-alongside-mark~="masked"][aria-description*="by the customer"]').count())
    .toBe(1);

  // The page renders it anew.
  await heading.evaluate((old) => (old.outerHTML = `${old.outerHTML}<p>rendered</p>`));
  await mirror.getByText('rendered').waitFor();
  expect(await mirror.getByRole('heading', { name: words, exact: true }).count()).toBe(0);

  await toolbar.getByRole('button', { name: /\d hidden/u }).click();
  await expect.poll(() => customer.locator('alongside-widget .hidden-frame').count()).toBe(0);
  await toolbar.getByRole('button', { name: 'Exit Co-browse session' }).click();
  await expect
    .poll(() => (product.historyRow(historyId) as { hiddenValues?: number }).hiddenValues ?? 0)
    .toBeGreaterThan(1);
});

test('the agent reads why something has a purple or a green box when the pointer comes to it, also in a frame', async () => {
  const customer = await product.customer('/demo/account/login.html');
  const agent = await product.agent();
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  const password = mirror.locator('input[type=password]').first();
  await password.waitFor();
  await agent.getByRole('button', { name: '1:1' }).click();
  const why = agent.getByRole('status', { name: 'Why' });

  await password.hover();
  await why.filter({ hasText: 'Hidden from you: a password.' }).waitFor();
  expect(await why.locator('svg').count()).toBe(1);
  await mirror.getByRole('heading').first().hover();
  await expect.poll(() => why.textContent()).toBe('');
  await mirror.locator('[data-alongside-mark~="restricted"]').first().hover();
  await why.filter({ hasText: 'Only the customer can submit a form.' }).waitFor();

  await customer.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.style.cssText = 'position:fixed;left:100px;top:120px;width:300px;height:100px;border:0';
    frame.srcdoc = '<p data-alongside="mask" style="margin:20px;width:50px;height:30px">x</p>';
    document.body.append(frame);
  });
  await mirror.frameLocator('iframe').locator('[data-alongside-mark~="masked"]').hover();
  await why.filter({ hasText: 'Hidden from you by the site’s rules.' }).waitFor();
  await leave(customer);
  await leave(agent);
});
