import type { Known } from '../last-look.ts';
import { AROUND_DIGITS, GROUPING } from './gaps.ts';

/** Values by how they begin: one way through a text finds them all, however many there are. */
export interface Index {
  /** In small letters. */
  readonly values: Known;
  /** Those of which the beginning is looked for too, by how they begin. */
  readonly growing: ReadonlyMap<string, readonly Growing[]>;
  /** How long those are that begin so, the longest first: a thousand may begin alike. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
}

export interface Wanted extends Index {
  /** What is nothing but digits, without what groups them. */
  readonly numbers: ReadonlySet<string>;
  /** The longest first. */
  readonly numberLengths: readonly number[];
  /** How numbers begin. */
  readonly numberStarts: ReadonlySet<string>;
  /** Where `keyOf` of a text's units is 0, none begins. */
  readonly keys: Uint8Array;
}

interface Growing {
  readonly value: string;
  /** That much of its beginning, at least. */
  readonly units: number;
}

/** No value is shorter. */
export const START_UNITS = 4;
const KEYS = 0x1_00_00;
const MIN_NUMBER_DIGITS = 6;
const MIN_DIALLED_DIGITS = 7;
/** A currency's letters, before or after its number. */
const UNITS = /^\p{L}{1,3}\.?(?=\P{L})|(?<=\P{L})\p{L}{1,3}\.?$/gu;
/** After a group of digits: not the day of a date. */
const CENTS = /(?<=\d{3})[.,]\d\d\D*$/u;
const FEW = 20;
/** So much of a long text is known again, and the rest is compared only where that much stands. */
const MAX_BEGINNING = 60;
/** Digits as people and pages group them; nothing is found across two texts. */
const GROUPED = new RegExp(`\\d(?:${GROUPING}\\d){5,}`, 'g');
/** What may stand in a number, and before and after it. */
const NO_DIGITS = new RegExp(AROUND_DIGITS, 'gu');

/** @param values in small letters, none shorter than four units */
export function wantValues(values: Known): Wanted {
  const keys = new Uint8Array(values.size === 0 ? 0 : KEYS);
  const numbers = new Set<string>();
  for (const [value, atLeast] of values) {
    keys[keyAt(value, 0)] = 1;
    for (let end = Math.min(atLeast, MAX_BEGINNING); end <= value.length && end <= MAX_BEGINNING; end += 1) {
      const digits = value.slice(0, end).replace(NO_DIGITS, '');
      if (digits.length >= MIN_NUMBER_DIGITS && /^\d+$/u.test(digits)) numbers.add(digits);
    }
    for (const digits of otherNumbersOf(value)) numbers.add(digits);
  }
  const numberLengths = [...new Set([...numbers].map(({ length }) => length))].sort((one, other) => other - one);
  const numberStarts = new Set([...numbers].map((number) => number.slice(0, MIN_NUMBER_DIGITS)));
  return { ...indexOf(values), numbers, numberLengths, numberStarts, keys };
}

/** @param values none shorter than four units */
export function indexOf(values: Known): Index {
  const lengths = new Map<string, number[]>();
  const growing = new Map<string, Growing[]>();
  for (const [value, atLeast] of values) {
    const units = Math.min(atLeast, MAX_BEGINNING);
    const start = value.slice(0, START_UNITS);
    if (units < value.length) addTo(growing, start, { value, units });
    else if (!lengths.get(start)?.includes(value.length)) addTo(lengths, start, value.length);
  }
  for (const all of lengths.values()) all.sort((one, other) => other - one);
  return { values, lengths, growing };
}

/**
 * Takes values out of a text wherever they stand, in capitals or without.
 * @param text one, or several with a separator between each two
 */
