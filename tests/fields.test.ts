import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { openLab, type LabPages } from './support/lab.ts';

declare const lab: Lab;

/** Fields as shops, banks and sign-ups write them, judged with no rule written. */
let labs: LabPages;
let page: Page;
beforeAll(async () => {
  labs = await openLab();
  page = await labs.open();
});
afterAll(() => labs?.close());

/** Fields that say nothing themselves, and what around them does. Every one must be masked. */
const CALLED_BY_OTHERS: Record<string, string> = {
  'a label that names nothing, in a box with it alone':
    '<div class="field"><label>Card number</label><span><input></span></div>',
  'a label that names nothing, in the cell of a grid beside its own':
    '<div class="row"><div><label>Card number</label></div><div><input></div></div>',
  'a label that names nothing, before it and among others':
    '<div><label>Card number</label><input><label>Security code</label><input placeholder="123"></div>',
  'a label that names nothing, after it': '<div><input><label>Card number</label><input><label>PIN</label></div>',
  'a label that names nothing, over four groups of digits': `<div><label>Card number</label>${'<input maxlength="4">'.repeat(4)}<label>Security code<input></label></div>`,
  'the text before it': '<p>Card number: <input name="f1"><br>Security code <input name="f2"></p>',
  'the text before its box': '<div>Card number</div><div><span><input></span></div>',
  'the text before its parts': '<p>Expiry date <select></select> / <select></select></p>',
  'labels that name nothing, each before its field':
    '<form><label>Card number</label><input><br><label>PIN</label><div><input></div></form>',
  'the cell before its own': '<table><tr><td>Security code</td><td><input></td></tr></table>',
  'the head of its row':
    '<table><tr><th>Card number</th><td></td><td><input placeholder="Enter it here"></td></tr></table>',
  'the cell before its own, of two in a row':
    '<table><tr><th>PIN</th><td><input></td><th>CVV</th><td><input></td></tr></table>',
  'the cell before it, in parts':
    '<table><tr><td>Expiry date</td><td><select></select>/<select></select></td></tr></table>',
  'the term it describes': '<dl><div><dt>One-time password</dt><dd>It came by mail.</dd><dd><input></dd></div></dl>',
  'the legend of a group it is alone in':
    '<fieldset><legend>Security code</legend><label>Three digits<input></label><button>?</button></fieldset>',
  'the name of a group it is alone in': '<div role="group" aria-label="Card number"><input></div>',
  'what names the group it is alone in': '<h3 id="h">Passcode</h3><p role="group" aria-labelledby="h"><input></p>',
  'the legend around a group without a name':
    '<fieldset><legend>Security code</legend><div role="group"><input placeholder="123"></div></fieldset>',
  'a legend over six digits': `<fieldset><legend>Verification code</legend>${'<input>'.repeat(6)}</fieldset>`,
  'the name of a group of three digits': `<div role="group" aria-label="CVV">${'<input maxlength="1" aria-label="Digit">'.repeat(3)}</div>`,
  'a legend over four groups of digits': `<fieldset><legend>Card number</legend>${'<input maxlength="4">'.repeat(4)}</fieldset>`,
  'the cell before its component': '<table><tr><td>Security code</td><td><x-cell></x-cell></td></tr></table>',
  'its description': '<input aria-description="Security code">',
  'what describes it': '<input aria-describedby="no d"><small id="d">Password</small>',
  'its title': '<input title="Security code">',
  'its name, in a list that wants no suggestions of the browser’s':
    '<input role="combobox" autocomplete="new-password" name="password">',
  'its autofill name, in a list': '<input role="combobox" autocomplete="current-password">',
};
/** The same shapes with nothing to hide. Every one must be shown. */
const HARMLESS_AROUND: Record<string, string> = {
  'a table of settings': `<table><tr><td>Language</td><td><input></td></tr><tr><td>Password</td><td>Changed in May</td></tr>
    <tr><td>Signature</td><td><textarea></textarea></td></tr><tr><td>Two-factor authentication</td><td><input type="checkbox"></td></tr></table>`,
  'a cell whose field has a label':
    '<table><tr><td>Password</td><td><input aria-label="Minimum length"></td></tr></table>',
  'a table that lays out a page': `<table><tr><td>Log in with your password, or ask for a new one. ${'More. '.repeat(20)}</td><td><input></td></tr></table>`,
  'a field beside another’s cell': '<table><tr><td>PIN <input></td><td><input class="it"></td></tr></table>',
  'a form in a cell':
    '<table><tr><td>Password</td><td><input name="street"><input name="town" placeholder="Town"></td></tr></table>',
  'a term further up': '<dl><dt>Password</dt><dd>•••</dd><dt>City</dt><dd><input></dd></dl>',
  'a group with more than one thing in it':
    '<fieldset><legend>Change password</legend><label>Street<input></label><label>Town<input></label></fieldset>',
  'who has forgotten a password':
    '<fieldset><legend>Forgot your password?</legend><label>Email<input></label></fieldset>',
  'where a code is sent': '<fieldset><legend>Two-factor authentication</legend><input name="phone_number"></fieldset>',
  'how a code is sent':
    '<fieldset><legend>Verification code</legend><label>By<select><option>SMS</select></label></fieldset>',
  'a description that mentions a password':
    '<label>Email<input aria-describedby="d"></label><small id="d">Used to reset your password</small>',
  'a description of an unnamed field that mentions a password':
    '<input aria-describedby="d"><small id="d">Used to reset your password</small>',
  'a description of a field whose name says what it is':
    '<input name="email" aria-description="Never share your password with anybody">',
  'a field that says how many things have been chosen in it':
    '<input role="combobox" aria-describedby="d"><span id="d">Contains 1 token</span>',
  'a fieldset of a date': `<fieldset><legend>Date of birth</legend>${'<input maxlength="2">'.repeat(3)}</fieldset>`,
  'a list that wants no suggestions of the browser’s':
    '<input role="combobox" autocomplete="new-password" aria-label="City">',
  'what is named itself beside a label that names none':
    '<div><label>Security code</label><input><input class="it" placeholder="Street"></div>',
  'what has a label of its own, after one for something else': `<section><div><label>PIN</label><i>It comes by mail</i></div>
    <div><label>Street</label><input></div></section>`,
  'what is named itself, after a text': '<p>Password <input class="it" placeholder="Town"></p>',
  'what stands after another’s text': '<p>Password <input aria-label="Password"><input class="it"></p>',
  'a form after a text': '<h2>Change your password</h2><form><input name="f1"></form>',
  'what stands after a long text': `<p>${'Your password is safe with us. '.repeat(5)}</p><input>`,
  'what stands after a text about a forgotten password': '<p>Forgot your password? <input></p>',
  'what has a label of its own after one that names none':
    '<form><label>Password</label><label>Street <input></label><label>Town</label><input></form>',
  'what stands outside of a group': '<fieldset><legend>Security code</legend><input></fieldset><input class="it">',
};

