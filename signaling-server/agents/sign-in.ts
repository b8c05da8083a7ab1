import type { AgentAccount, SignInResponse } from '../../protocol/signaling.ts';
import type { Database } from '../history/database.ts';
import { Refusal } from '../refusal.ts';
import type { TriesLimit } from '../server-limits.ts';
import { hashToken, mintToken } from '../token.ts';
import { createTries } from '../tries.ts';
import { createTokenHolder, findAccount, normalizeEmail } from './accounts.ts';
import type { Passwords } from './passwords.ts';

/** How long a sign-in lasts: a long working day. */
const SIGN_IN_MS = 12 * 60 * 60_000;

export interface SignIns {
  /** @throws Refusal `wrong_credentials`, `too_many_tries` or `server_busy`. */
  signIn(email: string, password: string): Promise<SignInResponse>;
  /** Who holds the token; `null` when nobody does any more. */
  whoIs(token: string): Promise<AgentAccount | null>;
  signOut(token: string): Promise<void>;
}

export function createSignIns(database: Database, passwords: Passwords, wrongPasswords: TriesLimit): SignIns {
  const wrong = createTries(wrongPasswords);
  const holderOf = createTokenHolder(database);

  return {
    async signIn(email, password) {
      const key = normalizeEmail(email);
      // Unknown emails are counted too: the refusal must not say which accounts exist.
      if (wrong.spent(key)) throw new Refusal('too_many_tries');
      // Counted before the answer, so that many at once do not slip through while the hash is computed.
      wrong.count(key);
      const found = await findAccount(database, key);
      const right = await passwords.matches(password, found?.passwordHash ?? null);
      if (found === null || !right) throw new Refusal('wrong_credentials');
      wrong.forget(key);
      return { token: await openSignIn(database, found.account.id), agent: found.account };
    },
    whoIs: async (token) => holderOf(hashToken(token), Date.now()),
    async signOut(token) {
      await database.deleteFrom('agentTokens').where('hash', '=', hashToken(token)).execute();
    },
  };
}

async function openSignIn(database: Database, agentId: string): Promise<string> {
  const token = mintToken();
  const now = Date.now();
  await database.deleteFrom('agentTokens').where('expiresAt', '<=', now).execute();
  await database
    .insertInto('agentTokens')
    .values({ hash: hashToken(token), agentId, expiresAt: now + SIGN_IN_MS })
    .execute();
  await database
    .deleteFrom('agentTokens')
    .where('agentId', '=', agentId)
    .where('hash', 'not in', (query) =>
      query
        .selectFrom('agentTokens')
        .select('hash')
        .where('agentId', '=', agentId)
        .orderBy('expiresAt', 'desc')
        .limit(MAX_SIGN_INS),
    )
    .execute();
  return token;
}

/** Sign-ins one agent may have open at a time; the oldest ends. */
const MAX_SIGN_INS = 20;
