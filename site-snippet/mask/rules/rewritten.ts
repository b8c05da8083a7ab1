import type { Known } from '../last-look.ts';
import { indexOf, lengthAt, START_UNITS, type Index } from './values.ts';

/**
 * Masked values in another writing than their field's: `C01X00T478` as `C01X 00T4-78`, with spaces that do not break, in
 * letters of full width, with accents as signs of their own, in quotes of JSON, and each line of several by itself.
 */
export interface Rewritten extends Index {
  /** Where `keyAfter` of a text's units is 0, none has begun. */
  readonly keys: Uint8Array;
}

/** Two words may be one of fewer letters. */
const MIN_UNITS = 8;
const MIN_UNITS_WITH_DIGIT = 6;
/** Longer ones nobody says in one piece. */
const MAX_UNITS = 100;
const KEYS = 0x1_00_00;
/** What stands between the parts of a value, what no eye sees, and what quotes a quote. */
const BETWEEN = /[\u0300-\u036f\s\u00ad\u200b-\u200d\u2010-\u2015\u2060\u2212_"\\-]/gu;
/** What each unit comes to that has been read so far: nothing, or mostly one. */
const plain: string[] = [];
/** The same of what most texts are made of; 0: nothing. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => plainOf(code).charCodeAt(0) || 0);

/** @param values as they were masked */
export function wantRewritten(values: Known): Rewritten {
  const all = new Map<string, number>();
  for (const [value, units] of values) {
    add(value, units);
    if (value.includes('\n')) for (const line of value.split('\n')) add(line, line.length);
  }
  const keys = new Uint8Array(all.size === 0 ? 0 : KEYS);
  for (const value of all.keys()) keys[keyAfter(value.slice(0, START_UNITS))] = 1;
  return { ...indexOf(all), keys };

  function add(value: string, units: number): void {
    if (value.length > MAX_UNITS) return;
    const whole = readPlain(value).text;
    const atLeast = /\d/u.test(whole) ? MIN_UNITS_WITH_DIGIT : MIN_UNITS;
    if (whole.length >= atLeast) all.set(whole, Math.max(readPlain(value.slice(0, units)).text.length, atLeast));
  }
}

/** @param text one, or several with a separator between each two, across which nothing is found */
export function withoutRewritten(text: string, wanted: Rewritten, hide: (value: string) => string): string {
  const { keys } = wanted;
  if (keys.length === 0) return text;
  let result = '';
  let done = 0;
  let key = 0;
  // All texts of a page come through here: nothing is made of them.
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < ASCII.length) {
      const unit = ASCII[code] as number;
      if (unit === 0) continue;
      key = nextKey(key, unit);
      if (keys[key] !== 0) found(at);
    } else {
      const units = plainOf(code);
      for (let index = 0; index < units.length; index += 1) {
        key = nextKey(key, units.charCodeAt(index));
        if (keys[key] !== 0) found(at);
      }
    }
  }
  return result + text.slice(done);

  /** Perhaps: others have the same key. */
  function found(last: number): void {
    let from = last + 1;
    let start = '';
    while (start.length < START_UNITS && from > done) start = plainOf(text.charCodeAt(--from)) + start;
    const longest = longestOf(start, wanted);
    if (longest === 0) return;
    const read = readPlain(text, from, longest);
    const length = lengthAt(read.text, 0, 0, wanted);
    if (length === 0) return;
    result += text.slice(done, from) + hide(read.text.slice(0, length));
    done = read.ends[length - 1] as number;
  }
}

function longestOf(start: string, { lengths, growing }: Index): number {
  return Math.max(lengths.get(start)?.[0] ?? 0, ...(growing.get(start) ?? []).map(({ value }) => value.length));
}

/** @returns so many units, at most, and where the sign of each ends */
function readPlain(
  text: string,
  from = 0,
  max = Infinity,
): { readonly text: string; readonly ends: readonly number[] } {
  let read = '';
  const ends: number[] = [];
  for (let at = from; at < text.length && read.length < max; at += 1) {
    read += plainOf(text.charCodeAt(at));
    while (ends.length < read.length) ends.push(at + 1);
  }
  return { text: read, ends };
}

/** In capitals, for what a small letter is may go by what is around it. */
function plainOf(code: number): string {
  return (plain[code] ??= String.fromCharCode(code).normalize('NFKD').replace(BETWEEN, '').toUpperCase());
}

/** Of the last four units, and of no other: those before have been pushed out. */
function nextKey(key: number, unit: number): number {
  return ((key << 4) ^ unit) & (KEYS - 1);
}

function keyAfter(units: string): number {
  let key = 0;
  for (let at = 0; at < units.length; at += 1) key = nextKey(key, units.charCodeAt(at));
  return key;
}
