/** Values that are looked for, by how they begin: one way through a text finds them all, however many there are. */
export interface Wanted {
  /** In small letters. */
  readonly values: ReadonlySet<string>;
  /** How long those are that begin so, the longest first: a thousand may begin alike. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
  /** What is nothing but digits, without what groups them. */
  readonly numbers: ReadonlySet<string>;
  readonly numberLengths: readonly number[];
  /** Where `keyOf` of a text's units is 0, none begins. */
  readonly keys: Uint8Array;
}

/** No value is shorter. */
const START_UNITS = 4;
const KEYS = 0x1_00_00;
const MIN_NUMBER_DIGITS = 6;
const FEW = 20;
/** Digits as people and pages group them; nothing is found across two texts. */
const GROUPED = /\d(?:[ .\-/()]{0,2}\d){5,}/gu;

/** @param values in small letters, none shorter than four units */
export function wantValues(values: ReadonlySet<string>): Wanted {
  const lengths = new Map<string, number[]>();
  const keys = new Uint8Array(values.size === 0 ? 0 : KEYS);
  const numbers = new Set<string>();
  for (const value of values) {
    const start = value.slice(0, START_UNITS);
    const known = lengths.get(start);
    if (known === undefined) lengths.set(start, [value.length]);
    else if (!known.includes(value.length)) known.push(value.length);
    keys[keyAt(value, 0)] = 1;
    const digits = value.replace(/[ .\-/()+]/gu, '');
    if (digits.length >= MIN_NUMBER_DIGITS && /^\d+$/u.test(digits)) numbers.add(digits);
  }
  for (const all of lengths.values()) all.sort((one, other) => other - one);
  const numberLengths = [...new Set([...numbers].map(({ length }) => length))];
  return { values, lengths, numbers, numberLengths, keys };
}

/**
 * Takes values out of a text wherever they stand, in capitals or without.
 * @param text one, or several with a separator between each two
 */
export function withoutValues(text: string, wanted: Wanted, hide: (value: string) => string): string {
  const { values, lengths, keys } = wanted;
  if (values.size === 0) return text;
  const lower = lowered(text);
  // Mostly there are few, and the browser's own search is done with all of them before a way through is half done.
  if (values.size <= FEW && ![...values].some((value) => lower.includes(value))) return text;
  let result = '';
  let done = 0;
  let stars = '';
  /** As far as the values reach that have been found. */
  let end = 0;
  for (let at = 0; at + START_UNITS <= lower.length; at += 1) {
    if (keys[keyAt(lower, at)] === 0) continue;
    const length = lengths.get(lower.slice(at, at + START_UNITS))?.find((one) => values.has(lower.slice(at, at + one)));
    if (length === undefined) continue;
    // What two values share is hidden once.
    if (at >= end) {
      result += stars + text.slice(done, at);
      stars = hide(lower.slice(at, at + length));
    }
    end = Math.max(end, at + length);
    done = end;
  }
  return result + stars + text.slice(done);
}

/**
 * The same for numbers, however their digits are grouped: `5551234567` is `(555) 123-4567`. More digits may stand before
 * one, as a country's do, or after it.
 */
export function withoutGrouped(text: string, wanted: Wanted, hide: (value: string) => string): string {
  const { numbers, numberLengths } = wanted;
  if (numbers.size === 0) return text;
  return text.replace(GROUPED, (match) => {
    const digits = match.replace(/\D/gu, '');
    const isKnown = (length: number): boolean =>
      numbers.has(digits.slice(0, length)) || numbers.has(digits.slice(-length));
    return numberLengths.some(isKnown) ? hide(digits) : match;
  });
}

/** Of the four units from there on; others may have the same. */
function keyAt(text: string, at: number): number {
  const near = text.charCodeAt(at) ^ (text.charCodeAt(at + 1) << 4);
  return (near ^ (text.charCodeAt(at + 2) << 8) ^ (text.charCodeAt(at + 3) << 11)) & (KEYS - 1);
}

/** In small letters, and each where it was. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  // A few letters are two when they are small.
  return lower.length === text.length ? lower : text.replace(/\p{Lu}/gu, (letter) => smallOf(letter));
}

function smallOf(letter: string): string {
  const small = letter.toLowerCase();
  return small.length === letter.length ? small : letter;
}
