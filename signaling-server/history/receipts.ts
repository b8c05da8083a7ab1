import type { ReceiptEntry } from '../../protocol/receipt.ts';
import type { SessionActs } from '../../protocol/signaling.ts';
import type { Database } from './database.ts';

/** What agents did in Write mode, as the customers' pages tell it. Bounded by the numbers an entry may have. */
export interface Receipts {
  /** An entry known already only counts on. @throws when it cannot be written */
  keep(historyId: string, entries: readonly ReceiptEntry[], now: number): Promise<void>;
  /** In order; empty for a session of another site, or none. */
  read(historyId: string, siteKey: string): Promise<SessionActs>;
}

/** A figure in a list, so nobody may blow it up. */
const MAX_TIMES = 1_000_000;

export function createReceipts(database: Database): Receipts {
  return {
    async keep(historyId, entries, now) {
      if (entries.length === 0) return;
      // Twice the same number in one statement is an error in some databases.
      const latest = new Map(entries.map((entry) => [entry.number, entry]));
      const rows = [...latest.values()].map(({ agoMs, times, ...entry }) => ({
        historyId,
        ...entry,
        at: Math.max(0, now - agoMs),
        times: Math.min(times, MAX_TIMES),
      }));
      await database
        .insertInto('acts')
        .values(rows)
        .onConflict((known) =>
          known.columns(['historyId', 'number']).doUpdateSet((row) => ({ times: row.ref('excluded.times') })),
        )
        .execute();
    },
    async read(historyId, siteKey) {
      const rows = await database
        .selectFrom('acts')
        .innerJoin('sessions', 'sessions.historyId', 'acts.historyId')
        .select(['acts.at', 'acts.act', 'acts.name', 'acts.outcome', 'acts.times'])
        .where('acts.historyId', '=', historyId)
        .where('sessions.siteKey', '=', siteKey)
        .orderBy('acts.number')
        .execute();
      return { acts: rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() })) };
    },
  };
}
