import { SESSION_ID_DIGITS } from './limits.ts';

declare const brand: unique symbol;
/** Nine digits without separators. An address, not a key: joining also needs a signed-in agent of the site. */
export type SessionId = string & { readonly [brand]: 'SessionId' };

/** The last three are what Japanese input methods make of the minus key. */
const SEPARATORS = /[\s\-‐‑–—.,_/−－ー]/gu;
const DIGITS = new RegExp(`^[0-9]{${SESSION_ID_DIGITS}}$`, 'u');

/** Reads what a person typed or pasted: separators are ignored, anything else makes it `null`. */
export function parseSessionId(typed: string): SessionId | null {
  if (typeof typed !== 'string' || typed.length > 64) return null;
  const digits = toAsciiDigits(typed).replace(SEPARATORS, '');
  return DIGITS.test(digits) ? (digits as SessionId) : null;
}

/** As people read it out: `123-456-789`. */
export function formatSessionId(id: SessionId): string {
  return id.replace(/(\d{3})(?=\d)/gu, '$1-');
}

/** Full-width digits come from Japanese input methods, which agents of Shift JIS sites use. */
function toAsciiDigits(text: string): string {
  return text.replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}