export function withoutValues(text: string, wanted: Wanted, hide: (value: string) => string): string {
  const { values, keys } = wanted;
  if (values.size === 0) return text;
  const lower = lowered(text);
  // Mostly there are few, and the browser's own search is done with all of them before a way through is half done.
  const stands = ([value, units]: readonly [string, number]): boolean =>
    lower.includes(value.slice(0, Math.min(units, MAX_BEGINNING)));
  if (values.size <= FEW && ![...values].some(stands)) return text;
  let result = '';
  let done = 0;
  let stars = '';
  /** As far as the values reach that have been found. */
  let end = 0;
  for (let at = 0; at + START_UNITS <= lower.length; at += 1) {
    if (keys[keyAt(lower, at)] === 0) continue;
    const length = lengthAt(lower, at, end, wanted);
    if (length === 0) continue;
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
 * Of the longest value that stands there; 0: none does.
 * @param end as far as others reach already: one that reaches no farther need not be compared
 */
export function lengthAt(lower: string, at: number, end: number, { values, lengths, growing }: Index): number {
  const start = lower.slice(at, at + START_UNITS);
  let longest = lengths.get(start)?.find((one) => values.has(lower.slice(at, at + one))) ?? 0;
  for (const { value, units } of growing.get(start) ?? []) {
    if (at < end && value.charCodeAt(end - at) !== lower.charCodeAt(end)) continue;
    let length = START_UNITS;
    while (length < value.length && value.charCodeAt(length) === lower.charCodeAt(at + length)) length += 1;
    if (length >= units) longest = Math.max(longest, length);
  }
  return longest;
}

/**
 * The same for numbers, however their digits are grouped: `5551234567` is `(555) 123-4567`. More digits may stand before
 * one, as a country's do, or after it.
 */
export function withoutGrouped(text: string, wanted: Wanted, hide: (value: string) => string): string {
  if (wanted.numbers.size === 0) return text;
  return text.replace(GROUPED, takeOut);

  function takeOut(row: string): string {
    const digits = row.replace(/\D/gu, '');
    const known = numberIn(digits, wanted);
    if (known === null) return row;
    if (digits.startsWith(known) || digits.endsWith(known)) return hide(digits);
    // In a row of numbers, of which the others are shown, if they are not known as well.
    const part = new RegExp(known.split('').join('\\D*'), 'u').exec(row);
    if (part === null) return hide(digits);
    return row.slice(0, part.index) + hide(known) + takeOut(row.slice(part.index + part[0].length));
  }
}

/** Units of the longest value in a text without white space, in which numbers may be grouped by other marks. */
export function longestValue(text: string, wanted: Wanted): number {
  let longest = 0;
  withoutValues(text, wanted, (value) => {
    longest = Math.max(longest, value.length);
    return value;
  });
  if (wanted.numbers.size === 0) return longest;
  for (const [row] of text.replace(NO_DIGITS, '').matchAll(/\d{6,}/gu))
    longest = Math.max(longest, numberIn(row, wanted)?.length ?? 0);
  return longest;
}

/** Pages say a number without its currency and its cents, and one to be dialled as from abroad or as at home. */
function otherNumbersOf(value: string): string[] {
  if (value.length > MAX_BEGINNING) return [];
  const amount = value.replace(UNITS, '');
  const digits = amount.replace(NO_DIGITS, '');
  if (!/^\d+$/u.test(digits)) return [];
  const dialled = value.startsWith('+') ? [1, 2, 3] : value.startsWith('0') ? [1] : [];
  return [
    ...[digits, amount.replace(CENTS, '').replace(NO_DIGITS, '')].filter(({ length }) => length >= MIN_NUMBER_DIGITS),
    ...dialled.map((from) => digits.slice(from)).filter(({ length }) => length >= MIN_DIALLED_DIGITS),
  ];
}

/** At an end of the digits, where there is one, or among them. */
function numberIn(digits: string, { numbers, numberLengths, numberStarts }: Wanted): string | null {
  for (const length of numberLengths) {
    for (const end of [digits.slice(0, length), digits.slice(-length)]) if (numbers.has(end)) return end;
  }
  for (let at = 1; at + MIN_NUMBER_DIGITS < digits.length; at += 1) {
    if (!numberStarts.has(digits.slice(at, at + MIN_NUMBER_DIGITS))) continue;
    const length = numberLengths.find((one) => numbers.has(digits.slice(at, at + one)));
    if (length !== undefined) return digits.slice(at, at + length);
  }
  return null;
}

function addTo<Value>(lists: Map<string, Value[]>, start: string, value: Value): void {
  const list = lists.get(start);
  if (list === undefined) lists.set(start, [value]);
  else list.push(value);
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
