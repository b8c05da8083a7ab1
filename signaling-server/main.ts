import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMANDS_USAGE, runCommand } from './command.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { createServer } from './server.ts';

export { readConfig } from './config.ts';
export { createServer } from './server.ts';

/** How long a stopping server may take before it is ended anyway. */
const STOP_TIMEOUT_MS = 10_000;

/** Started as a program, and not imported by a test or the demo. */
if (isProgram(process.argv[1])) {
  const [first, ...rest] = process.argv.slice(2);
  const work = first === undefined ? serve() : command([first, ...rest]);
  work.catch((error: unknown) => {
    // A sentence for what the operator can mend; the whole error for what they cannot.
    console.error(error instanceof ConfigError || isAddressError(error) ? error.message : error);
    process.exit(1);
  });
}

function isProgram(started: string | undefined): boolean {
  return started !== undefined && existsSync(started) && realpathSync(started) === fileURLToPath(import.meta.url);
}

async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const server = await createServer(config, { log, processMetrics: true });
  const url = await server.listen();
  log.info({ url, demo: config.demo, encrypted: config.databaseKey !== '' }, 'listening');
  if (config.demo && !url.includes('127.0.0.1') && !url.includes('[::1]') && !url.includes('localhost')) {
    log.warn('demo mode is open to the network, with passwords that everybody knows');
  }

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

async function command(words: readonly string[]): Promise<void> {
  const done = await runCommand(words, readConfig(process.env));
  if (!done) {
    console.error(COMMANDS_USAGE);
    process.exitCode = 2;
  }
}

function isAddressError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}
