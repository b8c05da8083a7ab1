import { MAX_ASSET_BYTES } from '../../protocol/limits.ts';
import type { NotShownReason } from '../../protocol/page-message.ts';

export interface AssetContent {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

const FETCH_TIMEOUT_MS = 15_000;
/** Nothing else may come through this door, whatever its URL looks like. */
const SHOWN_TYPES = /^(?:image|font)\/|^application\/(?:font|x-font|vnd\.ms-fontobject|octet-stream)/u;

/** The file that a page shows under this URL, or why the agent cannot have it. Never throws. */
export async function readAsset(url: string, signal: AbortSignal): Promise<AssetContent | NotShownReason> {
  try {
    return await fetchAsset(url, signal);
  } catch {
    return new URL(url).origin === location.origin ? 'unreadable' : 'cross-origin';
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
