import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  historyIdOf,
  joinSession,
  leave,
  meet,
  mirrorFrame,
  mirrorOf,
  startProduct,
  startSession,
  type Product,
} from './support/product.ts';
import { readWire, tapWire } from './support/wire-tap.ts';

/** The first session, the whole road: the real extension, the real server, real WebRTC. */
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function open(path = '/demo/'): Promise<{ customer: Page; agent: Page; errors: string[] }> {
  const errors: string[] = [];
  const agent = await product.agent();
  const customer = await product.context.newPage();
  pages.push(agent, customer);
  customer.on('pageerror', (error) => errors.push(`customer: ${error.message}`));
  agent.on('pageerror', (error) => errors.push(`agent: ${error.message}`));
  await tapWire(customer);
  await customer.goto(new URL(path, product.url).href);
  return { customer, agent, errors };
}

async function together(path = '/demo/') {
  const sides = await open(path);
  const digits = await meet(sides.agent, sides.customer);
  const mirror = mirrorOf(sides.agent);
  await mirror.locator('body *').first().waitFor({ state: 'attached' });
  return { ...sides, digits, mirror };
}

describe('the first session', () => {
  test('starts, is joined with the right ID only, and is seen live', async () => {
    const { customer, agent, errors } = await open();
    const digits = await startSession(customer);
    const historyId = await historyIdOf(customer);
    expect(digits).toMatch(/^\d{9}$/u);

    const wrong = digits === '123456789' ? '987654321' : '123456789';
    await joinSession(agent, wrong);
    await agent.getByText(/No customer is waiting under this session ID/u).waitFor();

    await joinSession(agent, `${digits.slice(0, 3)}-${digits.slice(3, 6)} ${digits.slice(6)}`);
    const mirror = mirrorOf(agent);
    const heading = await customer.locator('h1').first().textContent();
    await mirror
      .locator('h1', { hasText: heading?.trim() ?? '' })
      .first()
      .waitFor();
    await customer.getByText(/Ada Agent can now see this page/u).waitFor();
    await customer.getByRole('region', { name: 'Co-browse toolbar' }).waitFor();

    await customer.bringToFront();
    await customer.getByRole('button', { name: 'Exit Co-browse session' }).click();
    await agent.getByText('The customer ended the session.').waitFor();
    expect(await agent.locator('iframe').count()).toBe(0);
    await customer.getByRole('button', { name: 'Start Co-browse' }).waitFor();

    const row = product.historyRow(historyId);
    expect(row).toMatchObject({ siteKey: 'demo', channel: 'voice', endReason: 'customer_ended' });
    expect(row.agentId).not.toBeNull();
    expect(row.startedAt).toBeLessThanOrEqual(row.joinedAt ?? 0);
    expect(row.joinedAt).toBeLessThanOrEqual(row.endedAt ?? 0);

    await joinSession(agent, digits);
    await agent.getByText(/No customer is waiting under this session ID/u).waitFor();
    expect(errors).toEqual([]);
  });

  test('shows changes, typing, scrolling and the window’s size', async () => {
    const { customer, agent, mirror, errors } = await together('/demo/checkout.html');
    await customer.bringToFront();
    await customer.evaluate(() => {
      const note = document.createElement('p');
      note.id = 'said-later';
      note.textContent = 'Said after the start';
      document.querySelector('main')!.prepend(note);
    });
    await mirror.locator('#said-later', { hasText: 'Said after the start' }).waitFor();

    await customer.locator('#given-name').pressSequentially('Typed by hand');
    await expect.poll(() => mirror.locator('#given-name').inputValue()).toBe('Typed by hand');

    await customer.evaluate(() => window.scrollTo({ top: 300, behavior: 'instant' }));
    await expect.poll(() => mirrorFrame(agent).evaluate(() => window.scrollY)).toBe(300);

    await customer.setViewportSize({ width: 900, height: 640 });
    await expect.poll(() => mirrorFrame(agent).evaluate(() => [innerWidth, innerHeight])).toEqual([900, 640]);
    expect(errors).toEqual([]);
  });

  test('never lets a password leave the page', async () => {
    const secret = 'correct horse 47 battery';
    const { customer, agent, mirror, errors } = await open('/demo/account/login.html').then(async (sides) => {
      // Typed before the session begins, and shown in clear somewhere else by the page.
      await sides.customer.locator('input[type="password"]').fill(`${secret} before`);
      await sides.customer.evaluate((text) => {
        document.body.append(`You typed: ${text} before`);
      }, secret);
      const digits = await startSession(sides.customer);
      await joinSession(sides.agent, digits);
      return { ...sides, mirror: mirrorOf(sides.agent) };
    });
    const password = mirror.locator('input[type="password"]');
    await expect.poll(() => password.inputValue()).toBe('********');
    await mirror.getByText('You typed: ********').waitFor({ state: 'attached' });

    await customer.bringToFront();
    await customer.locator('input[type="password"]').fill(secret);
    await customer.evaluate((text) => {
      const field = document.querySelector<HTMLInputElement>('input[type="password"]')!;
      field.setAttribute('value', text);
      field.title = text;
      field.type = 'text';
      document.title = `Hello ${text}`;
      document.body.append(document.createElement('output'));
      document.querySelector('body > output')!.textContent = `Strength of ${text}: good`;
      document.querySelector('body > output')!.setAttribute('data-echo', text);
    }, secret);
    await mirror.locator('body > output', { hasText: 'Strength of ********' }).waitFor({ state: 'attached' });
    await agent
      .getByText(/Hello \*{8}/u)
      .first()
      .waitFor();

    const wire = await readWire(customer);
    expect(wire).toContain('Strength of');
    for (const piece of [secret, `${secret} before`, 'correct horse', 'battery']) expect(wire).not.toContain(piece);
    expect(errors).toEqual([]);
  });

  test('shows both pointers, and a red circle where the agent clicks', async () => {
    const { customer, agent, mirror } = await together();
    await agent.bringToFront();
    await mirror.locator('h1').first().hover();
    const pointer = customer.locator('alongside-widget .pointer');
    await pointer.filter({ hasText: 'Ada Agent' }).waitFor({ state: 'attached' });
    await mirror.locator('h1').first().click();
    await customer.locator('alongside-widget .circle').waitFor({ state: 'attached' });
    await customer.bringToFront();
    const box = (await customer.locator('h1').first().boundingBox())!;
    await customer.mouse.move(box.x + 10, box.y + 10);
    await customer.mouse.move(box.x + 20, box.y + 20);
    await agent.locator('.customer-pointer', { hasText: 'Customer' }).waitFor({ state: 'attached' });
  });

  test('follows the customer to another page without a new ID', async () => {
    const { customer, agent, mirror, digits } = await together();
    const historyId = await historyIdOf(customer);
    await customer.bringToFront();
    await customer.goto(`${product.url}/demo/shop.html`);
    await customer.getByRole('region', { name: 'Co-browse toolbar' }).waitFor();
    const heading = (await customer.locator('h1').first().textContent())?.trim() ?? '';
    await mirror.locator('h1', { hasText: heading }).first().waitFor();
    expect(await historyIdOf(customer)).toBe(historyId);

    await agent.bringToFront();
    await agent.getByRole('button', { name: 'Exit Session' }).click();
    await customer.getByText(/Your representative ended the co-browse session/u).waitFor();
    await customer.getByRole('button', { name: 'Start Co-browse' }).waitFor();
    expect(product.historyRow(historyId).endReason).toBe('agent_ended');
    expect(digits).toHaveLength(9);
  });

  test('refuses an agent who has a session already, and a second agent on the same ID', async () => {
    const { agent, digits } = await together();
    const other = await product.agent();
    const waiting = await product.customer('/demo/help.html');
    pages.push(other, waiting);
    const second = await startSession(waiting);
    await joinSession(other, second);
    await other.getByText(/already in a co-browse session/u).waitFor();
    await agent.bringToFront();
    await agent.getByRole('button', { name: 'Exit Session' }).click();
    await agent.getByRole('textbox', { name: 'Session ID' }).waitFor();
    await joinSession(other, digits);
    await other.getByText(/No customer is waiting under this session ID/u).waitFor();
    await waiting.bringToFront();
    await waiting.getByRole('button', { name: 'Cancel' }).click();
  });

  test('can be read in logs without IDs, names or digits', () => {
    const log = product.log.join('\n');
    expect(log).toContain('session joined');
    expect(log).not.toMatch(/@demo\.example|Ada Agent|\b\d{9}\b|\d{3}-\d{3}-\d{3}\b(?!-)/u);
  });
});
