import type { FrameLocator, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** It only bounds waits that will never end. */
const CLICK_MS = 30_000;

/** Once it stands still in the mirror, where it stands on the page: what a library opens takes its time to find a place. */
export async function clickIn(
  mirror: FrameLocator,
  customer: Page,
  target: (page: Page | FrameLocator) => Locator,
  timeout = CLICK_MS,
): Promise<void> {
  const howFarOff = async (): Promise<number> => {
    const [shown, real, frame] = await Promise.all([
      target(mirror).boundingBox({ timeout }),
      target(customer).boundingBox({ timeout }),
      mirror.owner().boundingBox(),
    ]);
    return shown && real && frame ? Math.hypot(shown.x - frame.x - real.x, shown.y - frame.y - real.y) : Infinity;
  };
  await target(mirror).waitFor({ timeout });
  await target(customer).scrollIntoViewIfNeeded({ timeout });
  await expect.poll(howFarOff, { timeout }).toBeLessThan(3);
  await target(mirror).click({ timeout });
}
