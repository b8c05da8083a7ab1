import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { allowedExtension } from './support/allowed-extension.ts';
import { barText, pickerParts, pressOnBar, previewBoxes } from './support/picker.ts';
import { startProduct, type Product } from './support/product.ts';
import { startSite, type Site } from './support/site.ts';

/** The administrator points at elements of the real demo, in the real extension. */
let product: Product;
let site: Site;
const extension = allowedExtension();

const ODD_PAGE = `<!doctype html><title>Odd</title>
<script data-site="other" type="text/plain"></script>
<form id=":r1:" class="css-1x2y3z"><label>Policy number <input class="sc-bdVaJa" id="field-18273"></label>
<p class="balance">1,203</p><p class="balance">44</p></form>
<div data-testid="claim"><span class="x9f3k2"><b>secret</b></span></div>
<section id="private"><i>hidden</i><em class="open">shown</em> text</section>
<odd-card></odd-card>
<button id="counter" type="button" onclick="this.textContent = Number(this.textContent) + 1">0</button>
<script>document.querySelector('odd-card').attachShadow({mode:'open'}).innerHTML = '<input name="iban">'</script>`;

beforeAll(async () => {
  product = await startProduct(extension.folder);
  site = await startSite({ '/orders/48213': { html: ODD_PAGE } });
  const console = await product.agent('admin@demo.example');
  await console.close();
});
afterAll(async () => {
  await site?.close();
  await product?.close();
  extension.remove();
});
afterEach(async () => {
  for (const page of product.context.pages().slice(1)) await page.close();
});

async function openEditor(): Promise<Page> {
  const editor = await product.context.newPage();
  await editor.goto(`${product.extensionUrl}/restrictions/restrictions.html`);
  await editor.getByRole('button', { name: 'New rule' }).waitFor();
  const discard = editor.getByRole('button', { name: 'Discard changes' });
  if (await discard.isEnabled()) await discard.click();
  return editor;
}

/** The editor, and the page it has opened with the picker on it. */
async function pointAt(address: string): Promise<{ editor: Page; page: Page }> {
  const editor = await openEditor();
  await editor.getByRole('textbox', { name: 'Page', exact: true }).fill(address);
  const opening = product.context.waitForEvent('page');
  await editor.getByRole('button', { name: 'Open and point' }).click();
  const page = await opening;
  await expect.poll(() => barText(page)).toContain('Point at what agents');
  return { editor, page };
}

const rules = (editor: Page) => editor.getByRole('list', { name: 'Rules' });
const sensitive = (editor: Page) => editor.getByRole('list', { name: 'Look sensitive' });

