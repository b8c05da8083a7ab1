import { scryptSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, Migrator, SqliteDialect, type Generated, type SqliteDatabase } from 'kysely';
import LibsqlDatabase from 'libsql';
import type { EndReason } from '../../protocol/errors.ts';
import type { RuleFault } from '../../protocol/rules.ts';
import type { Channel, Role } from '../../protocol/signaling.ts';
import { ConfigError } from '../config.ts';
import { MIGRATIONS } from './migrations.ts';

/** Times are milliseconds since 1970. */
interface Tables {
  readonly sites: SiteRow;
  readonly agents: AgentRow;
  readonly agentTokens: {
    readonly hash: string;
    readonly agentId: string;
    readonly expiresAt: number;
  };
  readonly sessions: SessionRow;
  readonly rules: RulesRow;
  readonly ruleProblems: RuleProblemRow;
  readonly acts: ActRow;
}

/** One line of a session's receipt. */
interface ActRow {
  readonly historyId: string;
  readonly number: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly act: string;
  readonly name: string;
  readonly outcome: string;
  readonly times: number;
}

export interface SiteRow {
  readonly key: string;
  readonly name: string;
  /** A JSON array of origin patterns, see sites/origin.ts. */
  readonly origins: string;
  /** A JSON object with what differs from the defaults, see sites/settings.ts. */
  readonly settings: string;
  /** 1: made by demo mode, closed whenever demo mode is off. */
  readonly demo: number;
}

interface AgentRow {
  readonly id: string;
  readonly siteKey: string;
  /** Lower case. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly disabled: number;
}

/** No page content, no addresses of pages. */
export interface SessionRow {
  readonly historyId: string;
  readonly siteKey: string;
  readonly channel: Channel;
  readonly interactionId: string | null;
  readonly agentId: string | null;
  readonly startedAt: number;
  readonly joinedAt: number | null;
  readonly endedAt: number | null;
  readonly endReason: EndReason | null;
  /** How many values were hidden from the agent; which, nobody knows. */
  readonly hiddenValues: Generated<number>;
  /** While the session lives: a JSON object, see live-state.ts. Afterwards nothing, the session ID least of all. */
  readonly live: string | null;
}

/** A published rule set. Rows are never changed: rolling back publishes the old one anew. */
interface RulesRow {
  readonly siteKey: string;
  readonly version: number;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly note: string;
  /** JSON: `RulesBody` of protocol/rules.ts. */
  readonly body: string;
}

interface RuleProblemRow {
  readonly siteKey: string;
  readonly version: number;
  readonly rule: number;
  readonly what: RuleFault;
  readonly count: number;
}

export type Database = Kysely<Tables>;

/** How long a statement waits, and everything with it, for another process (the `account` command) that is writing. Milliseconds. */
const BUSY_TIMEOUT_MS = 1_000;

/**
 * Opens the file, makes it when it is not there, and brings its shape up to date. With a key the file, its journal
 * included, is encrypted (AES-256); the same key must be given ever after.
 * @throws ConfigError when the file cannot be opened or the key is not the file's.
 */
export async function openDatabase(file: string, key: string): Promise<Database> {
  const database = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: rememberStatements(openFile(file, key)) }),
  });
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await database.destroy();
    throw error;
  }
  return database;
}

/** Different statements kept. There are a few dozen; only lists of values of every length could make more. */
const MAX_STATEMENTS = 200;

/** Preparing a statement takes longer than running it, and it is always the same few. */
function rememberStatements(connection: LibsqlDatabase.Database): SqliteDatabase {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  return {
    close() {
      statements.clear();
      connection.close();
    },
    prepare(sql) {
      let statement = statements.get(sql);
      if (statement === undefined) {
        if (statements.size >= MAX_STATEMENTS) statements.clear();
        const prepared = connection.prepare(sql);
        // Asked before each run, and as long a way to libsql as a fifth of the run.
        const { reader } = prepared;
        statement = {
          reader,
          all: sql.endsWith(' limit 1') ? (values) => firstOf(prepared, values) : (values) => prepared.all(values),
          run: (values) => prepared.run(values),
          iterate: (values) => prepared.iterate(values),
        };
        statements.set(sql, statement);
      }
      return statement;
    },
  };
}

/** Half of what `all` takes: libsql asks twice more for the rows that are not there. */
function firstOf(statement: LibsqlDatabase.Statement, values: readonly unknown[]): unknown[] {
  const row: unknown = statement.get(values);
  return row === undefined ? [] : [row];
}

function openFile(file: string, key: string): LibsqlDatabase.Database {
  let connection: LibsqlDatabase.Database | undefined;
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const options: OpenOptions = key === '' ? OPTIONS : { ...OPTIONS, encryptionKey: fileKeyOf(key) };
    connection = new LibsqlDatabase(file, options);
    // The first look into the file: with a wrong key it fails here.
    connection.prepare('select count(*) from sqlite_master').get([]);
    if (file !== ':memory:') connection.exec('pragma journal_mode = wal');
    connection.exec('pragma synchronous = normal; pragma foreign_keys = on; pragma secure_delete = on');
    return connection;
  } catch (error) {
    connection?.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      /not a database|malformed/iu.test(reason)
        ? 'DATABASE_KEY does not open the database file, or the file is not a database.'
        : `DATABASE_URL cannot be opened: ${reason}.`,
    );
  }
}

/**
 * libsql takes the first 32 bytes of its key and ignores the rest without a word, so a long phrase would count for its
 * beginning only. All of it goes into 192 bits in 32 letters; slowly, so that a phrase cannot be tried by the million.
 */
function fileKeyOf(key: string): string {
  return scryptSync(key.normalize('NFKC'), 'alongside-database', 24, {
    N: 2 ** 14,
    r: 8,
    p: 1,
  }).toString('base64url');
}

/** libsql's own options, which its type declarations leave out. */
interface OpenOptions extends LibsqlDatabase.Options {
  readonly encryptionCipher: 'aes256cbc';
  readonly encryptionKey?: string;
}
const OPTIONS: OpenOptions = { timeout: BUSY_TIMEOUT_MS, encryptionCipher: 'aes256cbc' };
