import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { AgentAccount, Role } from '../../protocol/signaling.ts';
import type { Database } from '../history/database.ts';
import { prepare } from '../history/prepared.ts';
import type { Passwords } from './passwords.ts';

/** What is needed to make an account. */
export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly siteKey: string;
  readonly password: string;
}

export const ROLES = ['agent', 'lead', 'admin'] as const satisfies readonly Role[];

/** One spelling for an email, so that an account cannot exist twice. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** Adds the account, or changes the one of that email: name, role, site and password; open sign-ins end. */
export async function putAccount(database: Database, passwords: Passwords, account: NewAccount): Promise<void> {
  const { name, role, siteKey, password } = account;
  const values = { siteKey, name, role, passwordHash: await passwords.hash(password), disabled: 0 };
  const email = normalizeEmail(account.email);
  await database
    .insertInto('agents')
    .values({ id: randomUUID(), email, ...values })
    .onConflict((conflict) => conflict.column('email').doUpdateSet(values))
    .execute();
  await database
    .deleteFrom('agentTokens')
    .where('agentId', 'in', (query) => query.selectFrom('agents').select('id').where('email', '=', email))
    .execute();
}

/** Everyone, by site and email. */
export async function listAccounts(database: Database): Promise<AgentAccount[]> {
  const rows = await selectAccounts(database).orderBy('agents.siteKey').orderBy('agents.email').execute();
  return rows.map(toAccount);
}

/** The account and its password's hash; `null` for an unknown or a disabled one. */
export async function findAccount(
  database: Database,
  email: string,
): Promise<{ account: AgentAccount; passwordHash: string } | null> {
  const row = await selectAccounts(database)
    .select('agents.passwordHash')
    .where('agents.email', '=', normalizeEmail(email))
    .where('agents.disabled', '=', 0)
    .executeTakeFirst();
  return row === undefined ? null : { account: toAccount(row), passwordHash: row.passwordHash };
}

/** Finds the account that holds a token (given as its hash), if the token is still good at `now`. */
export function createTokenHolder(database: Database) {
  const find = prepare<{ hash: string; now: number }, AccountRow>(database, (slot) =>
    selectAccounts(database)
      .innerJoin('agentTokens', 'agentTokens.agentId', 'agents.id')
      .where('agentTokens.hash', '=', slot('hash'))
      .where('agentTokens.expiresAt', '>', slot('now'))
      .where('agents.disabled', '=', 0)
      .limit(sql.lit(1)),
  );
  return async (hash: string, now: number): Promise<AgentAccount | null> => {
    const [row] = await find({ hash, now });
    return row === undefined ? null : toAccount(row);
  };
}

function selectAccounts(database: Database) {
  return database
    .selectFrom('agents')
    .innerJoin('sites', 'sites.key', 'agents.siteKey')
    .select(['agents.id', 'agents.email', 'agents.name', 'agents.role', 'agents.siteKey', 'sites.name as siteName']);
}

interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly siteKey: string;
  readonly siteName: string;
}

function toAccount(row: AccountRow): AgentAccount {
  const { id, email, name, role, siteKey, siteName } = row;
  return { id, email, name, role, site: { key: siteKey, name: siteName } };
}
