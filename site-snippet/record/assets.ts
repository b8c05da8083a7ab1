import { MAX_ASSET_BYTES, MAX_ASSETS } from '../../protocol/limits.ts';
import type { NotShownReason } from '../../protocol/page-message.ts';

/**
 * Images and fonts by number. The agent may ask only for numbers that recording gave out, so nobody can make the
 * customer's browser fetch, with the customer's cookies, what the page itself does not show.
 */
export interface Assets {
  /** `asset:N` for a URL of this page; what cannot be fetched at all (`about:`, `javascript:`) becomes an empty name. */
  name(url: string, base: string): string;
  read(asset: number): Promise<AssetContent | NotShownReason>;
}

export interface AssetContent {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

const FETCHED = new Set(['http:', 'https:', 'blob:']);
const FETCH_TIMEOUT_MS = 15_000;
/** Nothing else may come through this door, whatever its URL looks like. */
const SHOWN_TYPES = /^(?:image|font)\/|^application\/(?:font|x-font|vnd\.ms-fontobject|octet-stream)/u;

export function createAssets(signal: AbortSignal): Assets {
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
    async read(asset) {
      const url = urls[asset];
      if (url === undefined) return 'unreadable';
      try {
        return await fetchAsset(url, signal);
      } catch {
        return new URL(url).origin === location.origin ? 'unreadable' : 'cross-origin';
      }
    },
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

async function fetchAsset(url: string, signal: AbortSignal): Promise<AssetContent | NotShownReason> {
  // The picture on the screen came through the cache; asking it again costs no request.
  const response = await fetch(url, {
    cache: 'force-cache',
    signal: AbortSignal.any([signal, AbortSignal.timeout(FETCH_TIMEOUT_MS)]),
  });
  const mime = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!response.ok) return 'unreadable';
  if (!SHOWN_TYPES.test(mime)) return 'unsupported';
  if (Number(response.headers.get('content-length') ?? 0) > MAX_ASSET_BYTES) return 'too-large';
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length > MAX_ASSET_BYTES ? 'too-large' : { mime, bytes };
}
