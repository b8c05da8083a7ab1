import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

/** Drawing and comments of both sides, through the real extension, server and connection. */
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function together(): Promise<{ customer: Page; agent: Page; mirror: FrameLocator; errors: string[] }> {
  const errors: string[] = [];
  const agent = await product.agent();
  const customer = await product.customer('/demo/help.html');
  pages.push(agent, customer);
  for (const page of [customer, agent]) page.on('pageerror', (error) => errors.push(error.message));
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  // The driver clicks beside the elements of a frame that is scaled.
  await agent.getByRole('button', { name: '1:1' }).click();
  return { customer, agent, mirror, errors };
}

async function drawAcross(page: Page, heading: Locator): Promise<void> {
  const box = (await heading.boundingBox())!;
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + box.height - 5, { steps: 5 });
  await page.mouse.up();
}

/** Where a line lies, beside where its element lies on that side. */
async function offsetOf(line: Locator, heading: Locator): Promise<{ x: number; y: number }> {
  const [points, box] = await Promise.all([
    line.evaluate((shape) => shape.getAttribute('points')),
    heading.evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect),
  ]);
  const [x = NaN, y = NaN] = (points ?? '').split(' ')[0]!.split(',').map(Number);
  return { x: x - box.x, y: y - box.y };
}

test('lines of both sides are seen by both, at the same element, and fade', async () => {
  const { customer, agent, mirror, errors } = await together();
  const theirs = customer.locator('alongside-widget .drawing polyline.agent');
  const heading = customer.locator('h1').first();

  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Draw', exact: true }).click();
  await drawAcross(agent, mirror.locator('h1').first());
  await theirs.waitFor({ state: 'attached' });
  const offset = await offsetOf(theirs, heading);
  expect(Math.abs(offset.x - 5)).toBeLessThan(2);
  expect(Math.abs(offset.y - 5)).toBeLessThan(2);
  await mirror.locator('alongside-drawing polyline.agent').waitFor({ state: 'attached' });
  // It is no click: nothing rings, and nothing is left when it has faded.
  expect(await customer.locator('alongside-widget .circle').count()).toBe(0);
  await theirs.waitFor({ state: 'detached' });
  await mirror.locator('alongside-drawing').waitFor({ state: 'detached' });

  await customer.bringToFront();
  const toolbar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  await toolbar.getByRole('button', { name: 'Draw' }).click();
  await customer.getByRole('region', { name: 'Drawing' }).waitFor();
  await drawAcross(customer, heading);
  const seen = mirror.locator('alongside-drawing polyline.customer');
  await seen.waitFor({ state: 'attached' });
  expect(Math.abs((await offsetOf(seen, mirror.locator('h1').first())).x - 5)).toBeLessThan(2);
  await customer.keyboard.press('Escape');
  await customer.getByRole('region', { name: 'Drawing' }).waitFor({ state: 'detached' });
  expect(await toolbar.getByRole('button', { name: 'Draw' }).getAttribute('aria-pressed')).toBe('false');
  expect(errors).toEqual([]);
});

test('comments of both sides are read by both, follow their element, and are cleared for both', async () => {
  const { customer, agent, mirror, errors } = await together();
  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Comment', exact: true }).click();
  await mirror.locator('h1').first().click();
  await agent.getByRole('textbox', { name: 'Comment' }).fill('Look <b>here</b>');
  await agent.getByRole('textbox', { name: 'Comment' }).press('Enter');
  const theirs = customer.locator('alongside-widget .comment.agent');
  await theirs.filter({ hasText: 'Ada Agent' }).filter({ hasText: 'Look <b>here</b>' }).waitFor();
  await customer.locator('alongside-widget .spoken', { hasText: 'Ada Agent wrote at' }).waitFor({ state: 'attached' });

  const top = async (): Promise<number> => (await theirs.boundingBox())!.y;
  const before = await top();
  await customer.bringToFront();
  await customer.evaluate(() => document.body.style.setProperty('margin-top', '60px'));
  await expect.poll(async () => Math.round((await top()) - before)).toBe(60);

  const toolbar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  await toolbar.getByRole('button', { name: 'Draw' }).click();
  const palette = customer.getByRole('region', { name: 'Drawing' });
  await palette.getByRole('button', { name: 'Comment' }).click();
  const box = (await customer.locator('h1').first().boundingBox())!;
  await customer.mouse.click(box.x + 20, box.y + box.height / 2);
  await customer.locator('alongside-widget').getByRole('textbox', { name: 'Comment' }).fill('This one?');
  await customer.keyboard.press('Enter');
  await mirror.locator('alongside-drawing p.customer', { hasText: 'This one?' }).waitFor();

  await agent.bringToFront();
  await agent.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect.poll(() => customer.locator('alongside-widget .comment').count()).toBe(0);
  await expect.poll(() => mirror.locator('alongside-drawing').count()).toBe(0);
  expect(errors).toEqual([]);
});
