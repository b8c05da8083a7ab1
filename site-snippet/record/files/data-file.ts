import { inNextTurn } from '../next-turn.ts';

export interface DataFile {
  /** In lower case, without parameters. */
  readonly mime: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Decoded at a stretch: a few milliseconds. A multiple of four letters, which are three bytes. */
const PIECE_UNITS = 512 * 1024;

/**
 * What a `data:…;base64,…` URL has in it (RFC 2397). `fetch` reads them too, but not where the page's policy names what
 * may be fetched (`connect-src`), and it would be reported to the page's owner.
 * @throws when it is malformed
 */
export async function readDataFile(url: string): Promise<DataFile> {
  const comma = url.indexOf(',');
  const [type = ''] = url.slice('data:'.length, comma).toLowerCase().split(';');
  const [text = ''] = url.slice(comma + 1).split('#');
  // White space and percent signs would move the pieces.
  const letters = /[\s%]/u.test(text) ? decodeURIComponent(text).replace(/\s/gu, '') : text;
  const bytes = new Uint8Array(Math.ceil((letters.length * 3) / 4));
  let length = 0;
  for (let from = 0; from < letters.length; from += PIECE_UNITS) {
    if (from > 0) await new Promise<void>(inNextTurn);
    const piece = atob(letters.slice(from, from + PIECE_UNITS));
    for (let at = 0; at < piece.length; at += 1) bytes[length++] = piece.charCodeAt(at);
  }
  return { mime: type.trim(), bytes: bytes.subarray(0, length) };
}
