import { PNG } from 'pngjs';
import type { CDPSession, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  joinSession,
  leave,
  mirrorFrame,
  mirrorOf,
  readDigits,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';
import { startSite, type Site } from './support/site.ts';

/** The customer has a telephone in their hand, the agent a desk with a plain screen. */
let product: Product;
let site: Site;
let agent: Page;
const pages: Page[] = [];
const PHONE = { width: 390, height: 844, deviceScaleFactor: 3, mobile: true };

beforeAll(async () => {
  product = await startProduct();
  const html = `<!doctype html><meta name=viewport content="width=device-width, initial-scale=1">
    <script async src="${product.url}/snippet.js" data-site="demo"></script><main>A page</main>`;
  const square = new PNG({ width: 400, height: 400 });
  site = await startSite({
    '/': { html },
    '/square.png': { html: PNG.sync.write(square), headers: { 'content-type': 'image/png' } },
  });
});
afterAll(async () => {
  await product?.close();
  await site?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function onPhone(): Promise<{ customer: Page; tools: CDPSession }> {
  const customer = await product.context.newPage();
  pages.push(customer);
  const tools = await product.context.newCDPSession(customer);
  await tools.send('Emulation.setDeviceMetricsOverride', PHONE);
  await tools.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
  await customer.goto(site.url);
  return { customer, tools };
}

async function together(html: string): Promise<{ customer: Page; tools: CDPSession }> {
  agent = await product.agent();
  pages.push(agent);
  const { customer, tools } = await onPhone();
  await joinSession(agent, await startSession(customer));
  await mirrorOf(agent).locator('body *').first().waitFor({ state: 'attached' });
  // The driver clicks beside what it means while a phone shows a part of what the page is laid out in.
  await show(customer, html);
  return { customer, tools };
}

const show = (customer: Page, html: string): Promise<void> =>
  customer.evaluate((text) => document.querySelector('main')!.insertAdjacentHTML('afterbegin', text), html);

/** A table that nobody has tried on a phone. */
const WIDE = `<style>
    body { margin: 0 } p { margin: 0 }
    #asks { color: rgb(1, 1, 1) }
    @media (max-width: 400px) { #asks { color: rgb(2, 2, 2) } }
  </style>
  <p id=asks>a</p><p id=part style="width: 50vw; height: 50vh">p</p>
  <div id=wide style="width: 700px; height: 20px">wide</div><div style="height: 3000px"></div><p id=last>last</p>`;

test('a page wider than the phone is laid out for the phone all the same', async () => {
  const { customer, tools } = await together(WIDE);
  const look = (): unknown[] => {
    const box = (id: string): number[] => {
      const { x, y, width, height } = document.getElementById(id)!.getBoundingClientRect();
      return [x, y, width, height];
    };
    return [box('asks'), box('part'), box('last'), getComputedStyle(document.getElementById('asks')!).color];
  };
  expect(await customer.evaluate(() => innerWidth)).toBe(700);
  const here = await customer.evaluate(look);
  expect(here).toEqual([[0, 0, 390, 18], [0, 18, 195, 422], expect.anything(), 'rgb(2, 2, 2)']);
  await expect.poll(() => mirrorFrame(agent).evaluate(look)).toEqual(here);
  await expect.poll(() => mirrorFrame(agent).evaluate(() => [innerWidth, innerHeight])).toEqual([390, 844]);

  await customer.reload();
  await show(customer, WIDE);
  await expect.poll(() => mirrorFrame(agent).evaluate(look)).toEqual(here);
  await tools.send('Emulation.setDeviceMetricsOverride', { ...PHONE, width: 600, height: 390 });
  await expect.poll(() => mirrorFrame(agent).evaluate(() => [innerWidth, innerHeight])).toEqual([600, 390]);
});

test('what a finger moves of a page wider than the phone is moved for the agent', async () => {
  const { customer, tools } = await together(WIDE);
  await expect.poll(() => mirrorFrame(agent).evaluate(() => innerWidth)).toBe(390);
  await customer.bringToFront();
  const seen = (): Promise<number[]> =>
    customer.evaluate(() => [Math.round(visualViewport!.pageLeft), Math.round(visualViewport!.pageTop)]);
  // On a busy machine a finger may be gone before the page has come to it.
  const moved = async (by: Place): Promise<number[]> => {
    await swipe(tools, { x: 300, y: 600 }, by);
    return seen();
  };
  await expect.poll(async () => (await moved({ x: 300, y: 100 }))[1]).toBeGreaterThan(50);
  await expect.poll(async () => (await moved({ x: 100, y: 600 }))[0]).toBeGreaterThan(50);
  // It glides on for a while.
  const mirrored = (): Promise<number[]> =>
    mirrorFrame(agent).evaluate(() => [Math.round(scrollX), Math.round(scrollY)]);
  await expect.poll(async () => `${(await seen()).join()} ${(await mirrored()).join()}`).toMatch(/^(.+) \1$/u);
});

test('what a finger has zoomed in on is outlined for the agent, until the customer sees it all again', async () => {
  const { customer, tools } = await together(
    '<div style="height: 3000px; background: linear-gradient(#fff, #99f)"></div>',
  );
  await customer.bringToFront();
  const seen = (): Promise<number[]> =>
    customer.evaluate(() => {
      const { offsetLeft, offsetTop, width, height } = visualViewport!;
      return [offsetLeft / 390, offsetTop / 844, width / 390, height / 844].map((part) => Math.round(part * 100));
    });
  const outlined = (): Promise<number[] | null> =>
    agent.evaluate(() => {
      const [part, screen] = ['.sight', '.screen'].map((each) => document.querySelector(each)?.getBoundingClientRect());
      if (!part || !screen) return null;
      const across = [part.x - screen.x, part.width].map((pixels) => pixels / screen.width);
      const down = [part.y - screen.y, part.height].map((pixels) => pixels / screen.height);
      return [across[0]!, down[0]!, across[1]!, down[1]!].map((share) => Math.round(share * 100));
    });
  const label = agent.getByRole('status', { name: 'What the customer sees' });
  expect(await outlined()).toBeNull();
  expect(await label.textContent()).toBe('');

  await tools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
  await expect.poll(seen).toEqual([0, 0, 50, 50]);
  await expect.poll(outlined).toEqual(await seen());
  expect(await label.textContent()).toBe('The customer sees this part');
  // While it moves it is not taken away and put back: the sentence would be read aloud again and again.
  const said = await agent.evaluateHandle(() => {
    const told: string[] = [];
    const layer = document.querySelector('.sight-layer')!;
    const look = (): number => told.push(layer.textContent ?? '');
    new MutationObserver(look).observe(layer, { subtree: true, childList: true, characterData: true });
    return told;
  });
  await swipe(tools, { x: 300, y: 600 }, { x: 100, y: 300 });
  await expect.poll(async () => (await seen())[0]).toBeGreaterThan(10);
  await expect.poll(async () => `${(await seen()).join()} ${(await outlined())?.join()}`).toMatch(/^(.+) \1$/u);
  // The page below it scrolls as well, and the part stays where it is on the screen.
  await customer.evaluate(() => scrollBy(0, 400));
  await expect.poll(() => mirrorFrame(agent).evaluate(() => scrollY)).toBeGreaterThan(399);
  await expect.poll(async () => `${(await seen()).join()} ${(await outlined())?.join()}`).toMatch(/^(.+) \1$/u);

  expect(await said.jsonValue()).toEqual([]);

  await tools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 1 });
  await expect.poll(outlined).toBeNull();
  expect(await label.textContent()).toBe('');
});

test('what a page leaves free for the edges of a phone’s screen is left free for the agent', async () => {
  const insets = { top: 47, topMax: 47, bottom: 34, bottomMax: 34 };
  const { customer, tools } = await together(`<style>
      #top { padding-top: env(safe-area-inset-top) } #side { padding-left: calc(env(safe-area-inset-left, 3px) + 1px) }
    </style>
    <p id=top>a</p><p id=side>b</p><p id=bottom style="height: 50vh; padding-bottom: env(safe-area-inset-bottom)">c</p>`);
  const look = (): string[] =>
    ['top', 'side', 'bottom'].map((id) => {
      const { padding, height } = getComputedStyle(document.getElementById(id)!);
      return `${padding}, ${height}`;
    });
  const expectSame = async (top: string): Promise<void> => {
    await expect.poll(async () => (await customer.evaluate(look))[0]).toContain(top);
    const here = await customer.evaluate(look);
    await expect.poll(() => mirrorFrame(agent).evaluate(look)).toEqual(here);
  };
  await expectSame('0px');
  await tools.send('Emulation.setSafeAreaInsetsOverride', { insets });
  // It comes with the phone's turning.
  await tools.send('Emulation.setDeviceMetricsOverride', { ...PHONE, width: 400 });
  await expectSame('47px');
  expect(await customer.evaluate(look)).toEqual([
    expect.stringContaining('47px 0px 0px'),
    '0px 0px 0px 1px, 18px',
    '0px 0px 34px, 422px',
  ]);
});

test('what we ask and say is in sight on a page wider than the phone, wherever the finger has moved it', async () => {
  const { customer, tools } = await together(WIDE);
  await customer.bringToFront();
  const bar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  expect(await customer.evaluate(() => [innerWidth, visualViewport!.width])).toEqual([700, 390]);
  await expect.poll(() => isInSight(bar)).toBe(true);
  const panned = async (): Promise<number> => {
    await swipe(tools, { x: 300, y: 400 }, { x: 100, y: 400 });
    return customer.evaluate(() => visualViewport!.offsetLeft);
  };
  await expect.poll(panned).toBeGreaterThan(50);
  await expect.poll(() => isInSight(bar)).toBe(true);
  await expect.poll(() => isInSight(customer.locator('alongside-widget .notice'))).toBe(true);

  const question = await askForWriteMode(customer);
  await expect.poll(() => isInSight(question)).toBe(true);
});

test('what we ask and say is in sight, and as large as ever, when the customer has zoomed in', async () => {
  const { customer, tools } = await together('<div style="height: 3000px"></div>');
  await customer.bringToFront();
  const bar = customer.getByRole('region', { name: 'Co-browse toolbar' });
  const exit = bar.getByRole('button', { name: 'Exit' });
  const heightSeen = (one: Locator): Promise<number> =>
    one.evaluate((element) => Math.round(element.getBoundingClientRect().height * visualViewport!.scale));
  const before = await heightSeen(exit);
  await tools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 3 });
  const panned = async (): Promise<number> => {
    await swipe(tools, { x: 300, y: 300 }, { x: 100, y: 600 });
    return customer.evaluate(() => visualViewport!.offsetLeft);
  };
  await expect.poll(panned).toBeGreaterThan(50);
  await expect.poll(() => isInSight(bar)).toBe(true);
  await expect.poll(() => isInSight(customer.locator('alongside-widget .notice'))).toBe(true);
  expect(await heightSeen(exit)).toBe(before);

  const question = await askForWriteMode(customer);
  await expect.poll(() => isInSight(question)).toBe(true);
  expect(await heightSeen(question.getByRole('button').first())).toBeGreaterThanOrEqual(44);

  await tools.send('Emulation.setPageScaleFactor', { pageScaleFactor: 1 });
  await expect.poll(() => heightSeen(exit)).toBe(before);
  await expect.poll(() => isInSight(question)).toBe(true);
});

