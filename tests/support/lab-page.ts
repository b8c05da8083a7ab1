import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openLab, type LabPages } from './lab.ts';

let labs: LabPages;

/** For each test, with the lab ready in it. */
export let page: Page;

/**
 * To be said once by a file whose stories are all of one page in the lab.
 * @param isNew a page of its own for each: the pointer has never been there. Otherwise the same is loaded anew, which takes
 *   a third of the time
 */
export function eachInLab({ isNew = false } = {}): void {
  beforeAll(async () => {
    labs = await openLab();
  });
  afterAll(() => labs?.close());
  beforeEach(isNew ? openPage : renewPage);
}

export async function renewPage(): Promise<void> {
  try {
    page.removeAllListeners();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await labs.load(page);
  } catch {
    // There is none yet, or it does not answer any more.
    await openPage();
  }
}

async function openPage(): Promise<void> {
  await page?.close();
  page = await labs.open();
}
