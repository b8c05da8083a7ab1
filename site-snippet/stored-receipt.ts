import { parseReceiptEntries, type ReceiptEntry } from '../protocol/receipt.ts';

/** A line of the receipt as the tab keeps it from page to page. */
export interface StoredEntry extends Omit<ReceiptEntry, 'agoMs'> {
  /** Unix milliseconds. */
  readonly at: number;
}

/** Any script of the page may have written there: what is malformed is left out. */
export function parseStoredReceipt(json: string | null): StoredEntry[] {
  try {
    const raw = JSON.parse(json ?? '[]') as unknown;
    if (!Array.isArray(raw)) return [];
    return raw.flatMap((entry: unknown) => {
      const at = Number((entry as Partial<StoredEntry> | null)?.at);
      const [parsed] = parseReceiptEntries([{ ...(entry as object), agoMs: 0 }]);
      if (parsed === undefined || !Number.isSafeInteger(at)) return [];
      const { agoMs: _, ...rest } = parsed;
      return [{ ...rest, at }];
    });
  } catch {
    return [];
  }
}
