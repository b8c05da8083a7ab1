import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Editor, EditorLab } from './lab/editors/index.ts';
import type { WriteLab } from './lab/write-mode.ts';
import { startWriteLab, type WriteLabPage } from './support/write-lab.ts';

/** Editors with a document of their own: what the agent types there is what a person would have typed. */
declare const lab: WriteLab;
declare const editors: EditorLab;

let labPage: WriteLabPage;

beforeAll(async () => {
  labPage = await startWriteLab('lab/editors/index.html', [
    'codemirror',
    'lexical',
    '@lexical/plain-text',
    'quill',
    'prosemirror-commands',
    'prosemirror-keymap',
    'prosemirror-schema-basic',
    'prosemirror-state',
    'prosemirror-view',
  ]);
});
afterAll(() => labPage?.close());

describe.each<Editor>(['prosemirror', 'quill', 'codemirror', 'lexical'])('%s', (name) => {
  /** Editors read what changed a moment later; the next key comes after that, as from a hand. */
  const settled = (): Promise<unknown> =>
    labPage.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

  async function ours(...acts: (() => unknown)[]): Promise<string> {
    const { page } = labPage;
    await page.evaluate((editor) => editors.show(editor), name);
    await settled();
    for (const act of acts) {
      await page.evaluate(act);
      await settled();
    }
    return page.evaluate(() => editors.text());
  }

  async function theirs(act: () => Promise<void>): Promise<string> {
    const { page } = labPage;
    await page.evaluate((editor) => editors.show(editor), name);
    await settled();
    await page.click('#editor');
    await act();
    await settled();
    return page.evaluate(() => editors.text());
  }

  test('letters, Enter and Backspace', async () => {
    const { keyboard } = labPage.page;
    const wanted = await theirs(async () => {
      await keyboard.type('one');
      await keyboard.press('Enter');
      await keyboard.type('twoo');
      await keyboard.press('Backspace');
    });
    const got = await ours(
      () => lab.click('#editor'),
      () => lab.type('#editor', 'one'),
      () => lab.key('#editor', 'Enter'),
      () => lab.type('#editor', 'twoo'),
      () => lab.key('#editor', 'Backspace'),
    );
    expect(got).toBe(wanted);
    expect(got).toBe('one\ntwo');
  });

  test('typing over what is selected', async () => {
    const { keyboard } = labPage.page;
    const wanted = await theirs(async () => {
      await keyboard.type('abc');
      await keyboard.press('Shift+ArrowLeft');
      await keyboard.press('Shift+ArrowLeft');
      await keyboard.type('x');
    });
    const got = await ours(
      () => lab.click('#editor'),
      () => lab.type('#editor', 'abc'),
      () => lab.key('#editor', 'ArrowLeft', ['shift']),
      () => lab.key('#editor', 'ArrowLeft', ['shift']),
      () => lab.type('#editor', 'x'),
    );
    expect(got).toBe(wanted);
    expect(got).toBe('ax');
  });

  test('selecting all, and deleting it', async () => {
    const got = await ours(
      () => lab.click('#editor'),
      () => lab.type('#editor', 'abc'),
      () => lab.key('#editor', 'a', ['control']),
      () => lab.key('#editor', 'Delete'),
      () => lab.type('#editor', 'new'),
    );
    expect(got).toBe('new');
  });

  test('a paste', async () => {
    const text = 'a text long enough to have been pasted rather than typed';
    await ours(() => lab.click('#editor'));
    await labPage.page.evaluate((pasted) => lab.type('#editor', pasted), text);
    await settled();
    expect(await labPage.page.evaluate(() => editors.text())).toBe(text);
  });

  test('no error of ours or of the editor', () => expect(labPage.errors).toEqual([]));
});
