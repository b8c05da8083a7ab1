import { formatSessionId, parseSessionId } from '../../../protocol/session-id.ts';

export interface Typed {
  readonly text: string;
  /** Where the caret is, in UTF-16 units from the start. */
  readonly caret: number;
}

const SEPARATOR = /[\s\-–—‑.,_/]/u;
const DIGIT = /[0-9０-９]/u;

/**
 * Groups the digits of a session ID while a person types or pastes, and keeps the caret after the same digit. Text that
 * holds anything but digits and separators is left as it is: nobody likes a field that eats letters without a word.
 */
export function typeSessionId({ text, caret }: Typed): Typed {
  const characters = Array.from(text);
  if (!characters.every((character) => DIGIT.test(character) || SEPARATOR.test(character))) return { text, caret };
  const digits = characters.filter((character) => DIGIT.test(character)).map(toAscii);
  const digitsBeforeCaret = Array.from(text.slice(0, caret)).filter((character) => DIGIT.test(character)).length;
  const grouped = digits.join('').replace(/(\d{3})(?=\d)/gu, '$1-');
  return { text: grouped, caret: placeAfter(grouped, digitsBeforeCaret) };
}

/** As shown on the screen; what cannot be read is shown as it is. */
export function showSessionId(digits: string): string {
  const id = parseSessionId(digits);
  return id === null ? digits : formatSessionId(id);
}

function placeAfter(grouped: string, digits: number): number {
  let seen = 0;
  let at = 0;
  while (at < grouped.length && seen < digits) {
    if (grouped[at] !== '-') seen += 1;
    at += 1;
  }
  return at;
}

function toAscii(digit: string): string {
  const code = digit.charCodeAt(0);
  return code >= 0xff10 ? String.fromCharCode(code - 0xfee0) : digit;
}
