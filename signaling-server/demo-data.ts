import { findAccount, putAccount, type NewAccount } from './agents/accounts.ts';
import type { Passwords } from './agents/passwords.ts';
import type { Database } from './history/database.ts';
import { putSite, type NewSite } from './sites/sites.ts';

export const DEMO_SITE: NewSite = {
  key: 'demo',
  name: 'Demo Company',
  origins: ['loopback'],
  settings: { phone: '0808 157 0199' },
  demo: true,
};

export const DEMO_ACCOUNTS: readonly NewAccount[] = (
  [
    ['agent@demo.example', 'Ada Agent', 'agent'],
    ['agent2@demo.example', 'Ben Agent', 'agent'],
    ['lead@demo.example', 'Lea Lead', 'lead'],
    ['admin@demo.example', 'Adam Admin', 'admin'],
  ] as const
).map(([email, name, role]) => ({ email, name, role, siteKey: 'demo', password: 'demo' }));

/** Makes these sites and accounts, or brings them back to what they were. */
export async function putData(
  database: Database,
  passwords: Passwords,
  data: { readonly sites: readonly NewSite[]; readonly accounts: readonly NewAccount[] },
): Promise<void> {
  for (const site of data.sites) await putSite(database, site);
  await Promise.all(
    data.accounts.map(async (account) => {
      // Whoever is signed in to one that is as it should be stays signed in over a restart.
      if (!(await isAsGiven(database, passwords, account))) await putAccount(database, passwords, account);
    }),
  );
}

async function isAsGiven(database: Database, passwords: Passwords, given: NewAccount): Promise<boolean> {
  const found = await findAccount(database, given.email);
  if (found === null) return false;
  const { name, role, site } = found.account;
  if (name !== given.name || role !== given.role || site.key !== given.siteKey) return false;
  return passwords.matches(given.password, found.passwordHash);
}

/** A file that was once used in demo mode must not keep accounts whose password everybody knows. */
export async function closeDemo(database: Database): Promise<void> {
  const demoSites = database.selectFrom('sites').select('key').where('demo', '=', 1);
  const demoAgents = database.selectFrom('agents').select('id').where('siteKey', 'in', demoSites);
  await database.deleteFrom('agentTokens').where('agentId', 'in', demoAgents).execute();
  await database.updateTable('agents').set({ disabled: 1 }).where('siteKey', 'in', demoSites).execute();
  await database.updateTable('sites').set({ origins: '[]' }).where('demo', '=', 1).execute();
}
