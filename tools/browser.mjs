import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Without these a headless Chromium looks for the internet all the time, and in a closed network finds none. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Machines that run tests share their cores; a page in the background must not be slowed down further.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The browser to drive: `CHROME_PATH`, or where systems usually have it.
 * @returns {string | null}
 */
export function findBrowser() {
  const path = [process.env['CHROME_PATH'], ...USUAL_PLACES].find((place) => place && existsSync(place));
  return path ?? null;
}

/**
 * Finds a browser, or installs one from the system's packages where that is allowed.
 * @returns {string} its path
 * @throws with a sentence that says how to get one
 */
export function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No Chromium or Chrome was found: installing the chromium package …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'], env });
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium or Chrome was found. Install one (Debian, Ubuntu: sudo apt-get install chromium) or set CHROME_PATH to it.',
  );
}

function rootFlags() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * A headless browser without extensions.
 * @param {readonly string[]} [args] more of Chromium's flags
 */
export function launchBrowser(args = []) {
  return chromium.launch({
    executablePath: ensureBrowser(),
    headless: true,
    args: ['--headless=new', ...QUIET, ...rootFlags(), ...args],
  });
}

/**
 * A browser with the built extension loaded, as an agent has it.
 * @param {string} extension the folder `npm run build` made
 * @param {string} profile an empty folder
 * @param {{ headless?: boolean, args?: readonly string[], without?: readonly string[] }} [options] `args`: more of
 *   Chromium's flags; `without`: of Playwright's
 */
export async function launchWithExtension(extension, profile, { headless = true, args = [], without = [] } = {}) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureBrowser(),
    headless,
    // Whoever started us closes in order: Playwright's own handlers would end the process before the server is stopped.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    viewport: headless ? { width: 1280, height: 800 } : null,
    ignoreDefaultArgs: ['--disable-extensions', ...without],
    args: [
      ...(headless ? ['--headless=new'] : []),
      ...QUIET,
      ...rootFlags(),
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      ...args,
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  return { context, extensionUrl: `chrome-extension://${new URL(worker.url()).host}` };
}