test('a picture that is measured by the width of the page is as large as there when the phone is turned', async () => {
  const sources = [100, 200, 400].map((width) => `/square.png?${width} ${width}w`).join(', ');
  const { customer, tools } = await together(`<img id=half srcset="${sources}" sizes="50vw">`);
  const width = (): number => document.getElementById('half')!.getBoundingClientRect().width;
  await expect.poll(() => customer.evaluate(width)).toBe(195);
  await expect.poll(() => mirrorFrame(agent).evaluate(width)).toBe(195);
  await tools.send('Emulation.setDeviceMetricsOverride', { ...PHONE, width: 844, height: 390 });
  await expect.poll(() => customer.evaluate(width)).toBe(422);
  await expect.poll(() => mirrorFrame(agent).evaluate(width)).toBe(422);
  await tools.send('Emulation.setDeviceMetricsOverride', PHONE);
  await expect.poll(() => mirrorFrame(agent).evaluate(width)).toBe(195);
});

test('what the page asks about the phone is answered as there', async () => {
  const asked = ['(resolution >= 2x)', '(1x < resolution < 3x)', '(max-device-width: 480px)', '(device-height: 844px)'];
  const rules = asked.map((query, at) => `@media ${query} { #q${at} { color: rgb(2, 2, 2) } }`).join('');
  const { customer } = await together(
    `<style>b { color: rgb(1, 1, 1) } ${rules}</style>${asked.map((_, at) => `<b id=q${at}>b</b>`).join('')}`,
  );
  const answers = (): string[] =>
    Array.from(document.querySelectorAll('b'), (element) => getComputedStyle(element).color);
  const here = await customer.evaluate(answers);
  expect(here.map((color) => color === 'rgb(2, 2, 2)')).toEqual([true, false, true, true]);
  await expect.poll(() => mirrorFrame(agent).evaluate(answers)).toEqual(here);
});

