import { beforeAll, expect, test, vi } from 'vitest';
import { writeAssetMessage, type AssetMessage } from '../../protocol/asset-message.ts';
import type { AgentMessage } from '../../protocol/command.ts';
import { splitIntoFrames } from '../../protocol/frames.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';
import type { AssetStore } from '../asset-store.ts';
import type { ToViewer } from '../viewer/port.ts';
import { createAssetDesk } from './asset-desk.ts';

const mime = 'image/png' as MaskedText;
const PICTURE = new Uint8Array(5_000).fill(7);
const FORGED = new Uint8Array(5_000).fill(9);
const HASHES = new Map<Uint8Array, Uint8Array>();
beforeAll(async () => {
  for (const bytes of [PICTURE, FORGED]) {
    HASHES.set(bytes, new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  }
});

function memoryStore(): AssetStore & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  return {
    files,
    read: (hash) => Promise.resolve(files.get(hash) ?? null),
    keep: (hash, bytes) => Promise.resolve(void files.set(hash, bytes)),
  };
}

function stage(store = memoryStore()) {
  const said: AgentMessage[] = [];
  const delivered: ToViewer[] = [];
  const desk = createAssetDesk({
    store,
    say: (message) => said.push(message),
    deliver: (message) => delivered.push(message),
  });
  return {
    desk,
    said,
    delivered,
    store,
    hear(message: AssetMessage): void {
      const frames = splitIntoFrames({ bytes: writeAssetMessage(message), deflated: false }, 1_000);
      for (const frame of frames) desk.accept(frame.buffer);
    },
    offer(bytes: Uint8Array, asset = 3, mayKeep = true): void {
      this.hear({ type: 'asset-hash', asset, mime, mayKeep, hash: HASHES.get(bytes) ?? PICTURE });
    },
  };
}

const answer = (asset: number, isNeeded: boolean) => ({ type: 'asset-answers', answers: [{ asset, isNeeded }] });
const arrival = (asset: number, bytes: Uint8Array) => ({ kind: 'asset', asset, mime, bytes });

test('a file is asked for once, kept, and not asked for again by another session', async () => {
  const first = stage();
  first.desk.want([3]);
  expect(first.said).toEqual([{ type: 'want', assets: [3] }]);
  first.offer(PICTURE);
  await vi.waitFor(() => expect(first.said).toContainEqual(answer(3, true)));
  first.hear({ type: 'asset', asset: 3, mime, bytes: PICTURE });
  expect(first.delivered).toEqual([arrival(3, PICTURE)]);
  await vi.waitFor(() => expect(first.store.files.size).toBe(1));

  const second = stage(first.store);
  second.offer(PICTURE, 8);
  await vi.waitFor(() => expect(second.said).toEqual([answer(8, false)]));
  expect(second.delivered).toEqual([arrival(8, PICTURE)]);
});

test('what may not be kept is forgotten with the session, and known on its other pages', async () => {
  const { desk, offer, hear, said, delivered, store } = stage();
  offer.call({ hear }, PICTURE, 3, false);
  await vi.waitFor(() => expect(said).toContainEqual(answer(3, true)));
  hear({ type: 'asset', asset: 3, mime, bytes: PICTURE });
  // A later offer is answered from memory as soon as the hash has been worked out.
  await vi.waitFor(() => {
    desk.restart();
    said.length = 0;
    offer.call({ hear }, PICTURE, 0, false);
    return vi.waitFor(() => expect(said).toContainEqual(answer(0, false)), { timeout: 100 });
  });
  expect(delivered.at(-1)).toEqual(arrival(0, PICTURE));
  expect(store.files.size).toBe(0);
});

test('a page that lies about a hash does not put its file in the place of another', async () => {
  const liar = stage();
  liar.offer(PICTURE);
  await vi.waitFor(() => expect(liar.said).toContainEqual(answer(3, true)));
  liar.hear({ type: 'asset', asset: 3, mime, bytes: FORGED });
  await vi.waitFor(() => expect(liar.store.files.size).toBe(1));

  const honest = stage(liar.store);
  honest.offer(PICTURE);
  await vi.waitFor(() => expect(honest.said).toEqual([answer(3, true)]));
  expect(honest.delivered).toEqual([]);
});

test('a viewer that begins anew gets again what is here, and asks the page for the rest', async () => {
  const { desk, offer, hear, said, delivered } = stage();
  offer.call({ hear }, PICTURE);
  await vi.waitFor(() => expect(said).toContainEqual(answer(3, true)));
  hear({ type: 'asset', asset: 3, mime, bytes: PICTURE });
  await vi.waitFor(() => {
    desk.want([3]);
    expect(delivered.length).toBeGreaterThan(1);
  });
  expect(delivered.at(-1)).toEqual(arrival(3, PICTURE));
  desk.want([4]);
  expect(said.at(-1)).toEqual({ type: 'want', assets: [4] });
});

test('after another connection numbers mean other files', async () => {
  const { desk, offer, hear, said, delivered } = stage();
  offer.call({ hear }, PICTURE);
  desk.restart();
  await vi.waitFor(() => {
    desk.want([3]);
    expect(said.at(-1)).toEqual({ type: 'want', assets: [3] });
  });
  expect(delivered).toEqual([]);
});

test('what cannot be read is refused, and what will not come is passed on', () => {
  const { desk, hear, delivered } = stage();
  hear({ type: 'asset-missing', asset: 3, reason: 'cross-origin', width: 30, height: 20 });
  expect(delivered).toEqual([{ kind: 'asset-missing', asset: 3, reason: 'cross-origin', width: 30, height: 20 }]);
  expect(() => desk.accept(Uint8Array.of(3, 1, 2, 3).buffer)).toThrow();
  expect(() => desk.accept(Uint8Array.of(1, 16, 1).buffer)).toThrow();
});
