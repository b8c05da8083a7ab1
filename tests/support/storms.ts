import { expect } from 'vitest';
import type { Lab } from '../lab/source.ts';
import { page } from './lab-page.ts';

declare const lab: Lab;

const STORMS = 4;

/** Plays the page's own `storm()` again and again: once each has gone by, page and mirror are the same. */
export async function expectSameAfterStorms(): Promise<void> {
  for (let round = 0; round < STORMS; round += 1) {
    await page.evaluate('storm()');
    await expect.poll(() => page.evaluate(() => lab.difference()), { timeout: 20_000 }).toBe('');
  }
}
