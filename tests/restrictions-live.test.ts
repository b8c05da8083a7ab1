import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinSession, leave, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';
import { startSecondDesk, type SecondDesk } from './support/second-desk.ts';

/** An administrator publishes while an agent looks at a customer's page. */
let product: Product;
let administrator: SecondDesk;

beforeAll(async () => {
  product = await startProduct();
  administrator = await startSecondDesk(product);
  await administrator.signIn('admin@demo.example');
});
afterAll(async () => {
  await administrator?.close();
  await product?.close();
});

describe('rules published from the editor', () => {
  test('hide at once what an agent sees, and no longer what is typed once they are rolled back', async () => {
    const agent = await product.agent();
    const customer = await product.customer('/demo/checkout.html');
    await customer.locator('#given-name').fill('Ann Marsh');
    const digits = await startSession(customer);
    await joinSession(agent, digits);
    const mirrored = mirrorOf(agent).locator('#given-name');
    await expect.poll(() => mirrored.inputValue()).toBe('Ann Marsh');

    const editor = await administrator.open('restrictions/restrictions.html');
    const publish = editor.getByRole('button', { name: 'Publish' });
    for (const [name, selector] of [
      ['Nothing here', '.nothing-here'],
      ['First names', '#given-name'],
    ] as const) {
      await editor.getByRole('button', { name: 'New rule' }).click();
      const form = editor.getByRole('dialog', { name: 'New rule' });
      await form.getByRole('textbox', { name: 'Name' }).fill(name);
      await form.getByRole('textbox', { name: 'Selectors' }).fill(selector);
      await form.getByRole('textbox', { name: 'Pages' }).fill('/demo/*');
      await form.getByRole('button', { name: 'Save rule' }).click();
      await publish.click();
      await editor.getByText('Everything here is published.').waitFor();
    }
    await expect.poll(() => mirrored.inputValue()).toBe('********');
    // What the page obeys is not in the page’s storage, where its scripts could change it.
    expect(await customer.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain('given-name');

    await editor.getByRole('button', { name: 'Roll back to version 1' }).click();
    await editor.getByText('Published as version 3.').waitFor();
    // A value that was hidden once stays hidden for the session; what is typed from now on does not.
    await customer.locator('#given-name').fill('Beth Marsh');
    await expect.poll(() => mirrored.inputValue()).toBe('Beth Marsh');
    await editor.close();
    await leave(customer);
    await leave(agent);
  });
});