test('a session is begun on a page wider than the phone, its question and its digits in sight', async () => {
  const { customer } = await onPhone();
  await show(customer, WIDE);
  // By the keyboard: the driver's finger would miss what it is to press.
  const press = async (button: Locator): Promise<void> => {
    await button.focus();
    await customer.keyboard.press('Enter');
  };
  await customer.bringToFront();
  await press(customer.getByRole('button', { name: 'Start Co-browse' }));
  const question = customer.getByRole('dialog', { name: 'Co-browse' });
  await expect.poll(() => isInSight(question)).toBe(true);
  await press(question.getByRole('button', { name: 'Yes' }));
  expect(await readDigits(customer)).toHaveLength(9);
  await expect.poll(() => isInSight(customer.locator('alongside-widget .card'))).toBe(true);
});

async function askForWriteMode(customer: Page): Promise<Locator> {
  await agent.bringToFront();
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  const question = customer.getByRole('dialog', { name: 'Write Mode request' });
  await question.waitFor();
  return question;
}

function isInSight(one: Locator): Promise<boolean> {
  return one.evaluate((element) => {
    const { top, left, bottom, right } = element.getBoundingClientRect();
    const { offsetTop, offsetLeft, width, height } = visualViewport!;
    const isAcross = left >= offsetLeft && right <= offsetLeft + width;
    return isAcross && top >= offsetTop && bottom <= offsetTop + height;
  });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

async function swipe(tools: CDPSession, from: Place, to: Place): Promise<void> {
  const STEPS = 10;
  await tools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [from] });
  for (let step = 1; step <= STEPS; step += 1) {
    const at = (start: number, end: number): number => start + ((end - start) * step) / STEPS;
    const touchPoints = [{ x: at(from.x, to.x), y: at(from.y, to.y) }];
    await tools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints });
  }
  await tools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
