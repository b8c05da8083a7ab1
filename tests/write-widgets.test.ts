import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WriteLab } from './lab/write-mode.ts';
import { WIDGETS_LIBRARIES } from './support/lab-server.ts';
import { INSTALLING_MS, installLibraries } from './support/libraries.ts';
import { WIDGETS } from './support/widgets.ts';
import { startWriteLab, type WriteLabPage } from './support/write-lab.ts';

/** Lists and calendars that libraries draw themselves: the agent opens them, chooses, and the page has the value. */
declare const lab: WriteLab;
declare const widgets: { show(name: string): void; value(): string };

let labPage: WriteLabPage;

beforeAll(async () => {
  installLibraries();
  labPage = await startWriteLab('lab/widgets/index.html', WIDGETS_LIBRARIES, 'widgets');
}, INSTALLING_MS);
afterAll(() => labPage?.close());

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
