/**
 * Files of customers' pages that their sites let others keep: what the next page or session need not send again. The
 * only file that touches IndexedDB. Kept under the site and the file's hash, so that no site's pages can find out, or
 * change, what was seen on another's.
 */
import type { RulesOwner } from './browser-storage.ts';

export interface AssetStore {
  /** `null`: not kept, or the storage does not answer. Never rejects. */
  read(hash: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Never rejects: a file that cannot be kept is sent again. */
  keep(hash: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface KeptAssets {
  readonly files: number;
  readonly bytes: number;
}

/** What is known of a file without reading it. */
interface Note {
  readonly key: string;
  readonly bytes: number;
  /** Unix milliseconds. */
  readonly usedAt: number;
}

const MAX_BYTES = 200 * 1024 * 1024;
/** Since it was last used. */
const MAX_AGE_MS = 30 * 24 * 60 * 60_000;
/** Between two looks at how much there is. */
const CHECK_AFTER_BYTES = 8 * 1024 * 1024;

const DATABASE = 'assets';
const FILES = 'files';
const NOTES = 'notes';

export function openAssetStore({ server, siteKey }: RulesOwner): AssetStore {
  let unchecked = CHECK_AFTER_BYTES;
  const keyOf = (hash: string): string => `${siteKey} ${server} ${hash}`;

  return {
    async read(hash) {
      try {
        const key = keyOf(hash);
        const bytes = await inStores('readwrite', (files, notes) => {
          notes.get(key).addEventListener('success', ({ target }) => {
            const note = (target as IDBRequest<Note | undefined>).result;
            if (note) notes.put({ ...note, usedAt: Date.now() });
          });
          return files.get(key);
        });
        return bytes instanceof Uint8Array ? (bytes as Uint8Array<ArrayBuffer>) : null;
      } catch {
        return null;
      }
    },
    async keep(hash, bytes) {
      try {
        const key = keyOf(hash);
        await inStores('readwrite', (files, notes) => {
          notes.put({ key, bytes: bytes.length, usedAt: Date.now() } satisfies Note);
          return files.put(bytes, key);
        });
        unchecked += bytes.length;
        if (unchecked < CHECK_AFTER_BYTES) return;
        unchecked = 0;
        await dropOldest();
      } catch {
        // No room on the disk, or storage is switched off.
      }
    },
  };
}

/** What is kept for all sites. */
export async function keptAssets(): Promise<KeptAssets> {
  const notes = await allNotes();
  return { files: notes.length, bytes: notes.reduce((sum, note) => sum + note.bytes, 0) };
}

export async function eraseKeptAssets(): Promise<void> {
  await inStores('readwrite', (files, notes) => {
    files.clear();
    return notes.clear();
  });
}

/** What is too old, and then the oldest, until the rest has room. */
async function dropOldest(): Promise<void> {
  const notes = (await allNotes()).sort((one, other) => other.usedAt - one.usedAt);
  let room = MAX_BYTES;
  const tooMany = notes.filter((note) => {
    room -= note.bytes;
    return room < 0 || note.usedAt < Date.now() - MAX_AGE_MS;
  });
  for (const { key } of tooMany) {
    await inStores('readwrite', (files, all) => {
      files.delete(key);
      return all.delete(key);
    });
  }
}

function allNotes(): Promise<Note[]> {
  return inStores('readonly', (_files, notes) => notes.getAll() as IDBRequest<Note[]>);
}

/** One transaction over both stores; resolves with the request's result when all of it is done. */
async function inStores<T>(
  mode: IDBTransactionMode,
  act: (files: IDBObjectStore, notes: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction([FILES, NOTES], mode);
      const request = act(transaction.objectStore(FILES), transaction.objectStore(NOTES));
      transaction.addEventListener('complete', () => resolve(request.result));
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')));
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(FILES);
      request.result.createObjectStore(NOTES, { keyPath: 'key' });
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('not opened')));
    request.addEventListener('blocked', () => reject(new Error('blocked')));
  });
}
