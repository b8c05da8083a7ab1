import { splitIntoFrames } from '../../protocol/frames.ts';
import { LOW_BUFFERED_BYTES, MAX_BUFFERED_BYTES, MIN_DEFLATE_BYTES } from '../../protocol/limits.ts';
import { writePageMessage, type PageMessage } from '../../protocol/page-message.ts';
import type { Deflater } from './deflate.ts';

/** Messages in their order, at the channel's pace. */
export interface PageSender {
  send(message: PageMessage): void;
  /** `false` while so much waits that more would only be late. */
  readonly isReady: boolean;
  /** Calls back once there is room. */
  whenReady(callback: () => void): void;
}

/** Bytes that may wait here before recording holds back. */
const MAX_WAITING_BYTES = 512 * 1024;

export function createPageSender(channel: RTCDataChannel, deflater: Deflater, signal: AbortSignal): PageSender {
  const frames: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  let callbacks: (() => void)[] = [];
  /** Deflating takes its time, and the order must hold. */
  let last: Promise<void> = Promise.resolve();

  channel.bufferedAmountLowThreshold = LOW_BUFFERED_BYTES;
  channel.addEventListener('bufferedamountlow', pump, { signal });
  channel.addEventListener('open', pump, { signal });

  async function enqueue(message: PageMessage, bytes: Uint8Array): Promise<void> {
    const isPacked = message.type === 'asset' || message.type === 'picture';
    const isWorthIt = !isPacked && bytes.length >= MIN_DEFLATE_BYTES;
    const body = isWorthIt ? await deflater.deflate(bytes as Uint8Array<ArrayBuffer>) : bytes;
    waiting -= bytes.length;
    for (const frame of splitIntoFrames({ bytes: body, deflated: isWorthIt })) {
      frames.push(frame);
      waiting += frame.length;
    }
    pump();
  }

  function pump(): void {
    if (signal.aborted || channel.readyState !== 'open') return;
    let frame = frames[0];
    while (frame !== undefined && channel.bufferedAmount < MAX_BUFFERED_BYTES) {
      channel.send(frame);
      waiting -= frame.length;
      frames.shift();
      frame = frames[0];
    }
    if (!isReady()) return;
    const ready = callbacks;
    callbacks = [];
    for (const callback of ready) callback();
  }

  function isReady(): boolean {
    return waiting < MAX_WAITING_BYTES;
  }

  return {
    send(message) {
      if (signal.aborted) return;
      const bytes = writePageMessage(message);
      waiting += bytes.length;
      last = last
        .then(() => enqueue(message, bytes))
        .catch(() => {
          // The channel closed under us; whoever owns it starts anew.
        });
    },
    get isReady() {
      return isReady();
    },
    whenReady(callback) {
      callbacks.push(callback);
    },
  };
}
