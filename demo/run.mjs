import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { ensureBrowser, launchWithExtension } from '../tools/browser.mjs';
import { startServer } from '../tools/product.mjs';
import { playRoad } from './road.mjs';

/** `npm run demo`: the whole product with a company's site, for looking at. See contract in the README. */
const EXTENSION = resolve('dist/extension');
const OUT = resolve('demo/out');
const PASSWORD = 'demo';
const ACCOUNTS = ['agent@demo.example', 'agent2@demo.example', 'lead@demo.example', 'admin@demo.example'];

const withBrowser = !process.argv.includes('--no-browser');
const hasDisplay =
  process.platform === 'darwin' ||
  process.platform === 'win32' ||
  Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/** @type {(() => Promise<void> | void)[]} */
const closers = [];
const over = new Promise((resolveOver) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolveOver(undefined));
});

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  // One that fails, also at once, must not keep the others from their turn.
  for (const close of closers.reverse())
    await Promise.resolve()
      .then(close)
      .catch(() => {});
}

async function run() {
  if (withBrowser) ensureBrowser();
  say('Building …');
  const { status } = spawnSync(process.execPath, ['tools/build.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The build failed.');
  const server = await startServer({ DEMO: '1' });
  closers.push(() => server.stop());
  // Whatever else ends this process, the server does not outlive it.
  process.once('exit', () => void server.kill());
  const site = `${server.url}/demo/`;
  say(`extension ${EXTENSION} (chrome://extensions → Developer mode → Load unpacked)`);
  say(`site      ${site}`);
  say(`accounts  ${ACCOUNTS.join(', ')} (password: ${PASSWORD})`);
  say(`ready ${server.url}`);
  if (withBrowser) await show(server.url, site);
  say('Running until Ctrl+C.');
  await over;
  say('Stopping …');
}

/**
 * @param {string} server
 * @param {string} site
 */
async function show(server, site) {
  const profile = mkdtempSync(join(tmpdir(), 'alongside-demo-'));
  closers.push(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  const { context, extensionUrl } = await launchWithExtension(EXTENSION, profile, { headless: !hasDisplay });
  closers.push(() => context.close());
  const console_ = await context.newPage();
  await signIn(console_, extensionUrl, server);
  const customer = await context.newPage();
  await customer.goto(site);
  if (hasDisplay) {
    say(
      'Signed in as agent@demo.example. Click "Start Co-browse" on the site and type the nine digits into the console.',
    );
    context.once('close', () => process.kill(process.pid, 'SIGTERM'));
    return;
  }
  if (existsSync(OUT)) rmSync(OUT, { recursive: true });
  mkdirSync(OUT, { recursive: true });
  await playRoad({ customer, agent: console_, out: OUT, say });
  // The road is played; the server stays for whoever wants to try it by hand.
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} extensionUrl
 * @param {string} server
 */
async function signIn(page, extensionUrl, server) {
  if (server !== 'http://127.0.0.1:8787') {
    await page.goto(`${extensionUrl}/options/options.html`);
    await page.getByRole('textbox', { name: 'Server' }).fill(server);
    await page.getByRole('textbox', { name: 'Server' }).press('Enter');
    await page.getByRole('status').filter({ hasText: /saved/iu }).waitFor();
  }
  await page.goto(`${extensionUrl}/console/console.html`);
  await page.getByRole('textbox', { name: 'Email' }).fill('agent@demo.example');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'Session ID' }).waitFor();
}

/** @param {string} line */
function say(line) {
  console.log(line);
}
