import { MAX_ASSETS } from '../protocol/limits.ts';
import { clear } from './mask/masked-text.ts';
import { readAsset } from './record/asset-reader.ts';
import type { Recorder } from './record/recorder.ts';
import type { PageSender } from './send/page-sender.ts';

/** The files of one picture: a few at a time, never while changes wait. Loaded when the agent first wants one. */
export interface AssetSharing {
  want(assets: readonly number[]): void;
}

const MAX_CONCURRENT_ASSETS = 4;

/** @param isCurrent whether the picture is still the one that is shown */
export function createAssetSharing(
  { assets }: Recorder,
  sender: PageSender,
  signal: AbortSignal,
  isCurrent: () => boolean,
): AssetSharing {
  const wanted: number[] = [];
  /** An asset is sent once for each picture: whoever asks on and on costs the page nothing. */
  const asked = new Set<number>();
  let reading = 0;

  async function sendNext(): Promise<void> {
    if (reading >= MAX_CONCURRENT_ASSETS || signal.aborted || !isCurrent()) return;
    const asset = wanted.shift();
    if (asset === undefined) return;
    const url = assets.urlOf(asset);
    reading += 1;
    const content = url === undefined ? 'unreadable' : await readAsset(url, signal);
    reading -= 1;
    if (signal.aborted || !isCurrent()) return;
    if (typeof content !== 'string') {
      const { mime, bytes } = content;
      sender.send({ type: 'asset', asset, mime: clear(mime.slice(0, 100)), bytes });
    } else {
      // An empty asset says that this one will not come.
      sender.send({ type: 'asset', asset, mime: clear(content), bytes: new Uint8Array() });
    }
    if (sender.isReady) void sendNext();
    else sender.whenReady(() => void sendNext());
  }

  return {
    want(numbers) {
      for (const asset of numbers) {
        if (asset >= MAX_ASSETS || asked.has(asset)) continue;
        asked.add(asset);
        wanted.push(asset);
      }
      for (let index = 0; index < MAX_CONCURRENT_ASSETS; index += 1) void sendNext();
    },
  };
}
