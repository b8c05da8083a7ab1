import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'libsql';
import type { BrowserContext, Frame, FrameLocator, Page } from 'playwright-core';
import { launchWithExtension } from '../../tools/browser.mjs';
import { startServer } from '../../tools/product.mjs';

/** The built product, running: the real server, a real browser with the real extension. */
export interface Product {
  readonly url: string;
  readonly extensionUrl: string;
  readonly context: BrowserContext;
  /** The server's log lines so far. */
  readonly log: readonly string[];
  /** A page of the demo company, or any other address. */
  customer(path?: string): Promise<Page>;
  /** A console, signed in. */
  agent(email?: string): Promise<Page>;
  historyRow(historyId: string): HistoryRow;
  /** Ends the server with `kill -9`; `startServerAgain` starts it at the same address. */
  killServer(): Promise<void>;
  startServerAgain(): Promise<void>;
  /** Changes the demo site's settings in the database; they count for sessions started from then on. */
  setSite(settings: Record<string, unknown>): void;
  close(): Promise<void>;
}

export interface HistoryRow {
  readonly siteKey: string;
  readonly channel: string;
  readonly agentId: string | null;
  readonly startedAt: number;
  readonly joinedAt: number | null;
  readonly endedAt: number | null;
  readonly endReason: string | null;
}

/**
 * @param extension the folder it is loaded from
 * @param env settings of the server beside the demo's
 * @param browser flags of Chromium beside the usual ones, and those of the usual that are left out
 */
export async function startProduct(
  extension = resolve('dist/extension'),
  env: Readonly<Record<string, string>> = {},
  browser: { readonly args?: readonly string[]; readonly without?: readonly string[] } = {},
): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-test-'));
  const database = join(folder, 'history.db');
  const environment = { DEMO: '1', DATABASE_URL: database, ...env };
  let server = await startServer({ ...environment, PORT: '0' });
  const { context, extensionUrl } = await launchWithExtension(extension, join(folder, 'profile'), browser);
  context.setDefaultTimeout(60_000);
  const options = await context.newPage();
  await options.goto(`${extensionUrl}/options/options.html`);
  await options.getByRole('textbox', { name: 'Server' }).fill(server.url);
  await options.getByRole('textbox', { name: 'Server' }).press('Enter');
  await options.getByText(/saved/iu).first().waitFor();
  await options.close();

  return {
    url: server.url,
    extensionUrl,
    context,
    get log() {
      return server.log;
    },
    async customer(path = '/demo/') {
      const page = await context.newPage();
      await page.goto(new URL(path, server.url).href);
      return page;
    },
    async agent(email = 'agent@demo.example') {
      const page = await context.newPage();
      try {
        await openConsole(page, extensionUrl, email);
      } catch {
        // What is set up before the stories of a file gets no second try from the runner, and all of them hang on it.
        const words = await page.innerText('body').catch(String);
        console.warn(`The console did not open.\nIt says: ${words}\nThe server: ${server.log.slice(-20).join('\n')}`);
        await openConsole(page, extensionUrl, email);
      }
      return page;
    },
    historyRow(historyId) {
      const reader = new Database(database, { readonly: true });
      try {
        return reader.prepare('select * from sessions where historyId = ?').get(historyId) as HistoryRow;
      } finally {
        reader.close();
      }
    },
    killServer: () => server.kill(),
    async startServerAgain() {
      server = await startServer({ ...environment, PORT: new URL(server.url).port });
    },
    setSite(settings) {
      const writer = new Database(database);
      writer.prepare("update sites set settings = ? where key = 'demo'").run(JSON.stringify(settings));
      writer.close();
    },
    async close() {
      await context.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openConsole(page: Page, extensionUrl: string, email: string): Promise<void> {
  await page.goto(`${extensionUrl}/console/console.html`);
  const sessionId = page.getByRole('textbox', { name: 'Session ID' });
  const emailField = page.getByRole('textbox', { name: 'Email' });
  await sessionId.or(emailField).waitFor();
  if (await emailField.isVisible()) await signIn(page, email);
  await sessionId.waitFor();
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Clicks through to the nine digits. */
export async function startSession(customer: Page): Promise<string> {
  await customer.bringToFront();
  await customer.getByRole('button', { name: 'Start Co-browse' }).click();
  await customer.getByRole('dialog', { name: 'Co-browse' }).getByRole('button', { name: 'Yes' }).click();
  return readDigits(customer);
}

export async function readDigits(customer: Page): Promise<string> {
  const status = customer.getByRole('status', { name: 'Session ID' });
  await status.filter({ hasText: /\d{3}-\d{3}-\d{3}/u }).waitFor();
  const digits = /\d{3}-\d{3}-\d{3}/u.exec((await status.textContent()) ?? '')?.[0];
  return (digits ?? '').replaceAll('-', '');
}

export async function joinSession(agent: Page, digits: string): Promise<void> {
  await agent.bringToFront();
  await agent.getByRole('textbox', { name: 'Session ID' }).fill(digits);
  await agent.getByRole('button', { name: 'Join co-browse' }).click();
}

/** Starts a session on the customer's page and joins it, until the console says that it is live. @returns its digits */
export async function meet(agent: Page, customer: Page): Promise<string> {
  const digits = await startSession(customer);
  await joinSession(agent, digits);
  await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
  return digits;
}

/** Write mode by the console's switch and the customer's Allow; the mirror in its own size, agent in front. */
export async function allowWriting(agent: Page, customer: Page): Promise<void> {
  // The driver clicks beside the elements of a frame that is scaled.
  await agent.getByRole('button', { name: '1:1' }).click();
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  await agent.bringToFront();
  await agent.getByRole('switch', { name: 'Write Mode', checked: true }).waitFor();
}

export const MIRROR = 'iframe[title="Customer\'s browser"]';

export function mirrorOf(agent: Page): FrameLocator {
  return agent.frameLocator(MIRROR);
}

export function mirrorFrame(agent: Page): Frame {
  const frame = agent.frames().find((candidate) => candidate.url().includes('/viewer/viewer.html'));
  if (!frame) throw new Error('There is no mirror.');
  return frame;
}

export function historyIdOf(customer: Page): Promise<string> {
  return customer.evaluate(
    () => (window as unknown as { Alongside: { session: { historyId: string } } }).Alongside.session.historyId,
  );
}

/** Ends what a page may have open, then closes it: an agent has one session at a time, and the next test wants one. */
export async function leave(page: Page): Promise<void> {
  if (page.isClosed()) return;
  await page.evaluate(() => (window as unknown as { Alongside?: { end(): void } }).Alongside?.end()).catch(() => {});
  const exit = page.getByRole('button', { name: 'Exit Session' });
  if (await exit.isVisible()) {
    await exit.click();
    await page.getByRole('textbox', { name: 'Session ID' }).waitFor();
  } else {
    await page
      .waitForFunction(() => !(window as unknown as { Alongside?: { session: unknown } }).Alongside?.session)
      .catch(() => {});
  }
  await page.close();
}
