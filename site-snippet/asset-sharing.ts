import type { AssetMessage } from '../protocol/asset-message.ts';
import type { AssetAnswer } from '../protocol/command.ts';
import { MIN_HASHED_ASSET_BYTES } from '../protocol/limits.ts';
import { clear } from './mask/masked-text.ts';
import { sizeOf, rankAssets } from './record/files/asset-order.ts';
import { readAsset, type AssetContent } from './record/files/asset-reader.ts';
import type { Assets } from './record/files/assets.ts';
import { createAssetSender } from './send/asset-sender.ts';
import type { PageSender } from './send/page-sender.ts';

/**
 * The files of a page, on a channel of their own: read a few at a time, offered by their hashes, sent where the agent's
 * browser has not kept them. Loaded when there is a first one.
 */
export interface AssetSharing {
  want(assets: readonly number[]): void;
  answer(answers: readonly AssetAnswer[]): void;
}

const MAX_CONCURRENT_READS = 4;
/** Read and not sent yet. An agent who does not answer gets nothing more. */
const MAX_HELD_BYTES = 8 * 1024 * 1024;
/** A viewer that begins anew asks again; whoever asks on and on costs the page nothing. */
const MAX_TIMES_SENT = 5;
/** What only says what is there goes before all files. */
const AT_ONCE = -1;

export function createAssetSharing(
  document: Document,
  assets: Assets,
  channel: RTCDataChannel,
  page: Pick<PageSender, 'isIdle' | 'whenIdle'>,
  signal: AbortSignal,
): AssetSharing {
  const sender = createAssetSender(channel, page, signal);
  const wanted: { readonly asset: number; readonly rank: number }[] = [];
  const underWay = new Set<number>();
  const timesSent = new Map<number, number>();
  const offered = new Map<number, { readonly content: AssetContent; readonly rank: number }>();
  let reading = 0;
  let held = 0;

  function isToBeSent(asset: number): boolean {
    return assets.at(asset) !== undefined && !underWay.has(asset) && (timesSent.get(asset) ?? 0) < MAX_TIMES_SENT;
  }

  function readNext(): void {
    while (reading < MAX_CONCURRENT_READS && held < MAX_HELD_BYTES && !signal.aborted) {
      const next = wanted.shift();
      if (!next) return;
      reading += 1;
      void share(next.asset, next.rank).finally(() => {
        reading -= 1;
        readNext();
      });
    }
  }

  async function share(asset: number, rank: number): Promise<void> {
    const source = assets.at(asset) ?? '';
    const content = await readAsset(source, assets);
    if (signal.aborted) return;
    if (typeof content === 'string') {
      const { width, height } = sizeOf(document, source);
      send({ type: 'asset-missing', asset, reason: content, width, height }, AT_ONCE, 0);
      return;
    }
    held += content.bytes.length;
    const hash = content.bytes.length < MIN_HASHED_ASSET_BYTES ? null : await hashOf(content.bytes);
    if (hash === null) {
      sendContent(asset, content, rank);
      return;
    }
    offered.set(asset, { content, rank });
    const { mime, mayKeep } = content;
    sender.send({ type: 'asset-hash', asset, mime: clear(mime.slice(0, 100)), mayKeep, hash }, AT_ONCE, () => {});
  }

  function sendContent(asset: number, { mime, bytes }: AssetContent, rank: number): void {
    send({ type: 'asset', asset, mime: clear(mime.slice(0, 100)), bytes }, rank, bytes.length);
  }

  function send(message: AssetMessage, rank: number, bytes: number): void {
    sender.send(message, rank, () => settle(message.asset, bytes));
  }

  function settle(asset: number, bytes: number): void {
    underWay.delete(asset);
    held -= bytes;
    readNext();
  }

  return {
    want(numbers) {
      const fresh = numbers.filter(isToBeSent);
      if (fresh.length === 0) return;
      const rankOf = rankAssets(document, assets);
      for (const asset of fresh) {
        if (underWay.has(asset)) continue;
        underWay.add(asset);
        timesSent.set(asset, (timesSent.get(asset) ?? 0) + 1);
        wanted.push({ asset, rank: rankOf(asset) });
      }
      wanted.sort((one, other) => one.rank - other.rank);
      readNext();
    },
    answer(answers) {
      for (const { asset, isNeeded } of answers) {
        const offer = offered.get(asset);
        if (!offer) continue;
        offered.delete(asset);
        if (isNeeded) sendContent(asset, offer.content, offer.rank);
        else settle(asset, offer.content.bytes.length);
      }
    },
  };
}

/** SHA-256. `null`: the page's origin is not a secure one, or its scripts are in the way. */
async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  } catch {
    return null;
  }
}
