import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FrameLocator, Page } from 'playwright-core';
import { findFirefox, startFirefox, type FirefoxPage } from './support/firefox.ts';
import { joinSession, mirrorOf, startProduct, type Product } from './support/product.ts';

/** Customers have the browser they have; only the agent's is Chrome. */
const program = findFirefox();
if (program === null)
  console.warn('Left out: a customer in Firefox. Debian’s package firefox-esr could not be installed.');

let product: Product;
let customer: FirefoxPage;

beforeAll(async () => {
  if (program === null) return;
  product = await startProduct();
  customer = await startFirefox(program);
}, 120_000);
afterAll(async () => {
  await customer?.close();
  await product?.close();
});

const MARKUP = `<style>#late:checked + b { color: red } .box { height: 50px; overflow: auto }</style>
  <input id=name value=Ada><input type=password value="p4ssw0rd"><p id=secret data-alongside=mask>Account 4711</p>
  <textarea id=note></textarea><label><input type=checkbox id=late><b>b</b></label>
  <select id=one><option>x<option>y</select><select id=open size=3><option>x<option>y<option>z</select>
  <div id=editor contenteditable>Dear</div><div id=box class=box><div style="height: 400px"></div></div>
  <x-card></x-card><canvas id=drawn width=40 height=40></canvas><iframe srcdoc="<p>in a frame</p>"></iframe>
  <dialog id=asked>Sure?</dialog>`;

async function prepare(markup: string): Promise<void> {
  await customer.evaluate((html) => {
    document.querySelector('main')!.innerHTML = html;
    const card = document.querySelector('x-card')!.attachShadow({ mode: 'open' });
    card.innerHTML = '<p>in a component</p>';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('p { color: rgb(1, 2, 3) }');
    card.adoptedStyleSheets = [sheet];
    const pen = document.querySelector('canvas')!.getContext('2d')!;
    pen.fillStyle = 'lime';
    pen.fillRect(0, 0, 40, 40);
  }, markup);
}

async function digitsOf(): Promise<string> {
  await customer.press('Start Co-browse');
  await customer.press('Yes');
  const read = (): Promise<string> =>
    customer.evaluate(
      () => /\d{3}-\d{3}-\d{3}/u.exec(document.querySelector('alongside-widget')!.shadowRoot!.textContent)?.[0] ?? '',
    );
  await expect.poll(read).not.toBe('');
  return (await read()).replaceAll('-', '');
}

const valueOf = (selector: string): Promise<string> =>
  customer.evaluate((wanted) => document.querySelector<HTMLInputElement>(wanted)!.value, selector);

async function expectPicture(mirror: FrameLocator): Promise<void> {
  await expect.poll(() => mirror.locator('#name').inputValue()).toBe('Ada');
  expect(await mirror.locator('[type=password]').inputValue()).not.toContain('p4ss');
  expect(await mirror.locator('#secret').textContent()).toBe('******* ********');
  const inCard = mirror.locator('x-card p');
  await expect.poll(() => inCard.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)');
  await expect.poll(() => mirror.frameLocator('iframe').locator('p').textContent()).toBe('in a frame');
  const color = (): Promise<string> =>
    mirror
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.getContext('2d')!.getImageData(5, 5, 1, 1).data.join());
  await expect.poll(color).toBe('0,255,0,255');
}

async function expectChanges(mirror: FrameLocator): Promise<void> {
  await customer.click('#note');
  await customer.type('typed here');
  await expect.poll(() => mirror.locator('#note').inputValue()).toBe('typed here');
  await customer.evaluate(() => {
    document.querySelector<HTMLInputElement>('#late')!.checked = true;
    document.querySelector('#box')!.scrollTop = 70;
    document.querySelector<HTMLDialogElement>('#asked')!.show();
    document.querySelector('x-card')!.shadowRoot!.adoptedStyleSheets[0]!.insertRule('p { width: 77px }');
  });
  await expect.poll(() => mirror.locator('#late').isChecked()).toBe(true);
  await expect.poll(() => mirror.locator('#box').evaluate((box) => box.scrollTop)).toBe(70);
  await expect.poll(() => mirror.locator('#asked').isVisible()).toBe(true);
  const width = (): Promise<string> =>
    mirror.locator('x-card p').evaluate((element) => getComputedStyle(element).width);
  await expect.poll(width).toBe('77px');
}

async function expectActs(agent: Page, mirror: FrameLocator): Promise<void> {
  await agent.getByRole('button', { name: '1:1' }).click();
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.press('Allow');
  await agent.getByRole('switch', { name: 'Write Mode', checked: true }).waitFor();
  await mirror.locator('#name').click();
  await agent.keyboard.press('End');
  await agent.keyboard.type(' Lovelace');
  await expect.poll(() => valueOf('#name')).toBe('Ada Lovelace');
  await mirror.locator('#late').click();
  await expect
    .poll(() => customer.evaluate(() => document.querySelector<HTMLInputElement>('#late')!.checked))
    .toBe(false);
  await mirror.locator('#open option').nth(1).click();
  await expect.poll(() => valueOf('#open')).toBe('y');
  await mirror.locator('#one').click();
  await mirror.locator('alongside-choice option').nth(1).click();
  await expect.poll(() => valueOf('#one')).toBe('y');
  await mirror.locator('#editor').click();
  await agent.keyboard.press('End');
  await agent.keyboard.type(' friend');
  await expect.poll(() => customer.evaluate(() => document.querySelector('#editor')!.textContent)).toBe('Dear friend');
}

describe.skipIf(program === null)('a customer in Firefox', () => {
  test('is seen, is helped, and goes on to the next page', { timeout: 120_000 }, async () => {
    await customer.goto(`${product.url}/demo/`);
    // A second try begins anew: the first one's session would go on with the page.
    await customer.evaluate(() => (window as unknown as { Alongside: { end(): void } }).Alongside.end());
    await prepare(MARKUP);
    const agent = await product.agent();
    await joinSession(agent, await digitsOf());
    const mirror = mirrorOf(agent);
    await expectPicture(mirror);
    await expectChanges(mirror);
    await expectActs(agent, mirror);
    await customer.goto(`${product.url}/demo/help.html`);
    const heading = await customer.evaluate(() => document.querySelector('h1')!.textContent);
    await expect.poll(() => mirror.locator('h1').first().textContent()).toBe(heading);
    await customer.press('Exit Co-browse session');
    await agent.getByText('The customer ended the session.').waitFor();
  });
});
