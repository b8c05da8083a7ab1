/**
 * Holds the page channel's frames back until somebody can take them: before the viewer is ready, and before the live
 * channel's `hello` (the two channels have no common order).
 */
export interface FrameQueue {
  /** `false`: more is waiting than may. */
  put(frame: ArrayBuffer): boolean;
  /** From now on frames go straight through to `take`, those that wait first. */
  open(take: (frame: ArrayBuffer) => void): void;
  /** Frames wait again. */
  shut(): void;
  clear(): void;
}

const MAX_WAITING_BYTES = 64 * 1024 * 1024;

export function createFrameQueue(maxBytes = MAX_WAITING_BYTES): FrameQueue {
  let waiting: ArrayBuffer[] = [];
  let bytes = 0;
  let take: ((frame: ArrayBuffer) => void) | null = null;

  function clear(): void {
    waiting = [];
    bytes = 0;
  }

  return {
    put(frame) {
      if (take !== null) {
        take(frame);
        return true;
      }
      bytes += frame.byteLength;
      if (bytes > maxBytes) {
        clear();
        return false;
      }
      waiting.push(frame);
      return true;
    },
    open(taker) {
      const held = waiting;
      clear();
      take = taker;
      for (const frame of held) taker(frame);
    },
    shut() {
      take = null;
    },
    clear,
  };
}