/** How many fields the corpus has, and those of them that are, or are not, sent in clear. */
async function judged(name: string): Promise<{ count: number; masked: string[]; shown: string[] }> {
  const html = readFileSync(new URL(`corpus/${name}.html`, import.meta.url), 'utf8');
  return page.evaluate((markup) => {
    document.body.innerHTML = markup;
    const fields = [...document.querySelectorAll('input, select, textarea')];
    const written = (field: Element): string => (field.closest('label') ?? field).outerHTML.replace(/\s+/gu, ' ');
    return {
      count: fields.length,
      masked: fields.filter((field) => lab.isVeiled(field)).map(written),
      shown: fields.filter((field) => !lab.isVeiled(field)).map(written),
    };
  }, html);
}

test('at least 99 % of the passwords, cards, security codes and one-time codes are masked', async () => {
  const { count, shown } = await judged('sensitive');
  expect(count).toBeGreaterThanOrEqual(200);
  expect(shown.length, shown.join('\n')).toBeLessThanOrEqual(count / 100);
});

test('at most a tenth of the harmless fields are masked', async () => {
  const { count, masked } = await judged('harmless');
  expect(count).toBeGreaterThanOrEqual(300);
  expect(masked.length, masked.join('\n')).toBeLessThanOrEqual(count / 10);
});

/** Which fields of the markup are sent in clear, or are not; with `class="it"`, of those alone. */
function fieldsOf(html: string, isMasked: boolean): Promise<string[]> {
  return page.evaluate(
    ([markup, masked]) => {
      document.body.innerHTML = markup;
      for (const host of document.querySelectorAll('x-cell')) host.attachShadow({ mode: 'open' }).innerHTML = '<input>';
      const hosts = [document, ...[...document.querySelectorAll('x-cell')].map((host) => host.shadowRoot!)];
      const all = hosts.flatMap((root) => [
        ...root.querySelectorAll('input, select, textarea, [contenteditable], [role=textbox]'),
      ]);
      const asked = all.filter((field) => (field as HTMLInputElement).type !== 'hidden');
      const marked = asked.filter((field) => field.className === 'it');
      const fields = marked.length > 0 ? marked : asked;
      return fields.filter((field) => lab.isVeiled(field) === masked).map((field) => field.outerHTML);
    },
    [html, isMasked] as const,
  );
}

test.for(Object.entries(CALLED_BY_OTHERS))('a field is masked by %s', async ([, html]) => {
  expect(await fieldsOf(html, false)).toEqual([]);
  expect(await fieldsOf(html, true)).not.toEqual([]);
});

test.for(Object.entries(HARMLESS_AROUND))('shown is %s', async ([, html]) => {
  expect(await fieldsOf(html, true)).toEqual([]);
  expect(await fieldsOf(html, false)).not.toEqual([]);
});
