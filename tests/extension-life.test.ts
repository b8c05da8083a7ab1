import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SENTENCES } from '../protocol/errors.ts';
import {
  historyIdOf,
  joinSession,
  leave,
  MIRROR,
  mirrorFrame,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';
import { startSecondDesk, type SecondDesk } from './support/second-desk.ts';

/** The extension through a working day: its other pages, its worker that Chrome stops, its console reloaded. */
let product: Product;
let desk: SecondDesk;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
  desk = await startSecondDesk(product);
});
afterAll(async () => {
  await desk?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

describe('the viewer', () => {
  test('is started while the digits are typed, and is the one that shows the page', async () => {
    const agent = await product.agent();
    const customer = await product.customer();
    pages.push(agent, customer);
    const digits = await startSession(customer);
    await agent.bringToFront();
    expect(await agent.locator('iframe').count()).toBe(0);
    const field = agent.getByRole('textbox', { name: 'Session ID' });
    await field.pressSequentially('12');
    const frame = agent.locator('iframe');
    expect(await frame.count()).toBe(1);
    expect(await frame.isVisible()).toBe(false);
    await frame.evaluate((one) => one.setAttribute('data-first', ''));
    // A number that nobody has, and then the right one: it is still the same.
    await field.fill('000000000');
    await agent.getByRole('button', { name: 'Join co-browse' }).click();
    await agent.getByText(SENTENCES.session_not_found).waitFor();
    await joinSession(agent, digits);
    await mirrorOf(agent).locator('h1').waitFor();
    expect(await agent.locator('iframe').count()).toBe(1);
    expect(await agent.locator(`${MIRROR}[data-first]`).isVisible()).toBe(true);
  });
});

describe('the popup', () => {
  test('asks whoever is not signed in to sign in', async () => {
    const popup = await desk.open('popup/popup.html');
    await popup.getByText('You are not signed in').waitFor();
    expect(await popup.getByRole('table').count()).toBe(0);
    await popup.close();
  });

  test('shows a session to its agent with state, start, session ID and name, until it ends', async () => {
    const { customer, digits } = await together();
    const { startedAt } = product.historyRow(await historyIdOf(customer));
    const popup = await openPopup();
    const row = popup.getByRole('table', { name: 'Live sessions' }).locator('tbody tr');
    await row.waitFor();
    expect(await row.locator('td').allTextContents()).toEqual([
      'Active',
      new Date(startedAt).toLocaleTimeString('en-US', { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
      digits.replace(/(\d{3})(?=\d)/gu, '$1-'),
      'Ada Agent',
    ]);
    expect(Date.parse((await row.locator('time').getAttribute('datetime')) ?? '')).toBe(startedAt);

    await customer.bringToFront();
    await customer.getByRole('button', { name: 'Exit Co-browse session' }).click();
    await popup.getByText('No live sessions').waitFor();
    expect(await row.count()).toBe(0);
  });

  test('shows a lead the sessions of the site, and another agent nothing', async () => {
    const { digits } = await together();
    const shown = digits.replace(/(\d{3})(?=\d)/gu, '$1-');
    await desk.signIn('agent2@demo.example');
    const popup = await desk.open('popup/popup.html');
    await popup.getByText('Ben Agent').waitFor();
    await popup.getByText('No live sessions').waitFor();
    expect(await popup.getByText(shown).count()).toBe(0);

    // The popup stays open while somebody else signs in.
    await desk.signIn('lead@demo.example');
    await popup.getByText('Lea Lead').waitFor();
    const row = popup.getByRole('row').filter({ hasText: shown });
    await row.filter({ hasText: 'Ada Agent' }).filter({ hasText: 'Active' }).waitFor();
    await popup.close();
  });
});

describe('the options', () => {
  test.each(['not an address', 'ftp://example.com', 'javascript:alert(1)', ''])(
    'refuse the address “%s” with a sentence, and keep the one there was',
    async (address) => {
      const options = await desk.open('options/options.html');
      const server = options.getByRole('textbox', { name: 'Server' });
      await server.fill(address);
      await server.press('Enter');
      await options.getByText('Please enter an address that starts with https:// or http://.').waitFor();
      await options.reload();
      expect(await server.inputValue()).toBe(product.url);
      await options.close();
    },
  );

  test('say that a server does not answer', async () => {
    const options = await desk.open('options/options.html');
    await options.getByText('The server answers.').waitFor();
    const server = options.getByRole('textbox', { name: 'Server' });
    // Port 9 is for discarding: nobody listens there.
    await server.fill('http://127.0.0.1:9');
    await server.press('Enter');
    await options.getByText(SENTENCES.server_unreachable).waitFor();
    await options.close();
    await desk.setServer(product.url);
  });
});

describe('a session', () => {
  test('loses nothing when Chrome stops the worker, and the popup still opens the console', async () => {
    const { customer, agent, mirror } = await together();
    const popup = await openPopup();
    await popup.getByRole('row').filter({ hasText: 'Ada Agent' }).waitFor();
    await stopWorker(popup);

    await customer.evaluate(() => document.querySelector('h1')!.append(' after the worker'));
    await mirror.locator('h1', { hasText: 'after the worker' }).waitFor();
    await popup.reload();
    await popup.getByRole('row').filter({ hasText: 'Ada Agent' }).filter({ hasText: 'Active' }).waitFor();

    await customer.bringToFront();
    expect(await isActiveTab(agent)).toBe(false);
    await popup.getByRole('button', { name: 'Open console' }).click();
    await expect.poll(() => isActiveTab(agent)).toBe(true);
    expect(consoles()).toHaveLength(1);
    await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  });

  test('is opened from the popup when there is no console, worker or not', async () => {
    const popup = await openPopup();
    await stopWorker(popup);
    const opening = product.context.waitForEvent('page');
    await popup.getByRole('button', { name: 'Open console' }).click();
    const opened = await opening;
    pages.push(opened);
    await opened.getByRole('textbox', { name: 'Session ID' }).waitFor();
    expect(consoles()).toHaveLength(1);
  });

  test('goes on when the console is reloaded', async () => {
    const { customer, agent, mirror, digits } = await together();
    const historyId = await historyIdOf(customer);
    await customer.hover('h1');
    await mirror.locator('h1[data-alongside-hover]').waitFor();
    await agent.reload();
    await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    expect(await agent.getByTitle('Session ID', { exact: true }).textContent()).toBe(
      digits.replace(/(\d{3})(?=\d)/gu, '$1-'),
    );
    await customer.evaluate(() => document.querySelector('h1')!.append(' after the reload'));
    await mirror.locator('h1', { hasText: 'after the reload' }).waitFor();
    // The pointer rests where it was, and what it is shown to rest on goes with the next that is heard of it.
    expect(await mirror.locator('h1[data-alongside-hover]').count()).toBe(1);
    await customer.mouse.move(1, 1);
    await mirror.locator('h1:not([data-alongside-hover])').waitFor();
    expect(await historyIdOf(customer)).toBe(historyId);
    expect(product.historyRow(historyId).endReason).toBeNull();
  });

  test('is seen in exactly the customer’s viewport, fitted or 1:1, with scroll bars only where it does not fit', async () => {
    const { customer, agent } = await together();
    for (const [width, height, fits] of [
      [1700, 1200, false],
      [600, 400, true],
    ] as const) {
      await customer.setViewportSize({ width, height });
      await agent.bringToFront();
      await agent.getByRole('button', { name: 'Zoom to fit' }).click();
      await expect.poll(() => mirrorFrame(agent).evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
      await expect.poll(async () => (await drawn(agent)).scrolls).toEqual([false, false]);
      const fitted = await drawn(agent);
      expect(fitted.width / fitted.height).toBeCloseTo(width / height, 1);
      if (fits) expect([fitted.width, fitted.height]).toEqual([width, height]);
      else expect(fitted.width).toBeLessThan(width);

      await agent.getByRole('button', { name: '1:1' }).click();
      await expect.poll(async () => [(await drawn(agent)).width, (await drawn(agent)).height]).toEqual([width, height]);
      expect((await drawn(agent)).scrolls).toEqual([!fits, !fits]);
      expect(await mirrorFrame(agent).evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
    }
  });
});

test('a console in a narrow window has every control of a session within it', async () => {
  const { agent } = await together();
  for (const width of [390, 720, 1024]) {
    await agent.setViewportSize({ width, height: 700 });
    for (const control of await agent.locator('header button, header [role=switch], .navigation button').all()) {
      const box = await control.boundingBox();
      expect(box, await control.ariaSnapshot()).not.toBeNull();
      expect(box!.x).toBeGreaterThanOrEqual(0);
      expect(box!.x + box!.width, `${await control.ariaSnapshot()} at ${width}`).toBeLessThanOrEqual(width);
    }
  }
});

async function together() {
  const agent = await product.agent();
  const customer = await product.customer('/demo/article.html');
  pages.push(customer, agent);
  const digits = await startSession(customer);
  await joinSession(agent, digits);
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  return { customer, agent, digits, mirror: mirrorOf(agent) };
}

async function openPopup(): Promise<Page> {
  const popup = await product.context.newPage();
  pages.push(popup);
  await popup.goto(`${product.extensionUrl}/popup/popup.html`);
  return popup;
}

function consoles(): Page[] {
  return product.context.pages().filter((page) => page.url().includes('/console/console.html'));
}

/** As Chrome does after 30 s without work. Resolves when the worker has stopped, also when it had before. */
async function stopWorker(page: Page): Promise<void> {
  const cdp = await product.context.newCDPSession(page);
  const stopped = new Promise<void>((resolve) => {
    cdp.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      const ours = versions.filter(({ scriptURL }) => scriptURL.startsWith(product.extensionUrl));
      if (ours.length > 0 && ours.every(({ runningStatus }) => runningStatus === 'stopped')) resolve();
    });
  });
  await cdp.send('ServiceWorker.enable');
  await cdp.send('ServiceWorker.stopAllWorkers');
  await stopped;
  await cdp.detach();
}

function isActiveTab(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await chrome.tabs.getCurrent())?.active === true);
}

/** The mirror as it is drawn, in pixels of the console, and whether the room around it scrolls across and down. */
function drawn(agent: Page): Promise<{ width: number; height: number; scrolls: boolean[] }> {
  return agent.locator(MIRROR).evaluate((frame) => {
    const { width, height } = frame.getBoundingClientRect();
    const room = frame.closest('.room')!;
    const isScrollable = getComputedStyle(room).overflow === 'auto';
    return {
      width: Math.round(width),
      height: Math.round(height),
      scrolls: [
        isScrollable && room.scrollWidth > room.clientWidth,
        isScrollable && room.scrollHeight > room.clientHeight,
      ],
    };
  });
}
