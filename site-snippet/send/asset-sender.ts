import { writeAssetMessage, type AssetMessage } from '../../protocol/asset-message.ts';
import { splitIntoFrames } from '../../protocol/frames.ts';
import { MAX_ASSET_FRAME_BYTES } from '../../protocol/limits.ts';
import type { PageSender } from './page-sender.ts';

/** Files at the pace of their channel, the most urgent first, and only while nothing of the page waits. */
export interface AssetSender {
  /**
   * @param rank the lower, the sooner
   * @param onSent it has been given to the browser
   */
  send(message: AssetMessage, rank: number, onSent: () => void): void;
}

interface Job {
  readonly message: AssetMessage;
  readonly rank: number;
  readonly onSent: () => void;
}

/** Little, because what the browser has taken cannot be held back any more. */
const MAX_BUFFERED_BYTES = 128 * 1024;
const LOW_BUFFERED_BYTES = 32 * 1024;
/** A page that changes without an end still gets its style sheets: so often a frame goes anyway. */
const MAX_HOLD_MS = 500;

export function createAssetSender(
  channel: RTCDataChannel,
  page: Pick<PageSender, 'isIdle' | 'whenIdle'>,
  signal: AbortSignal,
): AssetSender {
  const jobs: Job[] = [];
  let current: { readonly frames: Iterator<Uint8Array<ArrayBuffer>>; readonly onSent: () => void } | null = null;
  /** While the page goes first. */
  let patience = 0;

  channel.bufferedAmountLowThreshold = LOW_BUFFERED_BYTES;
  channel.addEventListener('bufferedamountlow', pump, { signal });
  channel.addEventListener('open', pump, { signal });
  signal.addEventListener('abort', () => clearTimeout(patience));

  function pump(): void {
    while (patience === 0 && hasRoom() && (current ?? jobs[0])) {
      if (page.isIdle) sendFrame();
      else hold();
    }
  }

  function hasRoom(): boolean {
    return !signal.aborted && channel.readyState === 'open' && channel.bufferedAmount < MAX_BUFFERED_BYTES;
  }

  function hold(): void {
    const held = setTimeout(() => {
      patience = 0;
      if (hasRoom()) sendFrame();
      pump();
    }, MAX_HOLD_MS);
    patience = held;
    page.whenIdle(() => {
      if (patience !== held) return;
      clearTimeout(held);
      patience = 0;
      pump();
    });
  }

  function sendFrame(): void {
    current ??= begin();
    const next = current?.frames.next();
    if (current === null || next === undefined) return;
    if (next.done) {
      const { onSent } = current;
      current = null;
      onSent();
    } else channel.send(next.value);
  }

  function begin(): typeof current {
    let first = 0;
    for (let index = 1; index < jobs.length; index += 1) if (rankOf(index) < rankOf(first)) first = index;
    const [job] = jobs.splice(first, 1);
    if (!job) return null;
    const message = { bytes: writeAssetMessage(job.message), deflated: false };
    return { frames: splitIntoFrames(message, MAX_ASSET_FRAME_BYTES), onSent: job.onSent };
  }

  function rankOf(index: number): number {
    return jobs[index]?.rank ?? Infinity;
  }

  return {
    send(message, rank, onSent) {
      jobs.push({ message, rank, onSent });
      pump();
    },
  };
}
