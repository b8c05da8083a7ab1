import type { MaskedText } from '../../../protocol/masked-text.ts';
import type { LastLook } from '../last-look.ts';
import { clear, isStructural, maskedValue } from '../masked-text.ts';

/** A property, or what looks like one; or a text in quotes, with what it is given to; or a comment. */
const PARTS =
  /([\w-]+)\s*:|((?:url|format|local|tech)\(\s*|\[\s*([\w-]+)\s*[~|^$*]?=\s*)?(["'])((?:\\[^]|(?!\4)[^\\])*)\4|\/\*[^]*?(?:\*\/|$)/giu;
/** Their texts are names of fonts, areas and kinds. */
const OF_NAMES = /^(?:font|grid|src$|syntax$)/iu;

/** A sheet under a mask: all its layout, and of what it writes on the page no word and no number. Signs stay: icons are such. */
export function maskedSheet(raw: string, lastLook: Pick<LastLook, 'rememberText'>): MaskedText {
  let property = '';
  const masked = raw.replace(PARTS, (all, name?: string, given?: string, attribute?: string, quote = '', text = '') => {
    if (name !== undefined) {
      property = name;
      return all;
    }
    if (quote === '') return '';
    const isName = attribute === undefined ? given !== undefined || OF_NAMES.test(property) : isStructural(attribute);
    if (isName || isSign(text)) return all;
    lastLook.rememberText(text);
    return all.slice(0, -1 - text.length) + maskedValue(text) + quote;
  });
  return clear(masked, Infinity);
}

/** Icons are mostly written as numbers of the private use area. */
function isSign(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text.replace(/\\[ef][\da-f]{3}\s?/giu, ''));
}
