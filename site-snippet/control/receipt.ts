import type { Act } from '../../protocol/command.ts';
import type { Outcome } from '../../protocol/errors.ts';
import { MAX_RECEIPT_ENTRIES } from '../../protocol/limits.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';
import type { ReceiptEntry } from '../../protocol/receipt.ts';
import { parseStoredReceipt, type StoredEntry } from '../stored-receipt.ts';
import { readStoredReceipt, storeReceipt } from '../stored-session.ts';
import { listen } from '../listen.ts';

/** Writes down what the agent does. It goes with the session from page to page, and to the server as it happens. */
export interface Receipt {
  note(act: Act['act'], name: MaskedText, outcome: Outcome): void;
  /** Tells and stores what still waits. */
  settle(): void;
}

/** How long it may wait to be told, and to be stored, that the same was done once more. */
const SETTLE_MS = 500;

export function createReceipt(tell: (entries: readonly ReceiptEntry[]) => void, signal: AbortSignal): Receipt {
  const entries = parseStoredReceipt(readStoredReceipt());
  let repeated: StoredEntry | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function settle(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    if (repeated) tell([told(repeated)]);
    repeated = null;
    storeReceipt(JSON.stringify(entries));
  }

  listen(window, 'pagehide', settle, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });

  return {
    note(act, name, outcome) {
      const last = entries.at(-1);
      if (last && last.act === act && last.name === name && last.outcome === outcome) {
        repeated = { ...last, times: last.times + 1 };
        entries.splice(-1, 1, repeated);
      } else if (entries.length < MAX_RECEIPT_ENTRIES) {
        if (repeated) settle();
        const entry: StoredEntry = { number: entries.length, at: Date.now(), act, name, outcome, times: 1 };
        entries.push(entry);
        // At once: the session may end with the very next message.
        tell([told(entry)]);
      } else {
        return;
      }
      timer ??= setTimeout(settle, SETTLE_MS);
    },
    settle,
  };
}

function told({ at, ...entry }: StoredEntry): ReceiptEntry {
  return { ...entry, agoMs: Math.max(0, Date.now() - at) };
}
