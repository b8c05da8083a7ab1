import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startProduct, type Product } from './support/product.ts';
import { startSecondDesk, type SecondDesk } from './support/second-desk.ts';

/** The administrator's rules: the real extension, the real server. */
let product: Product;
let second: SecondDesk;
const pages: Page[] = [];

beforeAll(async () => {
  product = await startProduct();
  second = await startSecondDesk(product);
  const console = await product.agent('admin@demo.example');
  await console.close();
});
afterAll(async () => {
  await second?.close();
  await product?.close();
});
afterEach(async () => {
  for (const page of pages.splice(0)) await page.close();
});

async function openEditor(): Promise<Page> {
  const page = await product.context.newPage();
  pages.push(page);
  await page.goto(`${product.extensionUrl}/restrictions/restrictions.html`);
  await page.getByRole('button', { name: 'New rule' }).waitFor();
  return page;
}

interface Typed {
  readonly name: string;
  readonly action: 'Mask' | 'Restrict' | 'Hide' | 'Show';
  readonly selectors: string;
  readonly pages?: string;
}

async function fillRule(page: Page, { name, action, selectors, pages = '' }: Typed): Promise<void> {
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await form.getByRole('radio', { name: action }).check();
  await form.getByRole('textbox', { name: 'Selectors' }).fill(selectors);
  await form.getByRole('textbox', { name: 'Pages' }).fill(pages);
  await form.getByRole('button', { name: 'Save rule' }).click();
}

