import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchBrowser, launchWithExtension } from '../tools/browser.mjs';
import { startServer } from '../tools/product.mjs';

/** Two browsers, each with its window in front, as in life; without names that only a network's mDNS could resolve. */
const FLAGS = ['--disable-features=WebRtcHideLocalIpsWithMdns'];

/** @typedef {import('playwright-core').Page} Page */
/**
 * @typedef {object} Together
 * @property {string} url the server's
 * @property {import('playwright-core').Browser} browser the customer's
 * @property {import('playwright-core').BrowserContext} context the agent's browser, which has the extension
 * @property {() => Promise<Page>} openConsole signed in, ready to join
 */

/**
 * The built product: its server, an agent's browser and a customer's. All is closed when the work is done.
 * @param {(together: Together) => Promise<void>} work
 */
export async function withProduct(work) {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-bench-'));
  const server = await startServer({ DEMO: '1', DATABASE_URL: join(folder, 'history.db'), PORT: '0' });
  const { context, extensionUrl } = await launchWithExtension(resolve('dist/extension'), join(folder, 'profile'), {
    args: FLAGS,
  });
  const browser = await launchBrowser(FLAGS);
  try {
    const options = await context.newPage();
    await options.goto(`${extensionUrl}/options/options.html`);
    await options.getByRole('textbox', { name: 'Server' }).fill(server.url);
    await options.getByRole('textbox', { name: 'Server' }).press('Enter');
    await options.getByText(/saved/iu).first().waitFor();
    await options.close();
    await work({ url: server.url, browser, context, openConsole: () => openConsole(context, extensionUrl) });
  } finally {
    await context.close();
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Page} customer on a page with the snippet @returns {Promise<string>} the session ID */
export async function startSession(customer) {
  await customer.getByRole('button', { name: 'Start Co-browse' }).click();
  await customer.getByRole('dialog', { name: 'Co-browse' }).getByRole('button', { name: 'Yes' }).click();
  const status = customer.getByRole('status', { name: 'Session ID' });
  await status.filter({ hasText: /\d{3}-\d{3}-\d{3}/u }).waitFor();
  return /\d{3}-\d{3}-\d{3}/u.exec((await status.textContent()) ?? '')?.[0] ?? '';
}

/** @param {Page} agent @param {string} digits */
export async function joinSession(agent, digits) {
  await agent.getByRole('textbox', { name: 'Session ID' }).fill(digits);
  await agent.getByRole('button', { name: 'Join co-browse' }).click();
}

/** @param {import('playwright-core').BrowserContext} context @param {string} extensionUrl */
async function openConsole(context, extensionUrl) {
  const agent = await context.newPage();
  await agent.goto(`${extensionUrl}/console/console.html`);
  const email = agent.getByRole('textbox', { name: 'Email' });
  const sessionId = agent.getByRole('textbox', { name: 'Session ID' });
  await sessionId.or(email).waitFor();
  if (await email.isVisible()) {
    await email.fill('agent@demo.example');
    await agent.getByLabel('Password').fill('demo');
    await agent.getByRole('button', { name: 'Sign in' }).click();
    await sessionId.waitFor();
  }
  return agent;
}
