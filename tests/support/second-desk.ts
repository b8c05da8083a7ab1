import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { launchWithExtension } from '../../tools/browser.mjs';
import type { Product } from './product.ts';

/** Another person's browser with the extension in it, as it comes: no server set, nobody signed in. */
export interface SecondDesk {
  /** A page of the extension, such as `popup/popup.html`. */
  open(path: string): Promise<Page>;
  setServer(url: string): Promise<void>;
  /** Signs out whoever was signed in. */
  signIn(email: string): Promise<void>;
  close(): Promise<void>;
}

export async function startSecondDesk(product: Product): Promise<SecondDesk> {
  const profile = mkdtempSync(join(tmpdir(), 'alongside-desk-'));
  const { context, extensionUrl } = await launchWithExtension(resolve('dist/extension'), profile);
  context.setDefaultTimeout(60_000);

  async function open(path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${extensionUrl}/${path}`);
    return page;
  }

  async function setServer(url: string): Promise<void> {
    const page = await open('options/options.html');
    await page.getByRole('textbox', { name: 'Server' }).fill(url);
    await page.getByRole('textbox', { name: 'Server' }).press('Enter');
    await page.getByText('Saved.').waitFor();
    await page.close();
  }

  await setServer(product.url);
  return {
    open,
    setServer,
    async signIn(email) {
      const page = await open('console/console.html');
      const emailField = page.getByRole('textbox', { name: 'Email' });
      const sessionId = page.getByRole('textbox', { name: 'Session ID' });
      await emailField.or(sessionId).waitFor();
      if (await sessionId.isVisible()) {
        await page.locator('.agent-menu > button').click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
      }
      await emailField.fill(email);
      await page.getByLabel('Password').fill('demo');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await sessionId.waitFor();
      await page.close();
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
