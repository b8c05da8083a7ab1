import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openLab, type LabPages } from './lab.ts';

let labs: LabPages;

/** A fresh one for each test, with the lab ready in it. */
export let page: Page;

/** To be said once by a file whose stories are all of one page in the lab. */
export function eachInLab(): void {
  beforeAll(async () => {
    labs = await openLab();
  });
  afterAll(() => labs?.close());
  beforeEach(renewPage);
}

export async function renewPage(): Promise<void> {
  await page?.close();
  page = await labs.open();
}
