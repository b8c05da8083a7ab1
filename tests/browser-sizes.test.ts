import type { FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../tools/browser.mjs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

/** What browsers are set to by those who sit before them. Scroll bars of phones and Macs lie over what they scroll, others take its room: the agent's may be of the other kind. */
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

test('so is what a frame has that is hidden at first', async () => {
  const customer = await product.context.newPage();
  const tools = await product.context.newCDPSession(customer);
  await tools.send('Emulation.setDeviceMetricsOverride', {
    width: 390,
    height: 700,
    deviceScaleFactor: 2,
    mobile: true,
  });
  const mirror = await together(customer);
  await customer.evaluate(() => {
    const hidden =
      '<iframe id=late style="display: none" srcdoc="<div style=\'overflow: scroll\'>in it</div>"></iframe>';
    document.body.insertAdjacentHTML('afterbegin', hidden);
  });
  const box = mirror.frameLocator('#late').locator('div');
  await expect.poll(() => box.textContent()).toBe('in it');
  await customer.evaluate(() => (document.getElementById('late')!.style.display = 'block'));
  await expect.poll(() => box.evaluate((element) => element.clientWidth)).toBeGreaterThan(0);
  await expect
    .poll(() => box.evaluate(({ clientWidth, offsetWidth }: HTMLElement) => offsetWidth - clientWidth))
    .toBe(0);
});

/** What is measured by the font size that the browser is set to. */
const SIZED = `<style>
  html { font-size: 112.5% }
  #rem { width: 10rem } #em { font-size: 1.5em } #asks { color: rgb(1, 1, 1) }
  @media (min-width: 70em) { #asks { color: rgb(2, 2, 2) } }
</style><div id=rem>r</div><p id=em>e</p><p id=asks>a</p><small id=small>s</small><iframe srcdoc="<p>in a frame</p>"></iframe>`;

test('who reads in large letters is seen with them', async () => {
  // 70 em are 1,120 pixels for the agent and 1,400 for them.
  const reader = await launchBrowser(['--blink-settings=defaultFontSize=20']);
  try {
    const customer = await reader.newPage({ viewport: { width: 1280, height: 800 } });
    await customer.goto(`${product.url}/demo/`);
    await customer.evaluate((html) => document.body.insertAdjacentHTML('afterbegin', html), SIZED);
    const agent = await product.agent();
    pages.push(agent);
    await joinSession(agent, await startSession(customer));
    const looksIn = (at: Page | FrameLocator): Promise<string[]> =>
      Promise.all(
        ['#rem', '#em', '#asks', '#small', 'html'].map((place) =>
          at.locator(place).evaluate((element) => {
            const { width, fontSize, color } = getComputedStyle(element);
            return element.id === 'rem' ? width : `${fontSize} ${color}`;
          }),
        ),
      );
    const looks = await looksIn(customer);
    expect(looks[0]).toBe('225px');
    expect(looks[2]).toContain('rgb(1, 1, 1)');
    await expect.poll(() => looksIn(mirrorOf(agent))).toEqual(looks);
    const inFrame = (at: Page | FrameLocator): Promise<string> =>
      at
        .frameLocator('iframe')
        .first()
        .locator('p')
        .evaluate((element) => getComputedStyle(element).fontSize);
    expect(await inFrame(customer)).toBe('20px');
    await expect.poll(() => inFrame(mirrorOf(agent))).toBe('20px');
    // Pages have buttons that change it.
    await customer.evaluate(() => (document.documentElement.style.fontSize = '150%'));
    await expect.poll(async () => (await looksIn(mirrorOf(agent)))[0]).toBe('300px');
  } finally {
    await reader.close();
  }
});
