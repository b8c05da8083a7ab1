import type { Locator, Page } from 'playwright-core';

/** The page, or the mirror of it. */
type Place = Pick<Page, 'getByRole' | 'locator'>;

/** Lists and calendars that libraries draw themselves (tests/lab/widgets), and how one chooses in each. */
export interface Widget {
  readonly name: string;
  readonly opener: (page: Place) => Locator;
  /** What the agent types to find it. */
  readonly text?: string;
  readonly choice?: (page: Place) => Locator;
  readonly value: string;
}

export const WIDGETS: readonly Widget[] = [
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
