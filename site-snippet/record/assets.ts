import { MAX_ASSETS } from '../../protocol/limits.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';

/**
 * The files of a page by number, the same for as long as the connection. The agent may ask only for numbers that were
 * given out, so nobody can make the customer's browser fetch, with the customer's cookies, what the page itself does not
 * show.
 */
export interface Assets {
  /** `asset:N` for a URL of this page; what cannot be fetched at all (`about:`, `javascript:`) becomes an empty name. */
  name(url: string, base: string): string;
  /**
   * The number of a file, the same for the same key.
   * @returns `null`: there are too many
   */
  add(key: string, source: AssetSource): number | null;
  at(asset: number): AssetSource | undefined;
}

/** Where a file is to be had. */
export type AssetSource = string | { readonly text: MaskedText; readonly mayKeep: boolean };

const FETCHED = new Set(['http:', 'https:', 'blob:']);

export function createAssets(): Assets {
  const numbers = new Map<string, number>();
  const sources: AssetSource[] = [];

  function add(key: string, source: AssetSource): number | null {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (sources.length >= MAX_ASSETS) return null;
    numbers.set(key, sources.length);
    return sources.push(source) - 1;
  }

  return {
    name(url, base) {
      if (url.startsWith('data:')) return url;
      const absolute = resolve(url, base);
      const number = absolute === null ? null : add(absolute, absolute);
      return number === null ? '' : `asset:${number}`;
    },
    add,
    at: (asset) => sources[asset],
  };
}

function resolve(url: string, base: string): string | null {
  try {
    const absolute = new URL(url, base);
    return FETCHED.has(absolute.protocol) ? absolute.href : null;
  } catch {
    return null;
  }
}
