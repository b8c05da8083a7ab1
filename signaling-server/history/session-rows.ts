import type { EndReason } from '../../protocol/errors.ts';
import type { Channel } from '../../protocol/signaling.ts';
import type { Database } from './database.ts';

/** What is kept of sessions: one row each, for ever, without anything of the page. Times are Unix milliseconds. */
export interface SessionRows {
  /** @throws when the row cannot be written: then there is no session. */
  started(row: {
    historyId: string;
    siteKey: string;
    channel: Channel;
    interactionId: string | null;
    startedAt: number;
  }): Promise<void>;
  joined(historyId: string, agentId: string, joinedAt: number): Promise<void>;
  ended(historyId: string, reason: EndReason, endedAt: number): Promise<void>;
  hidden(historyId: string, count: number): Promise<void>;
  /** Ends what an earlier process left open: everything started before that time. Says how many. */
  endLeftovers(startedBefore: number, endedAt: number): Promise<number>;
}

export function createSessionRows(database: Database): SessionRows {
  return {
    async started(row) {
      await database
        .insertInto('sessions')
        .values({ ...row, agentId: null, joinedAt: null, endedAt: null, endReason: null })
        .execute();
    },
    async joined(historyId, agentId, joinedAt) {
      await database.updateTable('sessions').set({ agentId, joinedAt }).where('historyId', '=', historyId).execute();
    },
    async ended(historyId, endReason, endedAt) {
      await database
        .updateTable('sessions')
        .set({ endReason, endedAt })
        .where('historyId', '=', historyId)
        .where('endedAt', 'is', null)
        .execute();
    },
    async hidden(historyId, count) {
      await database
        .updateTable('sessions')
        .set((row) => ({ hiddenValues: row('hiddenValues', '+', count) }))
        .where('historyId', '=', historyId)
        .execute();
    },
    async endLeftovers(startedBefore, endedAt) {
      const result = await database
        .updateTable('sessions')
        .set({ endReason: 'connection_lost', endedAt })
        .where('endedAt', 'is', null)
        .where('startedAt', '<', startedBefore)
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },
  };
}
