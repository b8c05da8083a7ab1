import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';

const USUAL_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];
const START_TIMEOUT_MS = 60_000;
const ANSWER_TIMEOUT_MS = 30_000;
const CLICK_TRIES = 100;
const TRY_EVERY_MS = 100;

/** A closed network has no other hosts to be hidden from, and no names for hidden ones. */
const PREFERENCES = {
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.peerconnection.ice.loopback': true,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.startup.homepage': 'about:blank',
};

/** A customer's page in Firefox, driven as far as a customer does. */
export interface FirefoxPage {
  goto(url: string): Promise<void>;
  /** As Playwright's: the function is carried over as text, arguments and result as JSON. */
  evaluate<Result, Args extends unknown[]>(act: (...args: Args) => Result, ...args: Args): Promise<Awaited<Result>>;
  /** With the real mouse, on a button of the widget. */
  press(button: string): Promise<void>;
  /** The same in the middle of an element of the page. */
  click(selector: string): Promise<void>;
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

/** `FIREFOX_PATH`, where systems usually have it, or from the system's packages where that is allowed. `null`: there is none. */
export function findFirefox(): string | null {
  const find = (): string | null =>
    [process.env['FIREFOX_PATH'], ...USUAL_PLACES].find((place) => place && existsSync(place)) ?? null;
  if (find() === null && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
      execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'firefox-esr'], {
        stdio: 'ignore',
        env,
      });
    } catch {
      return null;
    }
  }
  return find();
}

export async function startFirefox(program: string): Promise<FirefoxPage> {
  const profile = mkdtempSync(join(tmpdir(), 'alongside-firefox-'));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const child = spawn(program, ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', profile], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    if (child.exitCode === null) child.kill('SIGKILL');
    if (child.exitCode === null) await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return await openPage(await connect(await addressOf(child)), stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** It says where it listens once it does. */
function addressOf({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const patience = setTimeout(() => reject(new Error(`Firefox did not start: ${said}`)), START_TIMEOUT_MS);
    stderr?.on('data', (data: Buffer) => {
      said += data.toString();
      const address = /listening on (ws:\/\/\S+)/u.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(patience);
      resolve(`${address}/session`);
    });
  });
}

interface Answer {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  /** What was wrong. */
  readonly message?: string;
}

type Send = (method: string, params: object) => Promise<Record<string, unknown>>;

/** WebDriver BiDi (w3.org/TR/webdriver-bidi): commands with a number, and answers with the same. */
async function connect(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  socket.on('message', (data: Buffer) => {
    const answer = JSON.parse(data.toString()) as Answer;
    waiting.get(answer.id ?? 0)?.(answer);
    waiting.delete(answer.id ?? 0);
  });
  return (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      const patience = setTimeout(() => reject(new Error(`No answer to ${method}.`)), ANSWER_TIMEOUT_MS);
      waiting.set(last, ({ result, message }) => {
        clearTimeout(patience);
        if (result) resolve(result);
        else reject(new Error(`${method}: ${message}`));
      });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}

async function openPage(send: Send, stop: () => Promise<void>): Promise<FirefoxPage> {
  await send('session.new', { capabilities: {} });
  const { contexts } = await send('browsingContext.getTree', {});
  const [{ context }] = contexts as [{ context: string }];
  await send('browsingContext.setViewport', { context, viewport: { width: 1280, height: 800 } });

  async function evaluate<Result, Args extends unknown[]>(
    act: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> {
    const call = `(${String(act)})(...${JSON.stringify(args)})`;
    const answer = await send('script.evaluate', {
      expression: `(async () => JSON.stringify(await ${call}))()`,
      target: { context },
      awaitPromise: true,
    });
    if (answer['type'] === 'exception') throw new Error(JSON.stringify(answer['exceptionDetails']));
    const { value } = answer['result'] as { value?: string };
    return (value === undefined ? undefined : JSON.parse(value)) as Awaited<Result>;
  }

  async function clickAt(find: () => Promise<{ x: number; y: number } | null>, what: string): Promise<void> {
    for (let tries = 0; tries < CLICK_TRIES; tries += 1) {
      const at = await find();
      if (at) {
        const [x, y] = [Math.round(at.x), Math.round(at.y)];
        const actions = [
          { type: 'pointerMove', x, y },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ];
        await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
    }
    throw new Error(`There is nothing to click: ${what}`);
  }

  return {
    evaluate,
    async goto(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    press: (button) =>
      clickAt(
        () =>
          evaluate((name) => {
            const all = document.querySelector('alongside-widget')?.shadowRoot?.querySelectorAll('button') ?? [];
            const found = [...all].find(
              (one) => one.textContent.trim() === name && !one.disabled && one.offsetWidth > 0,
            );
            if (!found) return null;
            const { left, top, width, height } = found.getBoundingClientRect();
            return { x: left + width / 2, y: top + height / 2 };
          }, button),
        button,
      ),
    click: (selector) =>
      clickAt(
        () =>
          evaluate((wanted) => {
            const box = document.querySelector(wanted)?.getBoundingClientRect();
            return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : null;
          }, selector),
        selector,
      ),
    async type(text) {
      const actions = text.split('').flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      await send('input.performActions', { context, actions: [{ type: 'key', id: 'keys', actions }] });
    },
    close: stop,
  };
}
