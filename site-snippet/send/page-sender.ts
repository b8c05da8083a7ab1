import { splitIntoFrames } from '../../protocol/frames.ts';
import {
  LOW_BUFFERED_BYTES,
  MAX_BUFFERED_BYTES,
  MAX_INFLATE_RATIO,
  MIN_DEFLATE_BYTES,
  RATIO_FREE_BYTES,
} from '../../protocol/limits.ts';
import { writePageMessage, type PageMessage } from '../../protocol/page-message.ts';
import type { Deflater } from './deflate.ts';

/** Messages in their order, at the channel's pace. */
export interface PageSender {
  send(message: PageMessage): void;
  /** `false` while so much waits that more would only be late. */
  readonly isReady: boolean;
  /** Calls back once there is room. */
  whenReady(callback: () => void): void;
  /** Nothing waits, not even in the browser: what is less urgent may go. */
  readonly isIdle: boolean;
  whenIdle(callback: () => void): void;
  /** Sends nothing while nobody hears it: what is lost with the network goes again slowly, what was held goes at once. */
  hold(on: boolean): void;
}

/** Bytes that may wait here before recording holds back. */
const MAX_WAITING_BYTES = 512 * 1024;

export function createPageSender(channel: RTCDataChannel, deflater: Deflater, signal: AbortSignal): PageSender {
  const frames: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  const callbacks: (() => void)[] = [];
  const idleCallbacks: (() => void)[] = [];
  let isHeld = false;
  /** Deflating takes its time, and the order must hold. */
  let last: Promise<void> = Promise.resolve();

  channel.addEventListener('bufferedamountlow', pump, { signal });
  channel.addEventListener('open', pump, { signal });

  async function enqueue(message: PageMessage, bytes: Uint8Array): Promise<void> {
    const isWorthIt = message.type !== 'picture' && bytes.length >= MIN_DEFLATE_BYTES;
    const smaller = isWorthIt ? await deflater.deflate(bytes as Uint8Array<ArrayBuffer>) : bytes;
    // A page that repeats itself a hundred times over looks like an attack to the other side.
    const deflated = isWorthIt && bytes.length <= Math.max(RATIO_FREE_BYTES, smaller.length * MAX_INFLATE_RATIO);
    waiting -= bytes.length;
    for (const frame of splitIntoFrames({ bytes: deflated ? smaller : bytes, deflated })) {
      frames.push(frame);
      waiting += frame.length;
    }
    pump();
  }

  function pump(): void {
    if (isHeld || signal.aborted || channel.readyState !== 'open') return;
    let frame = frames[0];
    while (frame !== undefined && channel.bufferedAmount < MAX_BUFFERED_BYTES) {
      channel.send(frame);
      waiting -= frame.length;
      frames.shift();
      frame = frames[0];
    }
    // With nothing more to add, what is worth knowing is when the last of it has gone.
    channel.bufferedAmountLowThreshold = frame === undefined ? 0 : LOW_BUFFERED_BYTES;
    if (isReady()) for (const callback of callbacks.splice(0)) callback();
    if (isIdle()) for (const callback of idleCallbacks.splice(0)) callback();
  }

  function isReady(): boolean {
    return !isHeld && waiting < MAX_WAITING_BYTES;
  }

  function isIdle(): boolean {
    return !isHeld && waiting === 0 && channel.bufferedAmount === 0;
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
    whenReady: (callback) => void callbacks.push(callback),
    get isIdle() {
      return isIdle();
    },
    whenIdle: (callback) => void idleCallbacks.push(callback),
    hold(on) {
      if (isHeld === on) return;
      isHeld = on;
      pump();
    },
  };
}
