import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * A program of this bench in a process of its own.
 * @typedef {object} Program
 * @property {(name: string, ...args: unknown[]) => Promise<any>} call what the program offers under this name
 * @property {() => Promise<void>} stop
 */

/**
 * @param {string} file
 * @param {readonly unknown[]} args of its `start`
 * @returns {Promise<Program>}
 */
export async function startProgram(file, ...args) {
  const child = fork(file, [], { execArgv: ['--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let last = 0;
  child.on('message', (/** @type {{ id: number, value?: unknown, error?: string }} */ { id, value, error }) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  });
  child.on('exit', (code) => {
    for (const call of waiting.values()) call.reject(new Error(`${file} ended with ${code}.`));
    waiting.clear();
  });
  /** @type {Program['call']} */
  const call = (name, ...callArgs) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      child.send({ id: last, name, args: callArgs });
    });
  await call('start', ...args);
  return {
    call,
    async stop() {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/**
 * The other end: answers calls until the parent is gone.
 * @param {Record<string, (...args: any[]) => unknown>} offers
 */
export function answerCalls(offers) {
  /** @param {{ id: number, name: string, args: unknown[] }} call */
  async function answer({ id, name, args }) {
    try {
      process.send?.({ id, value: await offers[name]?.(...args) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  process.on('message', (call) => void answer(/** @type {Parameters<typeof answer>[0]} */ (call)));
  process.on('disconnect', () => process.exit());
}
