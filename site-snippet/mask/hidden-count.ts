import type { ClientMessage } from '../../protocol/signaling.ts';
import type { LastLook } from './last-look.ts';

export interface HiddenCount {
  /** Says now what has not been said yet. */
  tell(): void;
}

const TELL_EVERY_MS = 1_000;

/** How many values have been hidden, for the customer and for the history: told now and then, and never which. */
export function countHidden(
  lastLook: LastLook,
  say: (message: ClientMessage) => void,
  show: (count: number) => void,
  signal: AbortSignal,
): HiddenCount {
  let told = 0;
  const timer = setInterval(() => {
    show(lastLook.count);
    tell();
  }, TELL_EVERY_MS);
  signal.addEventListener('abort', () => clearInterval(timer));

  function tell(): void {
    const count = lastLook.count - told;
    if (count <= 0) return;
    told += count;
    say({ type: 'hidden', count });
  }

  return { tell };
}
