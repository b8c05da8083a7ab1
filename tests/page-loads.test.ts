import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  historyIdOf,
  joinSession,
  leave,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';

/** The session follows the customer: through page loads, to the site's other origins, out of the browser's memory. */
let product: Product;
/** The same server by another name: another origin of the site. */
let elsewhere: string;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
  elsewhere = product.url.replace('127.0.0.1', 'localhost');
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function together(path = '/demo/') {
  const agent = await product.agent();
  const customer = await product.customer(path);
  pages.push(agent, customer);
  await joinSession(agent, await startSession(customer));
  await isRight(agent, customer);
  return { agent, customer, historyId: await historyIdOf(customer) };
}

/** The agent sees the page that the customer is on, and all of it. */
async function isRight(agent: Page, customer: Page): Promise<void> {
  const mirror = mirrorOf(agent);
  const heading = ((await customer.locator('h1').first().textContent()) ?? '').trim();
  const count = await customer.evaluate(() => document.body.querySelectorAll('*').length);
  await mirror.locator('h1', { hasText: heading }).first().waitFor({ state: 'attached' });
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  await expect
    .poll(() => agent.getByRole('textbox', { name: 'URL' }).inputValue())
    .toContain(new URL(customer.url()).host);
  // What no mirror builds (scripts, the widget) is a handful of nodes.
  await expect.poll(() => mirror.locator('body *').count()).toBeGreaterThan(count * 0.8);
}

async function allowWrite(agent: Page, customer: Page): Promise<void> {
  await agent.bringToFront();
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  await switchIs(agent, true);
}

async function switchIs(side: Page, isOn: boolean): Promise<void> {
  const writeMode = side.getByRole('switch', { name: 'Write Mode' });
  await expect.poll(() => writeMode.getAttribute('aria-checked')).toBe(String(isOn));
}

/** Follows a link as a person does. */
async function follow(customer: Page, url: string): Promise<void> {
  await customer.evaluate((href) => {
    const link = document.createElement('a');
    link.id = 'way';
    link.href = href;
    link.textContent = 'Follow';
    link.style.cssText = 'position:fixed;top:0;left:0;z-index:2147483640';
    document.body.append(link);
  }, url);
  await customer.locator('#way').click();
  await customer.waitForURL((to) => to.href.startsWith(url.split('#')[0]!));
}

/** While there is a list, a picture's frames but the first wait in it. */
type Held = { held?: (() => void)[] };

/** Consoles opened from now on can have the wire held. */
async function makeHoldable(): Promise<void> {
  await product.context.addInitScript(() => {
    const { addEventListener: listen } = EventTarget.prototype;
    RTCDataChannel.prototype.addEventListener = function hold(
      this: RTCDataChannel,
      type: string,
      listener: EventListenerOrEventListenerObject,
      options?: boolean | AddEventListenerOptions,
    ) {
      const take = listener as (event: Event) => void;
      let frames = 0;
      const wait = (event: Event): void => {
        const { held } = window as unknown as Held;
        frames += 1;
        if (held && frames > 1) held.push(() => take(event));
        else take(event);
      };
      listen.call(this, type, this.label === 'page' && type === 'message' ? wait : listener, options);
    };
  });
}

type AlongsideWindow = { Alongside: { session: unknown } };

