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
/** A page that closes may not have told its storage all: every test begins without a draft. */
afterEach(async () => {
  for (const page of pages.splice(0)) {
    await page.evaluate(async () => {
      const keys = Object.keys(await chrome.storage.local.get(null));
      await chrome.storage.local.remove(keys.filter((key) => key.includes('rulesDraft')));
    });
    await page.close();
  }
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

  test('are written without a look at any site, unless Chrome is told to allow it', async () => {
    const page = await openEditor();
    const manifest = await page.evaluate(() => chrome.runtime.getManifest());
    expect(manifest.permissions).toEqual(['storage', 'scripting']);
    expect(manifest.host_permissions ?? []).toEqual([]);
    await page.getByRole('textbox', { name: 'Page', exact: true }).fill('shop');
    await page.getByRole('button', { name: 'Open and point' }).click();
    await page.getByText('Please enter an address that starts with https:// or http://.').waitFor();
    const open = product.context.pages().length;
    await page.getByRole('textbox', { name: 'Page', exact: true }).fill(product.url);
    await page.getByRole('button', { name: 'Open and point' }).click();
    await page.getByText(/Chrome asks whether the extension may look at this site/u).waitFor();
    expect(product.context.pages()).toHaveLength(open);
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

  test('are not published when they are more than the server takes', async () => {
    const page = await openEditor();
    const long = Array.from({ length: 48 }, (_, at) => `.${'x'.repeat(900)}${at}`).join('\n');
    for (let at = 0; at < 6; at += 1) await addRule(page, { name: `Long ${at}`, action: 'Mask', selectors: long });
    await page.getByText(/too large to be published/u).waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Delete Long 5' }).click();
    await expect.poll(() => page.getByText(/too large to be published/u).count()).toBe(0);
    await page.getByRole('button', { name: 'Discard changes' }).click();
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

  test('are taken over from Genesys, hidden more rather than less', async () => {
    const page = await openEditor();
    await page.getByLabel('Genesys XML file').setInputFiles({
      name: 'dom-restrictions.xml',
      mimeType: 'application/xml',
      buffer: Buffer.from(GENESYS),
    });
    const dialog = page.getByRole('dialog', { name: 'Import' });
    expect(await dialog.getByRole('list', { name: 'Rules to import' }).getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('Genesys set 1: mask #ssn, input[name="card"] on every page'),
      expect.stringContaining('Genesys set 2: mask tr .amount on http{s}?://www.example.com:*/account/*'),
      expect.stringContaining('Genesys set 2: restrict :is(input, textarea, select, button).danger on http{s}?://'),
      expect.stringContaining('Genesys set 3: mask :root on /*pay*'),
      expect.stringContaining('Genesys set 3: hide .promo on /*pay*'),
    ]);
    const notes = await dialog.getByRole('list', { name: 'Notes' }).innerText();
    for (const note of [
      '“tr:eq(2) .amount:visible” is taken as “tr .amount”',
      '“#b[” is not a CSS selector. The whole page is taken instead.',
      '<elementHighlight> is not known. What it selects is hidden.',
    ]) {
      expect(notes).toContain(note);
    }
    await dialog.getByRole('button', { name: 'Add to the draft' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Not published yet: 5 changes').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Everything here is published.').waitFor();

    await page.getByLabel('Genesys XML file').setInputFiles({
      name: 'other.xml',
      mimeType: 'application/xml',
      buffer: Buffer.from('<rules><a></rules>'),
    });
    await page.getByText('This is not a file of DOM restrictions.').waitFor();
  });

  test.for([
    [
      '^https?:\\/\\/www\\.example\\.com\\/account\\/.*$',
      'https://www.example.com:8443/account/1',
      'https://www.example.com/help',
    ],
    ['.*/(login|signup)$', 'https://a.example/x/login', ''],
    ['.*/checkout.*', 'https://a.example/en/checkout/2?step=1', 'https://a.example/help'],
    ['account', 'https://account.example.com/x', 'https://a.example/help'],
    ['account', 'https://a.example/my/accounts', 'https://a.example/'],
    ['account', 'https://a.example/?page=account', 'https://a.example/?page=help'],
    ['https://.*/card$', 'https://a.example/x/y/card', 'https://a.example/x'],
  ] as const)('taken over from Genesys are for the pages of %s', async ([source, inside, outside]) => {
    const page = await openEditor();
    const set = `<restrictionsSet><uriTemplate type="regexp" pattern="${source}"/><dataMasking><element selector="a"/></dataMasking></restrictionsSet>`;
    await page.getByLabel('Genesys XML file').setInputFiles({
      name: 'one.xml',
      mimeType: 'application/xml',
      buffer: Buffer.from(`<domRestrictions>${set}</domRestrictions>`),
    });
    await page.getByRole('button', { name: 'Add to the draft' }).click();
    await page.getByRole('button', { name: 'Edit Genesys set 1' }).click();
    const form = page.getByRole('dialog', { name: 'Edit rule' });
    const urls = (await form.getByRole('textbox', { name: 'Pages' }).inputValue()).split('\n');
    const isFor = (address: string) =>
      page.evaluate(
        ([patterns, address]) =>
          patterns.some((pattern) => {
            const { origin, pathname, href } = new URL(address);
            const compiled = new URLPattern(pattern, origin);
            return compiled.test(href) || compiled.test(origin + pathname);
          }),
        [urls, address] as const,
      );
    expect(await isFor(inside)).toBe(true);
    if (outside !== '') expect(await isFor(outside)).toBe(false);
    await form.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByText('Everything here is published.').waitFor();
  });
});

const GENESYS = `<?xml version="1.0" encoding="UTF-8" ?>
<domRestrictions>
  <restrictionsSet>
    <uriTemplate type="regexp" pattern=".*" />
    <dataMasking><element selector="#ssn" /><element selector='input[name="card"]' /></dataMasking>
  </restrictionsSet>
  <restrictionsSet>
    <uriTemplate type="regexp" pattern="^https?://www\\.example\\.com/account/.*$" />
    <dataMasking><element selector="tr:eq(2) .amount:visible" /></dataMasking>
    <domControl><element selector=":input.danger" /></domControl>
  </restrictionsSet>
  <restrictionsSet>
    <uriTemplate type="regexp" pattern=".*/pay.*" />
    <dataMasking><element selector="#b[" /></dataMasking>
    <elementHighlight><element selector=".promo" /></elementHighlight>
  </restrictionsSet>
</domRestrictions>`;
