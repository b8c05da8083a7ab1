import type { EndReason } from '../../protocol/errors.ts';
import type { Channel } from '../../protocol/signaling.ts';
import { readLiveState, type LiveState } from '../live-state.ts';
import type { Database } from './database.ts';

interface StartedRow {
  readonly historyId: string;
  readonly siteKey: string;
  readonly channel: Channel;
  readonly interactionId: string | null;
  readonly startedAt: number;
}

/** A session that had not ended when the process before this one did. */
export interface OpenSession extends StartedRow {
  readonly agentId: string | null;
  readonly joinedAt: number | null;
  readonly live: LiveState;
}

/**
 * What is kept of sessions: one row each, for ever, without anything of the page; and in the same row, while it lives,
 * what it needs to live on. One statement for each change, so that a killed process leaves nothing half written. Times
 * are Unix milliseconds.
 */
export interface SessionRows {
  /** @throws when the row cannot be written: then there is no session. */
  started(row: StartedRow, live: LiveState): Promise<void>;
  /** @throws when it cannot be written: then nobody has joined. */
  joined(historyId: string, agentId: string, joinedAt: number, live: LiveState): Promise<void>;
  /** @throws */
  changed(changes: ReadonlyMap<string, LiveState>): Promise<void>;
  /** @throws */
  ended(historyId: string, reason: EndReason, endedAt: number): Promise<void>;
  hidden(historyId: string, count: number): Promise<void>;
  open(): Promise<OpenSession[]>;
  /** Ends what cannot be taken up again: everything open that is not in this list. Says how many. */
  endLeftovers(takenUp: readonly string[], startedBefore: number, endedAt: number): Promise<number>;
}

export function createSessionRows(database: Database): SessionRows {
  return {
    async started(row, live) {
      const nothingYet = { agentId: null, joinedAt: null, endedAt: null, endReason: null };
      await database
        .insertInto('sessions')
        .values({ ...row, ...nothingYet, live: JSON.stringify(live) })
        .execute();
    },
    async joined(historyId, agentId, joinedAt, live) {
      await database
        .updateTable('sessions')
        .set({ agentId, joinedAt, live: JSON.stringify(live) })
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
    async changed(changes) {
      await database.transaction().execute(async (transaction) => {
        for (const [historyId, live] of changes) {
          await transaction
            .updateTable('sessions')
            .set({ live: JSON.stringify(live) })
            .where('historyId', '=', historyId)
            .where('endedAt', 'is', null)
            .execute();
        }
      });
    },
    async ended(historyId, endReason, endedAt) {
      await database
        .updateTable('sessions')
        .set({ endReason, endedAt, live: null })
        .where('historyId', '=', historyId)
        .where('endedAt', 'is', null)
        .execute();
    },
    async open() {
      const rows = await database.selectFrom('sessions').selectAll().where('endedAt', 'is', null).execute();
      return rows.flatMap(({ live: json, ...row }) => {
        const live = json === null ? null : readLiveState(json);
        return live === null ? [] : [{ ...row, live }];
      });
    },
    async endLeftovers(takenUp, startedBefore, endedAt) {
      const open = database.selectFrom('sessions').select('historyId').where('endedAt', 'is', null);
      const rows = await open.where('startedAt', '<', startedBefore).execute();
      const known = new Set(takenUp);
      const left = rows.filter(({ historyId }) => !known.has(historyId));
      for (const { historyId } of left) await this.ended(historyId, 'connection_lost', endedAt);
      return left.length;
    },
  };
}
