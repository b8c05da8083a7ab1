import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { WriteLab } from '../lab/write-mode.ts';
import { launchBrowser } from '../../tools/browser.mjs';
import { BUNDLING_MS, startLabServer } from './lab-server.ts';

declare const lab: WriteLab;

/** A page of the lab: the agent's hands in it without network, and the same by real input beside. */
export interface WriteLabPage {
  readonly page: Page;
  /** The page's own errors. */
  readonly errors: string[];
  show(html: string): Promise<void>;
  /** Does it twice on fresh pages: by real input, and as the agent's act. Both must be felt alike. */
  expectSameLog(same: SameLog): Promise<void>;
  close(): Promise<void>;
}

export interface SameLog {
  /** Puts up the page, before each of the two. */
  readonly show: () => Promise<void>;
  readonly real: () => Promise<unknown>;
  readonly ours: () => unknown;
  /** An expression that must have the same value after both. */
  readonly state?: string;
  /** What of the log is compared. */
  readonly only?: RegExp;
  /** Says the same about lines that differ where no script can help it. */
  readonly alike?: (log: readonly string[]) => readonly string[];
}

/** The real pointer was somewhere on the page before; the agent's comes from nowhere. */
const ARRIVAL = /^(?:pointer|mouse)(?:over|out|leave|enter|move) (?:html|body)/u;

/** @param ready the name of what the page's script leaves on the window when it is through */
export async function startWriteLab(
  path = 'lab/write-mode.html',
  include = ['react', 'react-dom/client'],
  ready = 'lab',
): Promise<WriteLabPage> {
  const server = await startLabServer({ path, include });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  const errors: string[] = [];
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(server.url, { timeout: BUNDLING_MS });
  await page.waitForFunction((name) => name in window, ready, { timeout: BUNDLING_MS });

  async function logOf({ show, only = /./u, alike = (log) => log }: SameLog, act: () => Promise<unknown>) {
    await page.mouse.move(799, 1);
    await show();
    await page.evaluate(() => lab.takeLog());
    await act();
    const log = await page.evaluate(() => lab.takeLog());
    return alike(log.filter((line) => only.test(line) && !ARRIVAL.test(line)));
  }

  return {
    page,
    errors,
    show: (html) => page.evaluate((markup) => lab.show(markup), html),
    async expectSameLog(same) {
      const readState = (): Promise<unknown> => page.evaluate(same.state ?? 'null');
      const wanted = await logOf(same, same.real);
      const wantedState = await readState();
      const got = await logOf(same, () => page.evaluate(same.ours));
      expect(got).toEqual(wanted);
      expect(await readState()).toEqual(wantedState);
      expect(wanted.length).toBeGreaterThan(0);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
