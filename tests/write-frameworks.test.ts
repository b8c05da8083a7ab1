import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Framework, FrameworkLab } from './lab/frameworks/index.ts';
import type { WriteLab } from './lab/write-mode.ts';
import { INSTALLING_MS, installLibraries } from './support/libraries.ts';
import { startWriteLab, type WriteLabPage } from './support/write-lab.ts';

/** One form in each framework: an act of the agent is felt, and does, what the same act of a person does. */
declare const lab: WriteLab;
declare const frameworks: FrameworkLab;

let labPage: WriteLabPage;

beforeAll(async () => {
  installLibraries();
  labPage = await startWriteLab('lab/frameworks/index.html', [
    'react',
    'react-dom/client',
    'vue',
    'lit',
    'svelte',
    'svelte/internal/client',
    'svelte/internal/disclose-version',
    '@angular/compiler',
    '@angular/core',
    '@angular/platform-browser',
  ]);
}, INSTALLING_MS);
afterAll(() => labPage?.close());

const FRAMEWORKS: readonly Framework[] = ['plain', 'react', 'vue', 'svelte', 'angular', 'lit'];
const STATE = `new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  .then(() => document.querySelector('#state').textContent)`;

describe.each(FRAMEWORKS)('%s', (name) => {
  const alike = (real: () => Promise<unknown>, ours: () => unknown): Promise<void> =>
    labPage.expectSameLog({
      show: () => labPage.page.evaluate((framework) => frameworks.show(framework), name),
      real,
      ours,
      state: STATE,
    });
  const state = (): Promise<unknown> => labPage.page.evaluate(STATE).then((json) => JSON.parse(json as string));

  test('typing into a field that the framework rewrites', async () => {
    const { page } = labPage;
    await alike(
      async () => {
        await page.click('#name');
        await page.keyboard.type('ada');
        await page.keyboard.press('Backspace');
      },
      () => {
        lab.click('#name');
        lab.type('#name', 'ada');
        lab.key('#name', 'Backspace');
      },
    );
    expect(await state()).toMatchObject({ name: 'AD' });
  });

  test('lines in a textarea, and leaving it', async () => {
    const { page } = labPage;
    await alike(
      async () => {
        await page.click('#notes');
        await page.keyboard.type('a\nb');
        await page.click('#press');
      },
      () => {
        lab.click('#notes');
        lab.type('#notes', 'a\nb');
        lab.click('#press');
      },
    );
    expect(await state()).toMatchObject({ notes: 'a\nb', pressed: 1 });
  });

  test('a tick, and taking it away by the keyboard', async () => {
    const { page } = labPage;
    await alike(
      async () => {
        await page.click('#agreed');
        await page.keyboard.press('Space');
        await page.keyboard.press('Space');
      },
      () => {
        lab.click('#agreed');
        lab.key('#agreed', ' ');
        lab.key('#agreed', ' ');
      },
    );
    expect(await state()).toMatchObject({ agreed: true });
  });

  test('a choice from a list', async () => {
    const { page } = labPage;
    await page.evaluate((framework) => frameworks.show(framework), name);
    expect(await page.evaluate(() => lab.select('#size', [1]))).toBe('done');
    expect(await state()).toMatchObject({ size: 'l' });
  });

  test('no error of ours or of the framework', () => expect(labPage.errors).toEqual([]));
});
