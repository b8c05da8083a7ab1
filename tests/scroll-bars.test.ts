import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

/** Scroll bars of phones and Macs lie over what they scroll, others take its room: the agent's may be of the other kind. */
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct(undefined, {}, { without: ['--hide-scrollbars'] });
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

const PAGE = `<style>
  .box { width: 99px; height: 50px; overflow: scroll }
  #thin, #both { scrollbar-width: thin }
  #colored { scrollbar-color: red blue }
  #own::-webkit-scrollbar, #both::-webkit-scrollbar { width: 8px; height: 8px }
</style>
<div class=box id=plain></div><div class=box id=thin></div><div class=box id=colored></div><div class=box id=own></div>
<div class=box id=both></div><x-scrolled></x-scrolled><div style="height: 3000px"></div>`;
const PLACES = ['html', '#plain', '#thin', '#colored', '#own', '#both', 'x-scrolled'];

async function together(customer: Page): Promise<FrameLocator> {
  const agent = await product.agent();
  pages.push(agent, customer);
  await customer.goto(`${product.url}/demo/`);
  await customer.evaluate((html) => {
    document.body.insertAdjacentHTML('afterbegin', html);
    const shadow = document.querySelector('x-scrolled')!.attachShadow({ mode: 'open' });
    shadow.innerHTML = '<div style="width: 99px; height: 50px; overflow: scroll"></div>';
  }, PAGE);
  await joinSession(agent, await startSession(customer));
  return mirrorOf(agent);
}

/** What is left beside the scroll bars. */
const widthsIn = (at: Page | FrameLocator): Promise<number[]> =>
  Promise.all(
    PLACES.map((place) =>
      at.locator(place).evaluate((element) => (element.shadowRoot?.firstElementChild ?? element).clientWidth),
    ),
  );

test('at the same kind of desk all is as wide as it is for the customer', async () => {
  const customer = await product.context.newPage();
  const mirror = await together(customer);
  const widths = await widthsIn(customer);
  expect(widths.slice(1)).toEqual([84, 89, 84, 91, 89, 84]);
  await expect.poll(() => widthsIn(mirror)).toEqual(widths);
});

test('what the customer has on a phone is as wide for the agent, whose scroll bars take room', async () => {
  const customer = await product.context.newPage();
  const tools = await product.context.newCDPSession(customer);
  const phone = { width: 390, height: 700, deviceScaleFactor: 2, mobile: true };
  await tools.send('Emulation.setDeviceMetricsOverride', phone);
  const mirror = await together(customer);
  const widths = await widthsIn(customer);
  expect(widths.slice(1)).toEqual([99, 99, 99, 91, 99, 99]);
  await expect.poll(() => widthsIn(mirror)).toEqual(widths);
});
