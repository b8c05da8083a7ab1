import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * Starts the built server as its own process, as `npm start` does.
 * @param {Record<string, string>} env
 * @returns {Promise<{ url: string, stop: () => Promise<void>, kill: () => Promise<void>, log: string[] }>}
 */
export async function startServer(env) {
  const child = spawn(process.execPath, [resolve('dist/server/main.js')], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {string[]} */
  const log = [];
  const keep = (/** @type {string} */ line) => {
    log.push(line);
    if (log.length > 1_000) log.shift();
  };
  createInterface({ input: child.stderr }).on('line', keep);
  const url = await new Promise((found, failed) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      failed(new Error(`The server did not start.\n${log.join('\n')}`));
    }, START_TIMEOUT_MS);
    child.once('exit', (code) => failed(new Error(`The server ended with ${code}.\n${log.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line);
      const match = /https?:\/\/[\w.:[\]-]+/u.exec(line);
      if (match && /listening|ready/iu.test(line)) {
        clearTimeout(timer);
        found(match[0]);
      }
    });
  });
  child.removeAllListeners('exit');
  return {
    url,
    log,
    async kill() {
      const gone = once(child, 'exit');
      if (child.kill('SIGKILL')) await gone;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(timer);
    },
  };
}
