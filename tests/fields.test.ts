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
