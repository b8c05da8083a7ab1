/** What the agent did in Write mode, act by act: kept with the session's history, and shown to the customer at the end. */
import { ACTS, type Act } from './command.ts';
import { OUTCOMES, type Outcome } from './errors.ts';
import { MAX_LABEL_UNITS, MAX_RECEIPT_ENTRIES } from './limits.ts';
import type { MaskedText } from './masked-text.ts';

export interface ReceiptEntry {
  /** Its place in the receipt, from 0. What is told again under a number is the same entry, later. */
  readonly number: number;
  /** Milliseconds since it was done; the two clocks need not agree. */
  readonly agoMs: number;
  readonly act: Act['act'];
  /** What it was done to; empty when that is hidden from the agent or has no name. Never a value. */
  readonly name: MaskedText;
  readonly outcome: Outcome;
  /** The same again and again counts as one: a text is typed letter by letter. */
  readonly times: number;
}

/** Entries that one message may tell. */
const MAX_ENTRIES_AT_ONCE = 50;

/** Those that are malformed are left out. The `MaskedText` says where a name came from, not that it is harmless. */
export function parseReceiptEntries(raw: unknown): ReceiptEntry[] {
  if (!Array.isArray(raw)) return [];
  return raw
    .slice(0, MAX_ENTRIES_AT_ONCE)
    .map(parseEntry)
    .filter((entry) => entry !== null);
}

function parseEntry(raw: unknown): ReceiptEntry | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { number, agoMs, act, name, outcome, times } = raw as Record<string, unknown>;
  if (!isCount(number) || number >= MAX_RECEIPT_ENTRIES || !isCount(agoMs) || !isCount(times)) return null;
  if (typeof name !== 'string' || name.length > MAX_LABEL_UNITS) return null;
  const knownAct = ACTS.find((known) => known === act);
  const knownOutcome = OUTCOMES.find((known) => known === outcome);
  if (knownAct === undefined || knownOutcome === undefined) return null;
  return { number, agoMs, act: knownAct, name: name as MaskedText, outcome: knownOutcome, times };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
