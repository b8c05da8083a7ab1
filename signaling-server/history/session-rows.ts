import type { Updateable } from 'kysely';
import type { EndReason } from '../../protocol/errors.ts';
import type { Channel } from '../../protocol/signaling.ts';
import { readLiveState, type LiveState } from '../live-state.ts';
import type { Database, SessionRow } from './database.ts';
import { prepare } from './prepared.ts';

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
  /** Each is asked at the moment of its writing. @throws */
  changed(changes: ReadonlyMap<string, () => LiveState>): Promise<void>;
  /** @throws */
  ended(historyId: string, reason: EndReason, endedAt: number): Promise<void>;
  hidden(historyId: string, count: number): Promise<void>;
  open(): Promise<OpenSession[]>;
  /** Ends what cannot be taken up again: everything open that is not in this list. Says how many. */
  endLeftovers(takenUp: readonly string[], startedBefore: number, endedAt: number): Promise<number>;
}

export function createSessionRows(database: Database): SessionRows {
  const insert = prepare<StartedRow & { live: string }, unknown>(database, (slot) =>
    database.insertInto('sessions').values({
      historyId: slot('historyId'),
      siteKey: slot('siteKey'),
      channel: slot('channel'),
      interactionId: slot('interactionId'),
      startedAt: slot('startedAt'),
      live: slot('live'),
      agentId: null,
      joinedAt: null,
      endedAt: null,
      endReason: null,
    }),
  );
  const join = prepare<{ historyId: string; agentId: string; joinedAt: number; live: string }, unknown>(
    database,
    (slot) => change({ agentId: slot('agentId'), joinedAt: slot('joinedAt'), live: slot('live') }, slot('historyId')),
  );
  const relive = prepare<{ historyId: string; live: string }, unknown>(database, (slot) =>
    change({ live: slot('live') }, slot('historyId')),
  );
  const end = prepare<{ historyId: string; endReason: EndReason; endedAt: number }, unknown>(database, (slot) =>
    change({ endReason: slot('endReason'), endedAt: slot('endedAt'), live: null }, slot('historyId')),
  );

  /** Of a row that has ended nothing is changed. */
  function change(what: Updateable<SessionRow>, historyId: string) {
    return database.updateTable('sessions').set(what).where('historyId', '=', historyId).where('endedAt', 'is', null);
  }

  return {
    async started(row, live) {
      await insert({ ...row, live: JSON.stringify(live) });
    },
    async joined(historyId, agentId, joinedAt, live) {
      await join({ historyId, agentId, joinedAt, live: JSON.stringify(live) });
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
          await relive({ historyId, live: JSON.stringify(live()) }, transaction);
        }
      });
    },
    async ended(historyId, endReason, endedAt) {
      await end({ historyId, endReason, endedAt });
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
