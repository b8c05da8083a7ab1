import { TEXT_SEPARATOR } from '../../../protocol/masked-text.ts';

/** A word of an address in which something is written as `%40`. It is tried once, from its beginning: words may be long. */
const WORD = `[^\\s"'<>${TEXT_SEPARATOR}]`;
const ENCODED = new RegExp(`(?<!${WORD})${WORD}*%[\\da-f]{2}${WORD}*`, 'giu');
/** What an address cannot have in it. */
const UNSAFE = /[^!-\u{10ffff}]|["%<>]/gu;

/** Addresses say things in another writing: they are looked at as they are meant, and stay as they are if that is harmless. */
export function withinEncoded(text: string, look: (plain: string) => string): string {
  if (!/%[\da-f]{2}/iu.test(text)) return text;
  // All of it first: hardly any page has a word to go through by itself.
  const plain = text.replace(ENCODED, decoded);
  if (plain === text || look(plain) === plain) return text;
  return text.replace(ENCODED, (word) => {
    const meant = decoded(word);
    const looked = look(meant);
    return looked === meant ? word : looked.replace(UNSAFE, encodeURIComponent);
  });
}

function decoded(word: string): string {
  // What is no UTF-8 is taken byte by byte.
  return word.replaceAll('+', ' ').replace(/(?:%[\da-f]{2})+/giu, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes.replace(/%(..)/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    }
  });
}
