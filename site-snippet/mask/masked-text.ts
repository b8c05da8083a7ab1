import { MAX_STRING_UNITS } from '../../protocol/limits.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';
import { TEXT_SEPARATOR } from '../../protocol/tree-writer.ts';

/** One length for every secret: asterisks must not tell how long a password is. */
const ASTERISKS = '********';

/** Text that agents may see as it is. */
export function clear(raw: string): MaskedText {
  if (raw.length > MAX_STRING_UNITS) return clear(raw.slice(0, MAX_STRING_UNITS));
  return (raw.includes(TEXT_SEPARATOR) ? raw.replaceAll(TEXT_SEPARATOR, '') : raw) as MaskedText;
}

/** Running text with every letter and digit gone, its white space kept so that lines break where they did. */
export function maskedProse(raw: string): MaskedText {
  return clear(raw.replace(/[^\s]/gu, '*'));
}

/** A field's value: whether there is one, and nothing else of it. */
export function maskedValue(raw: string): MaskedText {
  return (raw === '' ? '' : ASTERISKS) as MaskedText;
}

/** An address without what may name a person: query and fragment. */
export function maskedUrl(raw: string): MaskedText {
  if (raw.startsWith('#')) return clear(raw);
  const query = raw.indexOf('?');
  const fragment = raw.indexOf('#');
  const end = query === -1 ? fragment : fragment === -1 ? query : Math.min(query, fragment);
  return clear(end === -1 ? raw : raw.slice(0, end));
}