/** Points at an element and waits until the picker says which selector it proposes. */
async function choose(page: Page, selector: string, proposed: string): Promise<void> {
  await page.bringToFront();
  const at = page.locator(selector).first();
  await at.scrollIntoViewIfNeeded();
  const box = (await at.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect.poll(() => barText(page)).toContain(proposed);
}

describe('pointing at elements', () => {
  test('masks a field of the demo, shows it as an agent would see it, and publishes it', async () => {
    const { editor, page } = await pointAt(`${product.url}/demo/account/profile.html`);
    // The shop sends to its login first: there the page is used as always.
    await pressOnBar(page, 'Point');
    await page.locator('#login-email').fill('ann@example.com');
    await page.locator('input[type="password"]').fill('demo');
    await page.keyboard.press('Enter');
    await editor.getByText('/demo/account/profile.html').first().waitFor();
    await expect.poll(() => barText(page)).toContain('Point at what agents');
    const before = await page.evaluate(() => document.body.outerHTML);
    await sensitive(editor).getByText('Birthday', { exact: true }).waitFor();
    await choose(page, '#birthday', '#birthday finds 1 element here');
    const purple = (await previewBoxes(page)).filter((box) => box === 'mask ********').length;
    await page.keyboard.press('m');
    await expect.poll(() => barText(page)).toContain('Masked in the draft: Birthday');
    await rules(editor).getByText('#birthday').waitFor();
    await rules(editor)
      .getByText(/On \/demo\/account\/profile\.html .* matches 1 element of the open page/u)
      .waitFor();
    await expect
      .poll(async () => (await previewBoxes(page)).filter((box) => box === 'mask ********').length)
      .toBe(purple + 1);
    await expect.poll(() => sensitive(editor).getByText('Birthday', { exact: true }).count()).toBe(0);

    await sensitive(editor).getByRole('button', { name: 'Mask E-mail' }).click();
    await rules(editor).getByText('#email').waitFor();
    expect(await page.evaluate(() => document.body.outerHTML)).toBe(before);

    await editor.getByRole('button', { name: 'Publish' }).click();
    await editor.getByText(/Published as version \d+\./u).waitFor();
    const response = await fetch(`${product.url}/api/sites/demo/rules`, { headers: { origin: product.url } });
    const { rules: published } = (await response.json()) as { rules: unknown[] };
    expect(published).toMatchObject([
      { name: 'Birthday', urls: ['/demo/account/profile.html'], selectors: ['#birthday'], action: 'mask' },
      { name: 'E-mail', selectors: ['#email'], action: 'mask' },
    ]);
  });

  test('proposes what people can read, and never a text of the page', async () => {
    const { editor, page } = await pointAt(`${site.url}/orders/48213`);
    await editor.getByText(/the snippet of another site/u).waitFor();
    await choose(page, '.balance', '.balance finds 2 elements here');
    await page.keyboard.press('r');
    await choose(page, 'b', '[data-testid="claim"] b finds 1 element here');
    await page.keyboard.press('h');
    await choose(page, 'odd-card input', 'input[name="iban"] finds 1 element here');
    await page.keyboard.press('Enter');
    const form = editor.getByRole('dialog', { name: 'New rule' });
    await form.getByRole('group', { name: 'Proposed selectors' }).getByText('input[name="iban"]').waitFor();
    await form.getByRole('button', { name: '/orders/*' }).click();
    await form.getByRole('button', { name: 'Save rule' }).click();
    const lines = await editor.getByRole('list', { name: 'Changes since the published version' }).innerText();
    expect(lines).toContain('p: restrict .balance on /orders/:part2');
    expect(lines).toContain('b: hide div[data-testid="claim"] b on /orders/:part2');
    expect(lines).toContain('iban: mask input[name="iban"] on /orders/*');
    expect(lines).not.toMatch(/1,203|secret|48213|css-1x2y3z|sc-bdVaJa/u);
    await expect.poll(() => previewBoxes(page)).toEqual(['restrict', 'restrict', 'mask ********', 'hide']);
  });

  test('goes around and inside with the arrow keys, and lets go with Escape', async () => {
    const { page } = await pointAt(`${site.url}/orders/48213`);
    await choose(page, 'b', '[data-testid="claim"] b');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => barText(page)).toContain('div[data-testid="claim"] finds 1');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => barText(page)).toContain('[data-testid="claim"] b finds 1');
    await page.keyboard.press('Escape');
    await expect.poll(() => barText(page)).toContain('Point at what agents');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect.poll(() => barText(page)).toContain('The page works as always');
  });

  test('lists what looks sensitive and is covered by nothing, and apart from it what is masked by default', async () => {
    const { editor } = await pointAt(`${site.url}/orders/48213`);
    const byDefault = editor.getByRole('list', { name: 'Covered by default' });
    await sensitive(editor).getByText('Policy number', { exact: true }).waitFor();
    await byDefault.getByText('iban', { exact: true }).waitFor();
    expect(await sensitive(editor).getByRole('listitem').count()).toBe(1);
    expect(await byDefault.getByRole('listitem').count()).toBe(1);

    // Shown by a rule, it is covered by nothing.
    await editor.bringToFront();
    await editor.getByRole('button', { name: 'New rule' }).click();
    const form = editor.getByRole('dialog');
    await form.getByRole('radio', { name: 'Show', exact: true }).check();
    await form.getByRole('textbox', { name: 'Selectors' }).fill('[name="iban"]');
    await form.getByRole('button', { name: 'Save rule' }).click();
    await sensitive(editor).getByText('iban', { exact: true }).waitFor();
    await expect.poll(() => byDefault.count()).toBe(0);
  });

  test('uses nothing of the page, until it is told to', async () => {
    const { page } = await pointAt(`${site.url}/orders/48213`);
    await choose(page, '#counter', '#counter');
    await page.keyboard.press('Escape');
    expect(await page.locator('#counter').textContent()).toBe('0');
    await pressOnBar(page, 'Point');
    await expect.poll(() => barText(page)).toContain('The page works as always');
    await page.locator('#counter').click();
    expect(await page.locator('#counter').textContent()).toBe('1');
  });

  test('shows what a rule shows inside something masked', async () => {
    const { editor, page } = await pointAt(`${site.url}/orders/48213`);
    for (const [name, action, selectors] of [
      ['Section', 'Mask', '#private'],
      ['Open', 'Show', '.open'],
    ] as const) {
      await editor.bringToFront();
      await editor.getByRole('button', { name: 'New rule' }).click();
      const form = editor.getByRole('dialog');
      await form.getByRole('textbox', { name: 'Name' }).fill(name);
      await form.getByRole('radio', { name: action, exact: true }).check();
      if (action === 'Mask') await form.getByRole('checkbox', { name: /Parts of it may be shown again/u }).check();
      await form.getByRole('textbox', { name: 'Selectors' }).fill(selectors);
      await form.getByRole('button', { name: 'Save rule' }).click();
    }
    // One box before, one after what is shown, instead of one over all of it; and the field that is masked by default.
    await expect.poll(async () => (await previewBoxes(page)).filter((box) => box.startsWith('mask')).length).toBe(3);
  });

  test('goes on after a page load, and leaves nothing when the editor is closed', async () => {
    const { editor, page } = await pointAt(`${product.url}/demo/help.html`);
    await page.goto(`${product.url}/demo/checkout.html`);
    await expect.poll(() => barText(page)).toContain('Point at what agents');
    await editor.getByText(`Open: ${product.url}/demo/checkout.html`).waitFor();
    await editor.close();
    await expect.poll(() => pickerParts(page)).toEqual([]);
    expect(await page.locator('alongside-picker').count()).toBe(0);
  });
});
