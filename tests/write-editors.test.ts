import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Editor, EditorLab } from './lab/editors/index.ts';
import type { WriteLab } from './lab/write-mode.ts';
import { INSTALLING_MS, installLibraries } from './support/libraries.ts';
import { startWriteLab, type WriteLabPage } from './support/write-lab.ts';

/** Editors with a document of their own: what the agent types there is what a person would have typed. */
declare const lab: WriteLab;
declare const editors: EditorLab;

let labPage: WriteLabPage;

beforeAll(async () => {
  installLibraries();
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
    'monaco-editor',
  ]);
}, INSTALLING_MS);
afterAll(() => labPage?.close());

describe.each<Editor>(['prosemirror', 'quill', 'codemirror', 'lexical', 'monaco'])('%s', (name) => {
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
      () => lab.type(document.activeElement!, 'one'),
      () => lab.key(document.activeElement!, 'Enter'),
      () => lab.type(document.activeElement!, 'twoo'),
      () => lab.key(document.activeElement!, 'Backspace'),
    );
    expect(got).toBe(wanted);
    expect(got).toBe('one\ntwo');
  });

  test.runIf(name === 'monaco')('letters as keys, because its markup does not say that it is an editor', async () => {
    const got = await ours(
      () => lab.click('#editor'),
      () => lab.key(document.activeElement!, 'a'),
      () => lab.key(document.activeElement!, ' '),
      () => lab.key(document.activeElement!, 'b'),
    );
    expect(got).toBe('a b');
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
      () => lab.type(document.activeElement!, 'abc'),
      () => lab.key(document.activeElement!, 'ArrowLeft', ['shift']),
      () => lab.key(document.activeElement!, 'ArrowLeft', ['shift']),
      () => lab.type(document.activeElement!, 'x'),
    );
    expect(got).toBe(wanted);
    expect(got).toBe('ax');
  });

  test('selecting all, and deleting it', async () => {
    const got = await ours(
      () => lab.click('#editor'),
      () => lab.type(document.activeElement!, 'abc'),
      () => lab.key(document.activeElement!, 'a', ['control']),
      () => lab.key(document.activeElement!, 'Delete'),
      () => lab.type(document.activeElement!, 'new'),
    );
    expect(got).toBe('new');
  });

  test('a paste', async () => {
    const text = 'a text long enough to have been pasted rather than typed';
    await ours(() => lab.click('#editor'));
    await labPage.page.evaluate((pasted) => lab.type(document.activeElement!, pasted), text);
    await settled();
    expect(await labPage.page.evaluate(() => editors.text())).toBe(text);
  });

  test('no error of ours or of the editor', () => expect(labPage.errors).toEqual([]));
});
