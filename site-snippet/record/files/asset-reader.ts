import { MAX_ASSET_BYTES } from '../../../protocol/limits.ts';
import type { NotShownReason } from '../../../protocol/page-message.ts';
import { isForbidden, readFile } from './asset-file.ts';
import type { Assets, AssetSource } from './assets.ts';
import { mayKeep } from './may-keep.ts';

export interface AssetContent {
  readonly mime: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether the agent's browser may have it after the session. */
  readonly mayKeep: boolean;
}

const FETCH_TIMEOUT_MS = 15_000;
/** A file of the largest size in base64, and what stands before it. */
const MAX_DATA_UNITS = (MAX_ASSET_BYTES / 3) * 4 + 1_000;
/** Nothing else may come through this door, whatever its URL looks like. */
const SHOWN_TYPES = /^(?:image|font)\/|^application\/(?:font|x-font|vnd\.ms-fontobject|octet-stream)/u;

/** A file of the page, or why the agent cannot have it. Never throws. */
export async function readAsset(source: AssetSource, assets: Assets): Promise<AssetContent | NotShownReason> {
  if (typeof source !== 'string') return readSheet(source);
  if (/^data:/iu.test(source)) return readData(source);
  try {
    return await fetchAsset(source, assets);
  } catch {
    const drawn = await drawAsset(source, assets);
    if (drawn !== null) return drawn;
    return new URL(source).origin === location.origin ? 'unreadable' : 'cross-origin';
  }
}

function readSheet({ text, mayKeep: may }: Exclude<AssetSource, string>): AssetContent | NotShownReason {
  const bytes = new TextEncoder().encode(text);
  return bytes.length > MAX_ASSET_BYTES ? 'too-large' : { mime: 'text/css', bytes, mayKeep: may };
}

async function readData(url: string): Promise<AssetContent | NotShownReason> {
  if (url.length > MAX_DATA_UNITS) return 'too-large';
  try {
    const { readDataFile } = await import('./data-file.ts');
    const { mime, bytes } = await readDataFile(url);
    // Part of this page, as its text is: nobody else's, and not to be kept.
    return SHOWN_TYPES.test(mime) ? { mime, bytes, mayKeep: false } : 'unsupported';
  } catch {
    return 'unreadable';
  }
}

async function fetchAsset(url: string, assets: Assets): Promise<AssetContent | NotShownReason> {
  const response = await readFile(assets, url, FETCH_TIMEOUT_MS);
  const mime = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!response.ok) return 'unreadable';
  if (!SHOWN_TYPES.test(mime)) return 'unsupported';
  if (Number(response.headers.get('content-length') ?? 0) > MAX_ASSET_BYTES) return 'too-large';
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > MAX_ASSET_BYTES) return 'too-large';
  return { mime, bytes, mayKeep: mayKeep(response, mime.startsWith('image/')) };
}

/** A picture that the page's policy lets everybody see and nobody read, or whose `blob:` the page has let go of. */
async function drawAsset(url: string, assets: Assets): Promise<AssetContent | null> {
  try {
    if (!url.startsWith('blob:') && !isForbidden(assets, url)) return null;
    const { drawPicture } = await import('../pictures/drawn-picture.ts');
    const bytes = await drawPicture(url);
    return { mime: 'image/png', bytes, mayKeep: false };
  } catch {
    return null;
  }
}