async function addRule(page: Page, rule: Typed): Promise<void> {
  await page.getByRole('button', { name: 'New rule' }).click();
  await fillRule(page, rule);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function publish(page: Page, note = ''): Promise<void> {
  await page.getByRole('textbox', { name: 'Note' }).fill(note);
  await page.getByRole('button', { name: 'Publish' }).click();
}

const versions = (page: Page) => page.getByRole('list', { name: 'Versions' });
const rules = (page: Page) => page.getByRole('list', { name: 'Rules' });
const changes = (page: Page) => page.getByRole('list', { name: 'Changes since the published version' });

/** What customers' pages get. */
async function inForce(): Promise<{ version: number; rules: { name: string; action: string }[] }> {
  const response = await fetch(`${product.url}/api/sites/demo/rules`, { headers: { origin: product.url } });
  return (await response.json()) as never;
}

describe('the rules of a site', () => {
  test('are for its administrators', async () => {
    const page = await second.open('restrictions/restrictions.html');
    await page.getByText('You are not signed in').waitFor();
    for (const email of ['agent@demo.example', 'lead@demo.example']) {
      await second.signIn(email);
      await page.getByText('This is for administrators').waitFor();
      expect(await page.getByRole('button', { name: 'New rule' }).count()).toBe(0);
      const popup = await second.open('popup/popup.html');
      await popup.getByText('Options').waitFor();
      await popup.getByText(/ · Demo Company/u).waitFor();
      expect(await popup.getByRole('link', { name: 'DOM restrictions' }).count()).toBe(0);
      await popup.close();
    }
    await second.signIn('admin@demo.example');
    await page.getByRole('button', { name: 'New rule' }).waitFor();
    for (const path of ['popup/popup.html', 'options/options.html']) {
      const other = await second.open(path);
      await other.getByRole('link', { name: 'DOM restrictions' }).waitFor();
      await other.close();
    }
    await page.close();
  });

  test('are written, compared, published, edited, undone and rolled back', async () => {
    const page = await openEditor();
    await addRule(page, { name: 'Birthday', action: 'Mask', selectors: '#birthday', pages: '/demo/account/*' });
    await changes(page)
      .getByText(/Birthday: mask #birthday on \/demo\/account\/\*/u)
      .waitFor();
    const before = (await inForce()).version;
    await publish(page, 'Birthdays');
    await page.getByText(`Published as version ${before + 1}.`).waitFor();
    expect(await inForce()).toMatchObject({ version: before + 1, rules: [{ name: 'Birthday', action: 'mask' }] });
    await versions(page)
      .getByText(`Version ${before + 1}: Birthdays`)
      .waitFor();
    await versions(page).getByText('Adam Admin').first().waitFor();

    await page.getByRole('button', { name: 'Edit Birthday' }).click();
    await fillRule(page, { name: 'Birthday', action: 'Hide', selectors: '#birthday', pages: '/demo/account/*' });
    await changes(page)
      .getByText(/hide #birthday/u)
      .waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Everything here is published.').waitFor();
    await page.getByRole('button', { name: 'Delete Birthday' }).click();
    await publish(page, 'None');
    await page.getByText(`Published as version ${before + 2}.`).waitFor();
    expect((await inForce()).rules).toEqual([]);

    await page.getByRole('button', { name: `Compare version ${before + 1}` }).click();
    await page
      .getByRole('list', { name: `Changes to version ${before + 1}` })
      .getByText(/Birthday: mask/u)
      .waitFor();
    await page.getByRole('button', { name: `Roll back to version ${before + 1}` }).click();
    await page.getByText(`Published as version ${before + 3}.`).waitFor();
    expect((await inForce()).rules).toMatchObject([{ name: 'Birthday', action: 'mask' }]);
    await rules(page).getByText('Birthday', { exact: true }).waitFor();
  });

  test('are not taken when they cannot be read', async () => {
    const page = await openEditor();
    await page.getByRole('button', { name: 'New rule' }).click();
    const form = page.getByRole('dialog');
    await fillRule(page, { name: '', action: 'Mask', selectors: '' });
    await form.getByText('A rule needs at least one selector.').waitFor();
    await fillRule(page, { name: '', action: 'Mask', selectors: '.a\n#b[' });
    await form.getByText('“#b[” is not a CSS selector.').waitFor();
    await fillRule(page, { name: '', action: 'Mask', selectors: '.a', pages: 'account' });
    await form.getByText('“account” is neither a path nor an address.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Pattern', exact: true }).fill('.*');
    await page.getByRole('button', { name: 'Add pattern' }).click();
    await page.getByText(/This is not a pattern/u).waitFor();
    await page.getByText('Everything here is published.').waitFor();
  });

  test('wait in this browser until they are published', async () => {
    const page = await openEditor();
    await addRule(page, { name: 'Kept', action: 'Restrict', selectors: '.kept' });
    await page.reload();
    await page.getByText('These are the changes you had not published yet.').waitFor();
    await changes(page)
      .getByText(/Kept: restrict \.kept/u)
      .waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('Everything here is published.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await rules(page).getByText('Kept', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('Everything here is published.').waitFor();
  });

  test('of two administrators lose nothing when both publish', async () => {
    const page = await openEditor();
    const other = await second.open('restrictions/restrictions.html');
    await addRule(page, { name: 'Mine', action: 'Mask', selectors: '.mine' });
    await addRule(other, { name: 'Theirs', action: 'Mask', selectors: '.theirs' });
    const before = (await inForce()).version;
    await publish(other, 'Faster');
    await other.getByText(`Published as version ${before + 1}.`).waitFor();

    await publish(page, 'Slower');
    await page.getByText(/Somebody else has published rules meanwhile/u).waitFor();
    await page.getByText(new RegExp(`Adam Admin published version ${before + 1}`, 'u')).waitFor();
    await rules(page).getByText('Theirs', { exact: true }).waitFor();
    await changes(page).getByText(/Mine/u).waitFor();
    expect(
      await changes(page)
        .getByText(/Theirs/u)
        .count(),
    ).toBe(0);
    expect((await inForce()).version).toBe(before + 1);
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(`Published as version ${before + 2}.`).waitFor();
    const names = (await inForce()).rules.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Mine', 'Theirs']));
    await other.close();
  });
});
