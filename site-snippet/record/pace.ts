import { documentHas } from '../native.ts';
import type { Documents } from './documents.ts';
import { inNextTurn } from './next-turn.ts';

/** When what has changed is written: never while the channel is full, for what changes meanwhile is sent as one. */
export interface Pace {
  /** With the next frame. */
  soon(): void;
  /** Here and now, if there is nothing else to come. */
  atOnce(): void;
  /** In a turn of its own: there is more than one slice has room for. */
  goOn(): void;
  stop(): void;
}

export interface PaceOptions {
  readonly document: Document;
  readonly documents: Pick<Documents, 'sliceUntil' | 'sliceFrom'>;
  readonly output: { readonly isReady: boolean; whenReady(callback: () => void): void };
  readonly signal: AbortSignal;
  /** @param until when its slice is over, as `performance.now()` has it */
  readonly write: (until: number) => void;
}

/** While the tab is hidden there are no frames to wait for. */
const HIDDEN_MS = 100;
/** Much longer than a frame of animation takes. */
const UNPAINTED_MS = 500;

export function createPace({ document, documents, output, signal, write }: PaceOptions): Pace {
  let isComing = false;
  let timer = 0;
  let painting = 0;

  function come(until: number): void {
    isComing = false;
    write(until);
  }

  function begin(): void {
    stop();
    come(documents.sliceUntil(performance.now()));
  }

  function stop(): void {
    clearTimeout(timer);
    cancelAnimationFrame(painting);
  }

  function soon(): void {
    if (isComing || signal.aborted) return;
    isComing = true;
    if (!output.isReady) {
      output.whenReady(begin);
      return;
    }
    const isVisible = documentHas(document, 'visibilityState') === 'visible';
    // The page's own window paints for its frames: one that is not displayed has no frames of animation. Nor has a tab that
    // was hidden a moment ago, or a page that holds them back: then the time comes all the same.
    if (isVisible) painting = requestAnimationFrame(begin);
    timer = setTimeout(begin, isVisible ? UNPAINTED_MS : HIDDEN_MS);
  }

  return {
    soon,
    atOnce() {
      if (output.isReady && !isComing) begin();
      else soon();
    },
    goOn() {
      isComing = true;
      const next = (): void => come(documents.sliceFrom(performance.now()));
      if (output.isReady) inNextTurn(next);
      else output.whenReady(next);
    },
    stop,
  };
}
