import { TEXT_SEPARATOR } from '../../../protocol/masked-text.ts';

/**
 * A masked value whose characters stand in several short texts, one beside the other: cards are drawn with an element for
 * each digit, or for each group of four.
 */

interface Kind {
  /** How long a text may be to be a part. */
  readonly maxUnits: number;
  /** How much several of them must say: single letters say little by chance, and cells of numbers much. */
  readonly atLeast: number;
  readonly isOfNumbers?: true;
}

const KINDS: readonly Kind[] = [
  { maxUnits: 1, atLeast: 4 },
  { maxUnits: 6, atLeast: 6 },
  { maxUnits: 24, atLeast: 8, isOfNumbers: true },
];
const OF_A_NUMBER = /^[\d\s.,/()+-]*$/u;
/** With what indents it. */
const MAX_RAW_UNITS = 60;
/** Parts of one value, at most: one that has more is taken out in two. */
const MAX_PARTS = 40;
/** In one column. Where there are more, the rest of such a row goes as a whole. */
const MAX_FOUND = 100;

/**
 * @param joined several texts with a separator between each two; what one of them says by itself stays in it
 * @param longest units of the longest known value in a text, 0 if there is none
 * @param hide is told each that is found
 */
export function withoutParts(
  joined: string,
  longest: (text: string) => number,
  hide: (value: string) => string,
): string {
  const texts = joined.split(TEXT_SEPARATOR);
  let left = MAX_FOUND;
  for (const kind of KINDS) {
    const { atLeast } = kind;
    let from = 0;
    for (let at = 0; at <= texts.length; at += 1) {
      if (at < texts.length && fits(texts[at] as string, kind) && !saysAlone(at, atLeast)) continue;
      if (at - from > 1) takeOut(from, at, atLeast);
      from = at + 1;
    }
  }
  return left === MAX_FOUND ? joined : texts.join(TEXT_SEPARATOR);

  /** And no more with what follows: a thousand cells may say the same. */
  function saysAlone(at: number, atLeast: number): boolean {
    if ((texts[at] as string).length < atLeast) return false;
    const alone = said(at, at + 1);
    return alone >= atLeast && said(at, at + 2) === alone;
  }

  function said(from: number, to: number): number {
    return longest(texts.slice(from, to).join('').replace(/\s+/gu, ''));
  }

  function takeOut(from: number, to: number, atLeast: number): void {
    const most = said(from, to);
    if (most < atLeast) return;
    const [first, end] = left > 0 ? narrow(from, to, most) : [from, to];
    left -= 1;
    hide(texts.slice(first, end).join(''));
    for (let at = first; at < end; at += 1) texts[at] = (texts[at] as string).replace(/\S/gu, '*');
    takeOut(from, first, atLeast);
    takeOut(end, to, atLeast);
  }

  /** The fewest of these texts that still say as much. */
  function narrow(from: number, to: number, most: number): [first: number, end: number] {
    let first = from;
    let end = to;
    while (end - first > 2 * MAX_PARTS) {
      const middle = (first + end) >> 1;
      if (said(first, middle) === most) end = middle;
      else if (said(middle, end) === most) first = middle;
      else [first, end] = [middle - MAX_PARTS, middle + MAX_PARTS];
    }
    while (first < end - 1 && said(first + 1, end) === most) first += 1;
    while (first < end - 1 && said(first, end - 1) === most) end -= 1;
    return [first, end];
  }
}

export function isPart(text: string): boolean {
  return KINDS.some((kind) => fits(text, kind));
}

/** Blank ones stand between parts. */
function fits(text: string, { maxUnits, isOfNumbers }: Kind): boolean {
  if (text.length > MAX_RAW_UNITS) return false;
  return text.trim().length <= maxUnits && (!isOfNumbers || OF_A_NUMBER.test(text));
}
