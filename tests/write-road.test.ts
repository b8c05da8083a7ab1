import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

/** Write mode through the real extension, server and connection: asked for, allowed, used, taken back. */
let product: Product;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());
afterEach(async () => {
  for (const page of pages.splice(0)) await leave(page);
});

async function together(
  path: string,
): Promise<{ customer: Page; agent: Page; mirror: FrameLocator; errors: string[] }> {
  const errors: string[] = [];
  const agent = await product.agent();
  const customer = await product.customer(path);
  pages.push(agent, customer);
  for (const page of [customer, agent]) page.on('pageerror', (error) => errors.push(error.message));
  await joinSession(agent, await startSession(customer));
  const mirror = mirrorOf(agent);
  await mirror.locator('form').first().waitFor({ state: 'attached' });
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  // The driver clicks beside the elements of a frame that is scaled.
  await agent.getByRole('button', { name: '1:1' }).click();
  return { customer, agent, mirror, errors };
}

async function allow(customer: Page, agent: Page): Promise<void> {
  await agent.bringToFront();
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  await agent.bringToFront();
  await agent.locator('[role="switch"][aria-label="Write Mode"][aria-checked="true"]').waitFor();
}

test('the agent fills in a form together with the customer, but neither sends it nor touches what is hidden', async () => {
  const { customer, agent, mirror, errors } = await together('/demo/checkout.html');
  const value = (id: string): Promise<string> => customer.locator(id).inputValue();
  const told = (words: RegExp): Promise<void> => agent.getByText(words).first().waitFor();

  // Not yet: in Pointer mode a click is a red circle and keys are nothing.
  await mirror.locator('#given-name').click();
  await agent.keyboard.type('too early');
  await allow(customer, agent);
  expect(await value('#given-name')).toBe('');

  await mirror.locator('#given-name').click();
  await agent.keyboard.type('Ada');
  await expect.poll(() => value('#given-name')).toBe('Ada');
  await expect.poll(() => mirror.locator('#given-name').inputValue()).toBe('Ada');

  await agent.keyboard.press('Tab');
  await expect.poll(() => customer.evaluate(() => document.activeElement?.id)).toBe('family-name');
  await expect.poll(() => mirror.locator('#family-name').evaluate((field) => field.isConnected)).toBe(true);
  await mirror.locator('#family-name').click();
  await agent.keyboard.type('Byronx');
  await agent.keyboard.press('Backspace');
  await expect.poll(() => value('#family-name')).toBe('Byron');

  await mirror.locator('#country').click();
  await mirror.locator('alongside-choice select').waitFor();
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'Enter']) await agent.keyboard.press(key);
  await expect
    .poll(() => customer.locator('#country').evaluate((list) => (list as HTMLSelectElement).selectedIndex))
    .toBe(2);

  await mirror.locator('input[name="delivery"][value="express"]').click();
  await expect.poll(() => customer.locator('input[value="express"]').isChecked()).toBe(true);

  await mirror.locator('#cc-number, [autocomplete~="cc-number"]').first().click();
  await told(/this field is hidden from you/u);
  const before = customer.url();
  await mirror.locator('#to-review').click();
  await told(/only the customer can submit/u);
  await mirror.locator('#email').click();
  await agent.keyboard.press('Enter');
  await told(/only the customer can submit/u);
  expect(customer.url()).toBe(before);

  await customer.bringToFront();
  await customer.getByRole('region', { name: 'Co-browse toolbar' }).getByRole('switch', { name: 'Write Mode' }).click();
  await agent.bringToFront();
  await agent.locator('[role="switch"][aria-label="Write Mode"][aria-checked="false"]').waitFor();
  await mirror.locator('#city').click();
  await agent.keyboard.type('late');
  expect(await value('#city')).toBe('');
  expect(errors).toEqual([]);
});

test('a customer who denies is believed', async () => {
  const { customer, agent, errors } = await together('/demo/checkout.html');
  await agent.bringToFront();
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Deny' }).click();
  await agent.bringToFront();
  await agent.locator('[role="switch"][aria-label="Write Mode"][aria-checked="false"]').waitFor();
  expect(errors).toEqual([]);
});

