import { MAX_STRING_UNITS } from '../../protocol/limits.ts';
import { TEXT_SEPARATOR, type MaskedText } from '../../protocol/masked-text.ts';

/** One length for every secret: asterisks must not tell how long a password is. */
const ASTERISKS = '********';

/** Text that agents may see as it is, up to so many UTF-16 units. */
export function clear(raw: string, maxUnits = MAX_STRING_UNITS): MaskedText {
  // `indexOf`: half the price of `includes` while the code is cold, and every text comes through here.
  if (raw.length <= maxUnits && raw.indexOf(TEXT_SEPARATOR) === -1) return raw as MaskedText;
  return raw.slice(0, maxUnits).replaceAll(TEXT_SEPARATOR, '') as MaskedText;
}

/**
 * Running text with every letter and digit gone, its white space kept so that lines break where they did. How long a number
 * is is half of what it says.
 */
export function maskedProse(raw: string): MaskedText {
  return clear(raw.replace(/\d(?:[^\n]?\d)*/gu, ASTERISKS).replace(/\S/gu, '*'));
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

/** @param texts none with a separator in it */
export function joinMasked(texts: readonly MaskedText[]): MaskedText {
  return texts.join(TEXT_SEPARATOR) as MaskedText;
}

/** What carries layout and style is shown even on masked elements, in the only form it can have. Anything else may be a value. */
const STRUCTURAL: readonly (readonly [names: string, form: RegExp])[] = [
  ['id class for slot part is', /^/u],
  ['type role dir lang inputmode autocomplete wrap', /^[a-z/ -]{0,40}$/iu],
  ['tabindex width height rows cols size colspan rowspan', /^[-\d.%]{0,10}$/u],
  ['hidden open disabled readonly required multiple', /^$/u],
];
const FORMS = new Map(STRUCTURAL.flatMap(([names, form]) => names.split(' ').map((name) => [name, form] as const)));

export function isStructural(name: string): boolean {
  return FORMS.has(name);
}

/** An attribute of a masked element, its style aside. */
export function maskedAttribute(name: string, raw: string): MaskedText {
  return FORMS.get(name)?.test(raw) === true ? clear(raw) : maskedValue(raw);
}
