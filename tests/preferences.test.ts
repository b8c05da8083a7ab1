import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

/** What media queries learn of the browser they are asked in: the mirror gives the customer's answers. */
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

const PAGE = `<style>
  b { color: rgb(1, 1, 1) } i { color: rgb(1, 1, 1) }
  @media (prefers-color-scheme: dark) { b { color: rgb(2, 2, 2) } }
  @media (prefers-reduced-motion) { i { color: rgb(2, 2, 2) } }
</style><b>b</b><i>i</i>`;

/** The agent's own system is the other way round from the customer's, in both. */
async function together(): Promise<{ customer: Page; agent: Page; mirror: FrameLocator }> {
  const agent = await product.agent();
  const customer = await product.context.newPage();
  pages.push(agent, customer);
  await agent.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  await customer.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await customer.goto(`${product.url}/demo/`);
  await customer.evaluate((html) => {
    const frame = document.createElement('iframe');
    frame.srcdoc = html;
    document.body.prepend(frame);
    frame.insertAdjacentHTML('afterend', html);
  }, PAGE);
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  await mirror.locator('body *').first().waitFor({ state: 'attached' });
  return { customer, agent, mirror };
}

const styleIn = (page: FrameLocator, selector: string, property: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

test('the page is dark for the agent when it is for the customer, in frames too, and follows', async () => {
  const { customer, mirror } = await together();
  const ink = (): Promise<string> => customer.evaluate(() => getComputedStyle(document.body).color);
  const dark = await ink();
  await expect.poll(() => styleIn(mirror, 'body', 'color')).toBe(dark);
  await expect.poll(() => styleIn(mirror, 'html', 'color-scheme')).toBe('dark');
  const inFrame = mirror.frameLocator('iframe').first();
  for (const at of [mirror, inFrame]) {
    await expect.poll(() => styleIn(at, 'b', 'color')).toBe('rgb(2, 2, 2)');
    await expect.poll(() => styleIn(at, 'i', 'color')).toBe('rgb(2, 2, 2)');
  }

  await customer.emulateMedia({ colorScheme: 'light', reducedMotion: 'no-preference' });
  const light = await ink();
  expect(light).not.toBe(dark);
  await expect.poll(() => styleIn(mirror, 'body', 'color')).toBe(light);
  for (const at of [mirror, inFrame]) {
    await expect.poll(() => styleIn(at, 'b', 'color')).toBe('rgb(1, 1, 1)');
    await expect.poll(() => styleIn(at, 'i', 'color')).toBe('rgb(1, 1, 1)');
  }
});

test('what the page leaves to the browser is drawn as at the customer’s', async () => {
  const { customer, agent, mirror } = await together();
  const frame = agent.getByTitle("Customer's browser");
  const background = () => frame.evaluate((element) => getComputedStyle(element).backgroundColor);
  await customer.evaluate(() => {
    const meta = document.createElement('meta');
    meta.name = 'color-scheme';
    meta.content = 'light dark';
    document.head.append(meta);
    for (const sheet of document.querySelectorAll('link, style')) sheet.remove();
  });
  await expect.poll(() => styleIn(mirror, 'html', 'color-scheme')).toBe('dark');
  await expect.poll(() => background()).toBe('rgb(18, 18, 18)');
  await customer.evaluate(() => document.querySelector('meta[name=color-scheme]')?.remove());
  await expect.poll(() => styleIn(mirror, 'html', 'color-scheme')).toBe('normal');
});

test('colors that the customer’s system forces upon pages are the mirror’s', async () => {
  const { customer, mirror } = await together();
  await customer.evaluate(() => {
    document.head.insertAdjacentHTML(
      'beforeend',
      `<style>.forced { color: red; background: green; box-shadow: 0 0 1px red }
        @media (forced-colors: active) { .chosen { border: 1px solid Highlight; color: GrayText } }
        .kept { forced-color-adjust: none; color: rgb(1, 2, 3) }</style>`,
    );
    document.body.insertAdjacentHTML(
      'afterbegin',
      `<p class=forced>f <a id=link href="#x">l</a></p><p class="forced chosen">c</p><p class=kept>k <b class=in>in</b></p>`,
    );
  });
  const asked: [string, string][] = [
    ['.forced', 'color'],
    ['.forced', 'box-shadow'],
    ['#link', 'color'],
    ['.chosen', 'color'],
    ['.chosen', 'border-top-color'],
    ['.kept', 'color'],
    ['body', 'color'],
  ];
  const here = (): Promise<string[]> =>
    customer.evaluate(
      (all) =>
        all.map(([selector, name]) => getComputedStyle(document.querySelector(selector)!).getPropertyValue(name)),
      asked,
    );
  const there = (): Promise<string[]> => Promise.all(asked.map(([selector, name]) => styleIn(mirror, selector, name)));
  const plain = await here();
  await expect.poll(there).toEqual(plain);
  await customer.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  // The page's own rules for it come a little later than the colors.
  await expect.poll(async () => (await here())[3]).toBe('rgb(63, 242, 63)');
  await expect.poll(there).toEqual(await here());
  await customer.emulateMedia({ forcedColors: 'none', colorScheme: 'dark' });
  await expect.poll(here).toEqual(plain);
  await expect.poll(there).toEqual(plain);
});
