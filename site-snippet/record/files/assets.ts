import { MAX_ASSETS } from '../../../protocol/limits.ts';
import type { MaskedText } from '../../../protocol/masked-text.ts';

/**
 * The files of a page by number, the same for as long as the connection. The agent may ask only for numbers that were
 * given out, so nobody can make the customer's browser fetch, with the customer's cookies, what the page itself does not
 * show.
 */
export interface Assets {
  /**
   * `asset:N` for a URL of this page; what cannot be fetched at all (`about:`, `javascript:`) becomes an empty name.
   * @param base asked only of what needs one: finding it out takes longer than all else about a name
   * @param maxInline a picture up to so long stays where it is
   */
  name(url: string, base: () => string, maxInline?: number): string;
  /**
   * The number of a file, the same for the same key.
   * @returns `null`: there are too many
   */
  add(key: string, source: AssetSource): number | null;
  at(asset: number): AssetSource | undefined;
  /** What asset-file.ts needs: when the connection is over, the other road, origins that let nobody read. */
  readonly signal: AbortSignal;
  readonly readForeign: ReadForeign;
  readonly closed: Set<string>;
  /** Origins that the page's policy lets nobody read; `null`: nothing has been read yet. */
  forbidden: Set<string> | null;
}

/** The other road. @throws when it has none for this file */
export type ReadForeign = (url: string, signal: AbortSignal) => Promise<Response>;

/** Where a file is to be had. */
export type AssetSource = string | { readonly text: MaskedText; readonly mayKeep: boolean };

/** A longer picture in an attribute is a file: it must not hold up the text, and attributes end at some length. */
const MAX_INLINE_UNITS = 16 * 1024;
/** Texts stay where they are: what is masked elsewhere may stand in them. */
const IN_BASE64 = /^data:[^,]{0,200};base64,/iu;
/** Of a connection, and what they hold in memory. */
const MAX_INLINE_FILES = 200;
const MAX_INLINE_FILES_UNITS = 32 * 1024 * 1024;
const FETCHED = new Set(['http:', 'https:', 'blob:']);

export function createAssets(signal: AbortSignal, readForeign: ReadForeign): Assets {
  const numbers = new Map<string, number>();
  const sources: AssetSource[] = [];
  /** Names by what was asked, for the base asked last: a page shows its few icons a thousand times. */
  let names = new Map<string, string>();
  let namesBase = '';
  let inlineFiles = 0;
  let inlineUnits = 0;

  function add(key: string, source: AssetSource): number | null {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (sources.length >= MAX_ASSETS) return null;
    numbers.set(key, sources.length);
    return sources.push(source) - 1;
  }

  function find(url: string, base: string): string {
    const absolute = resolve(url, base);
    return nameOf(absolute === null ? null : add(absolute, absolute));
  }

  /** One that comes after too many stays where it is: a page may make a new one in every frame. */
  function nameInline(url: string, maxInline: number): string {
    if (url.length <= maxInline || !IN_BASE64.test(url)) return url;
    if (!numbers.has(url)) {
      if (inlineFiles >= MAX_INLINE_FILES || inlineUnits + url.length > MAX_INLINE_FILES_UNITS) return url;
      inlineFiles += 1;
      inlineUnits += url.length;
    }
    return nameOf(add(url, url));
  }

  return {
    name(url, base, maxInline = MAX_INLINE_UNITS) {
      if (/^data:/iu.test(url)) return nameInline(url, maxInline);
      const from = ABSOLUTE.test(url) ? namesBase : base();
      if (from !== namesBase || names.size > MAX_ASSETS) {
        namesBase = from;
        names = new Map();
      }
      let name = names.get(url);
      if (name === undefined) {
        name = find(url, from);
        names.set(url, name);
      }
      return name;
    },
    add,
    at: (asset) => sources[asset],
    signal,
    readForeign,
    closed: new Set(),
    forbidden: null,
  };
}

function nameOf(number: number | null): string {
  return number === null ? '' : `asset:${number}`;
}

/** What the browser says it shows is an address already; making one of it again costs more than all else about an image. */
const ABSOLUTE = /^(?:https?:\/\/|blob:)[!-~]*$/u;

function resolve(url: string, base: string): string | null {
  if (ABSOLUTE.test(url)) return url;
  try {
    const absolute = new URL(url, base);
    return FETCHED.has(absolute.protocol) ? absolute.href : null;
  } catch {
    return null;
  }
}
