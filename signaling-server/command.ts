import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Role } from '../protocol/signaling.ts';
import { listAccounts, normalizeEmail, putAccount, ROLES } from './agents/accounts.ts';
import { createPasswords, PASSWORD_COST } from './agents/passwords.ts';
import { ConfigError, type Config } from './config.ts';
import { openDatabase, type Database } from './history/database.ts';
import { isOriginPattern } from './sites/origin.ts';
import { isFileHost } from './sites/settings.ts';
import { putSite, SITE_KEY_PATTERN } from './sites/sites.ts';

export const COMMANDS_USAGE = `Usage:
  main.js                                                      start the server
  main.js site add KEY --name NAME --origin URL [--origin URL] [--phone NUMBER]
                       [--file-host URL]... [--no-write-mode] [--write-mode-ends-with-page]
  main.js site list
  main.js account add EMAIL --name NAME --role agent|lead|admin --site KEY
  main.js account list
The password of a new account is read from standard input; without one it is made up and printed once.`;

const MIN_PASSWORD_UNITS = 10;
const MAX_PASSWORD_UNITS = 1_024;
const PASSWORD_TIMEOUT_MS = 30_000;

/** Where a command reads and writes; the process's own streams unless a test says otherwise. */
interface CommandStreams {
  readonly print: (line: string) => void;
  /** Empty when nobody piped anything. */
  readonly readPassword: () => Promise<string>;
}

/**
 * The operator's commands. They work beside a running server, on the same file.
 * @returns false when the words make no command.
 * @throws ConfigError with a sentence for what is wrong in the words.
 */
export async function runCommand(
  words: readonly string[],
  config: Config,
  streams: CommandStreams = PROCESS_STREAMS,
): Promise<boolean> {
  const command = words.slice(0, 2).join(' ');
  const run = COMMANDS.get(command);
  if (run === undefined) return false;
  const database = await openDatabase(config.databaseFile, config.databaseKey);
  try {
    await run(database, parseWords(words.slice(2)), streams);
  } finally {
    await database.destroy();
  }
  return true;
}

type Words = ReturnType<typeof parseWords>;

const COMMANDS = new Map<string, (database: Database, words: Words, streams: CommandStreams) => Promise<void>>([
  ['site add', addSite],
  ['site list', printSites],
  ['account add', addAccount],
  ['account list', printAccounts],
]);

async function addSite(database: Database, { first, options }: Words, { print }: CommandStreams): Promise<void> {
  if (!new RegExp(SITE_KEY_PATTERN, 'u').test(first)) {
    throw new ConfigError('KEY must be lower-case letters, digits and hyphens.');
  }
  const origins = options.origin ?? [];
  const wrong = origins.find((origin) => !isOriginPattern(origin));
  if (wrong !== undefined) {
    throw new ConfigError(`--origin must be like https://shop.example.com or https://*.example.com, not "${wrong}".`);
  }
  if (origins.length === 0) throw new ConfigError('At least one --origin is needed: the pages that carry the snippet.');
  const fileHosts = options['file-host'] ?? [];
  const wrongHost = fileHosts.find((host) => !isFileHost(host));
  if (wrongHost !== undefined) {
    throw new ConfigError(`--file-host must be like https://cdn.example.com, not "${wrongHost}".`);
  }
  const settings = {
    fileHosts,
    phone: options.phone ?? '',
    writeMode: options['no-write-mode'] !== true,
    writeModeEndsWithPage: options['write-mode-ends-with-page'] === true,
  };
  await putSite(database, {
    key: first,
    name: required('--name', options.name),
    origins,
    settings,
  });
  print(`Site ${first} is ready.`);
}

async function printSites(database: Database, _words: Words, { print }: CommandStreams): Promise<void> {
  const rows = await database.selectFrom('sites').selectAll().orderBy('key').execute();
  for (const row of rows) print([row.key, row.name, row.origins].join('\t'));
}

async function addAccount(database: Database, { first, options }: Words, streams: CommandStreams): Promise<void> {
  const email = normalizeEmail(first);
  if (!/^[^\s@]+@[^\s@]+$/u.test(email) || email.length > 254) throw new ConfigError('EMAIL must be an email address.');
  const name = required('--name', options.name);
  const role = ROLES.find((known): known is Role => known === options.role);
  if (role === undefined) throw new ConfigError('--role must be agent, lead or admin.');
  const siteKey = required('--site', options.site);
  const site = await database.selectFrom('sites').select('key').where('key', '=', siteKey).executeTakeFirst();
  if (site === undefined) throw new ConfigError(`There is no site "${siteKey}": make it with "site add" first.`);

  const typed = await streams.readPassword();
  if (typed !== '' && (typed.length < MIN_PASSWORD_UNITS || typed.length > MAX_PASSWORD_UNITS)) {
    throw new ConfigError(`The password must have ${MIN_PASSWORD_UNITS} to ${MAX_PASSWORD_UNITS} characters.`);
  }
  const password = typed === '' ? randomBytes(15).toString('base64url') : typed;
  await putAccount(database, createPasswords(PASSWORD_COST, 1), {
    email,
    name,
    role,
    siteKey,
    password,
  });
  streams.print(`Account ${email} is ready.`);
  if (typed === '') streams.print(`Password (shown this once): ${password}`);
}

async function printAccounts(database: Database, _words: Words, { print }: CommandStreams): Promise<void> {
  for (const account of await listAccounts(database)) {
    print([account.email, account.name, account.role, account.site.key].join('\t'));
  }
}

function parseWords(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        role: { type: 'string' },
        site: { type: 'string' },
        phone: { type: 'string' },
        origin: { type: 'string', multiple: true },
        'file-host': { type: 'string', multiple: true },
        'no-write-mode': { type: 'boolean' },
        'write-mode-ends-with-page': { type: 'boolean' },
      },
    });
    return { first: positionals[0] ?? '', options: values };
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error));
  }
}

function required(option: string, value: string | undefined): string {
  const text = (value ?? '').trim();
  if (text === '' || text.length > 200) throw new ConfigError(`${option} is needed, with 1 to 200 characters.`);
  return text;
}

const PROCESS_STREAMS: CommandStreams = {
  print: (line) => console.log(line),
  async readPassword() {
    if (process.stdin.isTTY) return '';
    const tooLong = setTimeout(() => {
      process.stdin.destroy(new ConfigError('No password came on standard input: close it to have one made up.'));
    }, PASSWORD_TIMEOUT_MS);
    let text = '';
    for await (const chunk of process.stdin) {
      text += String(chunk);
      if (text.length > MAX_PASSWORD_UNITS + 2) break;
    }
    clearTimeout(tooLong);
    return text.replace(/\r?\n$/u, '');
  },
};
