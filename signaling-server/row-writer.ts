import type { FastifyBaseLogger } from 'fastify';
import type { EndReason } from '../protocol/errors.ts';
import type { SessionRows } from './history/session-rows.ts';
import type { LiveState } from './live-state.ts';

/** Comings and goings are written together: a page load is two of them. Milliseconds. */
const CHANGES_WAIT_MS = 200;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

interface Ending {
  readonly reason: EndReason;
  readonly endedAt: number;
}

/**
 * What nobody can be asked to wait for: the end of a session, somebody's coming or going. It is written soon, and when
 * the disk is full or the file locked, again and again until it is.
 */
export interface RowWriter {
  changed(historyId: string, live: () => LiveState): void;
  /** Resolves when it is written, or has failed for now. Never rejects. */
  ended(historyId: string, ending: Ending): Promise<void>;
  /** The changes so far, without the wait. Resolves when they are written, or have failed for now. Never rejects. */
  now(): Promise<void>;
  /** Writes what is left, trying once. */
  stop(): Promise<void>;
}

export function createRowWriter(rows: SessionRows, log: FastifyBaseLogger): RowWriter {
  const changes = new Map<string, () => LiveState>();
  const endings = new Map<string, Ending>();
  let timer: NodeJS.Timeout | null = null;
  let retryMs = FIRST_RETRY_MS;
  let isFailing = false;
  let writing: Promise<void> = Promise.resolve();

  function soon(ms: number): void {
    timer ??= setTimeout(() => {
      timer = null;
      writing = writing.then(write);
    }, ms);
  }

  async function write(): Promise<void> {
    try {
      for (const [historyId, { reason, endedAt }] of endings) {
        await rows.ended(historyId, reason, endedAt);
        endings.delete(historyId);
      }
      const taken = new Map(changes);
      changes.clear();
      try {
        if (taken.size > 0) await rows.changed(taken);
      } catch (error) {
        for (const [id, live] of taken) if (!endings.has(id)) changes.set(id, live);
        throw error;
      }
      isFailing = false;
      retryMs = FIRST_RETRY_MS;
    } catch (error) {
      log.error(
        { endings: endings.size, changes: changes.size, error: String(error) },
        'history not written, again soon',
      );
      isFailing = true;
      soon(retryMs);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  }

  function now(): Promise<void> {
    if (isFailing) return Promise.resolve();
    writing = writing.then(write);
    return writing;
  }

  return {
    changed(historyId, live) {
      changes.set(historyId, live);
      soon(CHANGES_WAIT_MS);
    },
    ended(historyId, ending) {
      changes.delete(historyId);
      endings.set(historyId, ending);
      return now();
    },
    now,
    async stop() {
      await writing;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await write();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
