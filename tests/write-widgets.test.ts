import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WriteLab } from './lab/write-mode.ts';
import { INSTALLING_MS, installLibraries } from './support/libraries.ts';
import { startWriteLab, type WriteLabPage } from './support/write-lab.ts';

/** Lists and calendars that libraries draw themselves: the agent opens them, chooses, and the page has the value. */
declare const lab: WriteLab;
declare const widgets: { show(name: string): void; value(): string };

let labPage: WriteLabPage;

beforeAll(async () => {
  installLibraries();
  labPage = await startWriteLab(
    'lab/widgets/index.html',
    [
      'react',
      'react-dom/client',
      'vue',
      'dayjs',
      '@mui/material',
      '@mui/x-date-pickers',
      '@mui/x-date-pickers/AdapterDayjs',
      'vuetify',
      'vuetify/components',
      '@shoelace-style/shoelace',
      '@ionic/core/components/index.js',
      '@ionic/core/components/ion-datetime.js',
      '@ionic/core/components/ion-select-option.js',
      '@ionic/core/components/ion-select.js',
    ],
    'widgets',
  );
}, INSTALLING_MS);
afterAll(() => labPage?.close());

interface Widget {
  readonly name: string;
  readonly opener: (page: Page) => Locator;
  /** What the agent types to find it. */
  readonly text?: string;
  readonly choice?: (page: Page) => Locator;
  readonly value: string;
}

const WIDGETS: readonly Widget[] = [
  {
    name: 'MUI combobox',
    opener: (page) => page.getByRole('combobox', { name: 'City' }),
    text: 'ky',
    choice: (page) => page.getByRole('option', { name: 'Kyoto' }),
    value: 'Kyoto',
  },
  {
    name: 'MUI select',
    opener: (page) => page.getByRole('combobox'),
    choice: (page) => page.getByRole('option', { name: 'Return' }),
    value: 'two',
  },
  {
    name: 'MUI date picker',
    opener: (page) => page.getByRole('button', { name: 'Choose date' }),
    choice: (page) => page.getByRole('gridcell', { name: '20' }),
    value: '2026-04-20',
  },
  {
    name: 'Vuetify select',
    opener: (page) => page.locator('.v-field'),
    choice: (page) => page.getByRole('option', { name: 'South' }),
    value: 'South',
  },
  {
    name: 'Vuetify combobox',
    opener: (page) => page.locator('.v-combobox input'),
    text: 'Po',
    choice: (page) => page.getByRole('option', { name: 'Poetry' }),
    value: 'Poetry',
  },
  {
    name: 'Vuetify date picker',
    opener: (page) => page.locator('.v-date-picker-month__day button', { hasText: /^20$/u }),
    value: '2026-04-20',
  },
  {
    name: 'Ionic select',
    opener: (page) => page.locator('ion-select'),
    choice: (page) => page.getByRole('radio', { name: 'Large' }),
    value: 'l',
  },
  {
    name: 'Ionic date picker',
    opener: (page) => page.locator('ion-datetime button[data-month="4"][data-day="20"]'),
    value: '2026-04-20',
  },
  {
    name: 'Shoelace select',
    opener: (page) => page.locator('sl-select'),
    choice: (page) => page.locator('sl-option', { hasText: 'Green' }),
    value: 'green',
  },
];

/** A refused click has done nothing; what covers the target goes away. */
async function click(target: Locator): Promise<void> {
  const element = await target.elementHandle();
  const act = (): Promise<string> => labPage.page.evaluate((node) => lab.click(node as Node), element);
  await expect.poll(act).toMatch(/^(?:done|prevented)$/u);
}

test.for(WIDGETS)('$name', async ({ name, opener, text, choice, value }) => {
  const { page } = labPage;
  await page.evaluate((widget) => widgets.show(widget), name);
  await click(opener(page));
  if (text) expect(await page.evaluate((typed) => lab.type(document.activeElement!, typed), text)).toBe('done');
  if (choice) await click(choice(page));
  await expect.poll(() => page.evaluate(() => widgets.value())).toContain(value);
});

test('no error of ours or of the libraries', () => expect(labPage.errors).toEqual([]));
