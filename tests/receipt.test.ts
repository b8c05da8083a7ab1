import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SessionActs } from '../protocol/signaling.ts';
import { clickIn } from './support/click-in.ts';
import { allowWriting, historyIdOf, leave, meet, mirrorOf, startProduct, type Product } from './support/product.ts';

let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function actsOf(historyId: string): Promise<SessionActs['acts']> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ email: 'lead@demo.example', password: 'demo' });
  const signedIn = await fetch(`${product.url}/api/sign-in`, { method: 'POST', headers, body });
  const { token } = (await signedIn.json()) as { token: string };
  const answer = await fetch(`${product.url}/api/sessions/${historyId}/acts`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return ((await answer.json()) as SessionActs).acts;
}

test('the customer reads at the end what the agent did, and the history keeps it, without a value', async () => {
  const agent = await product.agent();
  const customer = await product.customer('/demo/checkout.html');
  pages.push(agent, customer);
  await meet(agent, customer);
  const mirror = mirrorOf(agent);
  await allowWriting(agent, customer);

  await mirror.locator('#given-name').click();
  await agent.keyboard.type('Secretname');
  await expect.poll(() => customer.locator('#given-name').inputValue()).toBe('Secretname');
  await clickIn(mirror, customer, (at) => at.locator('#cc-number'));
  await agent
    .getByText(/this field is hidden from you/u)
    .first()
    .waitFor();
  await clickIn(mirror, customer, (at) => at.locator('#to-review'));
  await agent
    .getByText(/only the customer can submit/u)
    .first()
    .waitFor();
  const historyId = await historyIdOf(customer);
  // The very last act as well, though the session ends at once.
  await agent.getByRole('button', { name: 'Exit Session' }).click();

  await customer.bringToFront();
  const receipt = customer.locator('alongside-widget .receipt');
  await receipt.locator('summary', { hasText: 'What Ada Agent did here' }).click();
  const read = await receipt.innerText();
  expect(read).toMatch(/Typed in “(?:First|Given) name/u);
  expect(read).toMatch(/Tried to click “[^”]+”: only you can submit/u);
  expect(read).toContain('something without a name: hidden');
  expect(read).not.toContain('Secretname');

  const acts = await actsOf(historyId);
  const told = acts.map(({ act, outcome }) => `${act} ${outcome}`);
  expect(told).toEqual(['click done', 'type done', 'click refused:masked', 'click refused:submit']);
  expect(acts[2]?.name).toBe('');
  expect(JSON.stringify(acts)).not.toContain('Secretname');
});