describe('a session', () => {
  test('survives fifty page loads in a row, some to another origin, with the mirror right after each', async () => {
    const { agent, customer, historyId } = await together();
    const paths = ['shop.html', 'help.html', 'product.html', 'article.html', 'basket.html'];
    let origin = product.url;
    let crossings = 0;
    await customer.bringToFront();
    for (let load = 0; load < 50; load += 1) {
      const { origin: before } = new URL(customer.url());
      if (load % 12 === 11) origin = origin === elsewhere ? product.url : elsewhere;
      const url = `${origin}/demo/${paths[load % paths.length]}`;
      if (load % 7 === 3) await customer.reload();
      else if (load % 7 === 5) await customer.goBack();
      else await follow(customer, url);
      const { origin: arrivedAt } = new URL(customer.url());
      if (arrivedAt !== before) crossings += 1;
      origin = arrivedAt;
      await isRight(agent, customer);
    }
    expect(crossings).toBeGreaterThanOrEqual(3);
    expect(await historyIdOf(customer)).toBe(historyId);
    expect(customer.url()).not.toContain('alongside');
    expect(product.historyRow(historyId).endReason).toBeNull();
    // Fifty loads take half a minute, or two where the machine has other work.
  }, 300_000);

  test('shows the last page, dimmed, until the next one is complete', async () => {
    product.setSite({});
    await makeHoldable();
    const { agent, customer } = await together('/demo/shop.html');
    await allowWrite(agent, customer);
    const old = agent.locator('iframe[title="The page before"]');
    const heading = ((await customer.locator('h1').first().textContent()) ?? '').trim();
    await agent.evaluate(() => ((window as unknown as Held).held = []));
    await customer.goto(`${product.url}/demo/help.html`);
    await agent.getByText('Building the picture').waitFor();
    await old.contentFrame().getByRole('heading', { name: heading }).waitFor();
    expect(await old.evaluate((frame) => (frame as HTMLIFrameElement).inert)).toBe(true);

    await agent.evaluate(() => {
      const all = window as unknown as Held;
      const late = all.held ?? [];
      delete all.held;
      for (const arrive of late) arrive();
    });
    await isRight(agent, customer);
    await agent.getByText('Building the picture').waitFor({ state: 'detached' });
    expect(await old.count()).toBe(0);
    await switchIs(agent, true);
  });

  test('goes on when its file has come after all, though it did not at first', async () => {
    const { agent, customer } = await together();
    let isThere = false;
    await customer.route(/\/session-.*\.js/u, (route) => {
      // Another try has another address.
      isThere ||= route.request().url().includes('?');
      return isThere ? route.continue() : route.abort();
    });
    await follow(customer, new URL('/demo/help.html', product.url).href);
    await isRight(agent, customer);
  });

  test('goes on over a form that is posted to another origin, and the page never sees the pass', async () => {
    const { agent, customer } = await together();
    await customer.evaluate((action) => {
      const form = document.createElement('form');
      form.action = action;
      form.innerHTML = '<input name="action" value="x"><button id="send">Send</button>';
      form.style.cssText = 'position:fixed;top:0;left:0;z-index:2147483640';
      document.body.append(form);
    }, `${elsewhere}/demo/help.html`);
    await customer.bringToFront();
    await customer.locator('#send').click();
    await customer.waitForURL(`${elsewhere}/demo/help.html?action=x`);
    await isRight(agent, customer);
    // Back again: the first origin has kept its own.
    await customer.goBack();
    await customer.waitForURL(`${product.url}/demo/`);
    await isRight(agent, customer);
  });

  test('lets go of a page that the browser keeps in memory, and goes on when it comes back out of it', async () => {
    const { agent, customer, historyId } = await together();
    await customer.bringToFront();
    // Browsers under test keep no page; these are the events of one that does.
    await customer.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await agent.getByText('The customer is away').waitFor();
    expect(await customer.evaluate(() => (window as unknown as AlongsideWindow).Alongside.session)).toBeNull();
    await customer.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await isRight(agent, customer);
    expect(await historyIdOf(customer)).toBe(historyId);
  });

  test('is not taken along to a stranger’s site', async () => {
    const { agent, customer, historyId } = await together();
    await customer.route('https://stranger.example/**', (route) => route.fulfill({ body: '<p>Elsewhere</p>' }));
    await customer.bringToFront();
    await follow(customer, 'https://stranger.example/');
    await agent.getByText('The customer is away').waitFor();
    expect(customer.url()).toBe('https://stranger.example/');
    await customer.goto(`${product.url}/demo/help.html`);
    await isRight(agent, customer);
    expect(await historyIdOf(customer)).toBe(historyId);
  });

  test('takes Write mode along, with this agent alone, until the customer takes it back', async () => {
    product.setSite({});
    const { agent, customer } = await together('/demo/shop.html');
    await allowWrite(agent, customer);
    await customer.goto(`${product.url}/demo/checkout.html`);
    await isRight(agent, customer);
    await switchIs(agent, true);
    await switchIs(customer, true);
    await agent.bringToFront();
    // The driver clicks beside the elements of a frame that is scaled.
    await agent.getByRole('button', { name: '1:1' }).click();
    await mirrorOf(agent).locator('#given-name').click();
    await agent.keyboard.type('after the load');
    await expect.poll(() => customer.locator('#given-name').inputValue()).toBe('after the load');

    // Taken back is taken back: on the next page too.
    await customer.bringToFront();
    await customer.getByRole('switch', { name: 'Write Mode' }).click();
    await switchIs(agent, false);
    await customer.goto(`${product.url}/demo/shop.html`);
    await isRight(agent, customer);
    await switchIs(agent, false);
    await switchIs(customer, false);

    // A page cannot grant what it finds in the tab's storage to somebody else.
    await allowWrite(agent, customer);
    await customer.evaluate(() =>
      addEventListener('pagehide', () => {
        const stored = JSON.parse(sessionStorage.getItem('alongside') ?? '{}') as object;
        sessionStorage.setItem('alongside', JSON.stringify({ ...stored, grantedTo: 'somebody else' }));
      }),
    );
    await customer.reload();
    await isRight(agent, customer);
    await switchIs(agent, false);
  });

  test('ends Write mode with the page where the site wants that', async () => {
    product.setSite({ writeModeEndsWithPage: true });
    const { agent, customer } = await together('/demo/shop.html');
    await allowWrite(agent, customer);
    await customer.goto(`${product.url}/demo/help.html`);
    await isRight(agent, customer);
    await agent.getByText('Write Mode ended because the page was left or reloaded.').waitFor();
    await switchIs(agent, false);
    await switchIs(customer, false);
    product.setSite({});
  });

  test('is taken over by a duplicate of the tab, and the first one says so', async () => {
    const { agent, customer, historyId } = await together();
    const stored = await customer.evaluate(() => sessionStorage.getItem('alongside')!);
    const copy = await product.context.newPage();
    pages.push(copy);
    await copy.addInitScript((text) => {
      if (!sessionStorage.getItem('copied')) sessionStorage.setItem('alongside', text);
      sessionStorage.setItem('copied', '1');
    }, stored);
    await copy.goto(`${product.url}/demo/shop.html`);
    await customer.getByText('The session was opened somewhere else.').waitFor();
    await isRight(agent, copy);
    expect(await historyIdOf(copy)).toBe(historyId);
    expect(await customer.evaluate(() => sessionStorage.getItem('alongside'))).toBeNull();
  });
});