test('both type at once, the agent at 15 letters a second: both texts arrive whole, and nobody’s caret moves', async () => {
  const { customer, agent, mirror, errors } = await together('/demo/checkout.html');
  await allow(customer, agent);
  const theirs = 'The quick brown fox jumps over the lazy dog, then runs';
  const ours = 'Sphinx of black quartz judge my vow';
  await customer.locator('#family-name').click();
  const typed = customer.keyboard.type(theirs, { delay: 150 });
  await expect.poll(() => customer.locator('#family-name').inputValue()).not.toBe('');
  await mirror.locator('#given-name').click();
  await agent.keyboard.type(ours, { delay: 1000 / 15 });
  await typed;
  await expect.poll(() => customer.locator('#given-name').inputValue()).toBe(ours);
  expect(await customer.locator('#family-name').inputValue()).toBe(theirs);
  const caret = await customer.evaluate(() => {
    const { id, selectionStart, selectionEnd } = document.activeElement as HTMLInputElement;
    return { id, selectionStart, selectionEnd };
  });
  expect(caret).toEqual({ id: 'family-name', selectionStart: theirs.length, selectionEnd: theirs.length });
  await expect.poll(() => mirror.locator('#given-name').inputValue()).toBe(ours);
  await expect.poll(() => mirror.locator('#family-name').inputValue()).toBe(theirs);

  // In one field the customer wins, caret and all, and the agent is told.
  const more = ' and on and on and on and on and on';
  const typing = customer.keyboard.type(more, { delay: 150 });
  await expect.poll(() => customer.locator('#family-name').inputValue()).toContain(' and');
  await mirror.locator('#family-name').click();
  await agent.keyboard.type('x');
  await agent
    .getByText(/did not accept it/u)
    .first()
    .waitFor();
  await typing;
  expect(await customer.locator('#family-name').inputValue()).toBe(`${theirs}${more}`);
  expect(errors).toEqual([]);
});

test('what the agent types goes on with the focus though the page stands still meanwhile', async () => {
  const { customer, agent, mirror } = await together('/demo/checkout.html');
  await customer.evaluate(() => {
    const anew = document.createElement('p');
    const render = (value: string): HTMLInputElement => {
      const field = Object.assign(document.createElement('input'), { className: 'anew', value });
      field.addEventListener('input', () => {
        render(field.value).focus();
        const until = performance.now() + 2_500;
        if (field.value === 'a')
          setTimeout(() => {
            while (performance.now() < until);
          });
      });
      anew.replaceChildren(field);
      return field;
    };
    render('');
    document.querySelector('h1')!.after(anew);
  });
  await allow(customer, agent);
  await mirror.locator('.anew').click();
  await agent.keyboard.type('abc', { delay: 66 });
  await expect.poll(() => customer.locator('.anew').inputValue()).toBe('abc');
});

test('what the agent types goes on with the focus, and pulls nothing masked out of an editor', async () => {
  const { customer, agent, mirror, errors } = await together('/demo/checkout.html');
  await customer.evaluate(() => {
    const boxes = document.createElement('p');
    for (const maxLength of [2, 2, 4]) {
      const box = Object.assign(document.createElement('input'), { maxLength, className: 'box' });
      box.addEventListener('input', () => {
        if (box.value.length === maxLength) (box.nextElementSibling as HTMLElement | null)?.focus();
      });
      boxes.append(box);
    }
    const anew = document.createElement('p');
    const render = (value: string): HTMLInputElement => {
      const field = Object.assign(document.createElement('input'), { className: 'anew', value });
      field.addEventListener('input', () => render(field.value).focus());
      anew.replaceChildren(field);
      return field;
    };
    render('');
    const editor = Object.assign(document.createElement('div'), { contentEditable: 'true', id: 'letter' });
    for (const [id, text] of [
      ['shown', 'public'],
      ['veiled', 'Secret words of Jane'],
    ] as const) {
      editor.append(Object.assign(document.createElement('p'), { id, textContent: text }));
    }
    editor.lastElementChild!.setAttribute('data-alongside', 'mask');
    document.querySelector('h1')!.after(boxes, anew, editor);
  });
  await allow(customer, agent);
  const values = (selector: string): Promise<string[]> =>
    customer.locator(selector).evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

  await mirror.locator('.box').first().click();
  await agent.keyboard.type('12031984', { delay: 66 });
  await expect.poll(() => values('.box')).toEqual(['12', '03', '1984']);
  await mirror.locator('.anew').click();
  await agent.keyboard.type('abcdefgh', { delay: 66 });
  await expect.poll(() => values('.anew')).toEqual(['abcdefgh']);

  await mirror.locator('#veiled').click();
  for (const key of ['Home', 'Backspace']) await agent.keyboard.press(key);
  await agent
    .getByText(/hidden from you/u)
    .first()
    .waitFor();
  await mirror.locator('#shown').click();
  for (const key of ['End', 'Delete', '!']) await agent.keyboard.press(key);
  await expect.poll(() => mirror.locator('#letter').innerText()).toMatch(/^public!\s+[*\s]+$/u);
  expect(errors).toEqual([]);
});
