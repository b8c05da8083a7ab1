import { MAX_ASSETS } from '../../protocol/limits.ts';

/**
 * Images and fonts by number. The agent may ask only for numbers that recording gave out, so nobody can make the
 * customer's browser fetch, with the customer's cookies, what the page itself does not show.
 */
export interface Assets {
  /** `asset:N` for a URL of this page; what cannot be fetched at all (`about:`, `javascript:`) becomes an empty name. */
  name(url: string, base: string): string;
  urlOf(asset: number): string | undefined;
}

const FETCHED = new Set(['http:', 'https:', 'blob:']);

export function createAssets(): Assets {
  const numbers = new Map<string, number>();
  const urls: string[] = [];

  return {
    name(url, base) {
      if (url.startsWith('data:')) return url;
      const absolute = resolve(url, base);
      if (absolute === null) return '';
      let number = numbers.get(absolute);
      if (number === undefined) {
        if (urls.length >= MAX_ASSETS) return '';
        number = urls.length;
        urls.push(absolute);
        numbers.set(absolute, number);
      }
      return `asset:${number}`;
    },
    urlOf: (asset) => urls[asset],
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
