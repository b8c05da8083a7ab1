import { MAX_STRING_UNITS } from '../../../protocol/limits.ts';
import { TEXT_SEPARATOR, type MaskedText } from '../../../protocol/masked-text.ts';
import { SAID_PREFIX } from '../../../protocol/shapes.ts';
import { clear, maskedUrl } from '../masked-text.ts';

/** How the texts of one column are cleared that agents may see: without what no eye sees on the page. */
interface Clearing {
  readonly clear: (raw: string) => MaskedText;
  /** Texts without any of these stay as they are. */
  readonly signs: readonly string[];
}

const ADDRESSES = new Set(['href', 'xlink:href', 'cite', 'formaction', 'data']);
/** They say something to people. */
const WORDS = /^(?:aria-.*|title|alt|placeholder|label|value|summary|abbr|content|pattern)$/u;
/** As no standard calls anything but these, and frameworks what they keep code in. */
const MADE_UP =
  /^(?!(?:clip|color|fill|flood|font|lighting|marker|mask|stop|stroke|text|transform)-|x(?:ml|link)).*[^a-z\d]/iu;

/** Whole records of a customer travel in attributes, as they are, in percents or in base64; so do tokens. */
const RECORD = /^\s*(?:[[{].|(?:%(?:25)*20)*%(?:25)*[57]B|eyJ[\w+/-]{9})/isu;
/** Given to a function, or to a variable; addresses that are what they lead to. */
const CODE = /[\w$](?:[(=]| = )\s*['"`{[]|^\s*(?:javascript:|data:[\w/+.;=-]*,)/iu;
/** More than a word, a name or a number. */
const ANY_CODE = /[[\]{}()'"`=;]/u;
const IN_ITSELF = /^[\0-\x20]*(?:javascript|data):/iu;

const SIGNS = ['?', '[', '{', '%', 'eyJ', '(', '=', ':', "'", '"', '`', ';'];
const AS_IT_IS: Clearing = { clear, signs: [] };
const ADDRESS: Clearing = { clear: clearAddress, signs: ['?', '#', ':'] };
const WORD: Clearing = { clear: clearOther, signs: ['?'] };
const OTHER: Clearing = { clear: clearRecord, signs: ['?', '[', '{', '%', 'eyJ'] };
const DATA: Clearing = { clear: without(CODE), signs: SIGNS };
const CODED: Clearing = { clear: without(ANY_CODE), signs: SIGNS };

/** @param column as shapes.ts names it: an attribute's name, or something with `#` or `=` before it */
function clearingOf(column: string): Clearing {
  if (/^(?:class|style|id|[#=].*)$/u.test(column) || column.startsWith(SAID_PREFIX)) return AS_IT_IS;
  if (ADDRESSES.has(column)) return ADDRESS;
  if (WORDS.test(column)) return WORD;
  if (column.startsWith('data-')) return DATA;
  return MADE_UP.test(column) ? CODED : OTHER;
}

/**
 * A whole column, cleared at once, with a separator between each two texts: most columns have nothing in them that is
 * to go, and one look over all of it costs a fraction of a look at each.
 */
export function clearColumn(column: string, raw: readonly string[]): MaskedText {
  const { clear: clearOne, signs } = clearingOf(column);
  const all = raw.join('');
  const isClear =
    all.length <= MAX_STRING_UNITS && !all.includes(TEXT_SEPARATOR) && !signs.some((sign) => all.includes(sign));
  return (isClear ? raw : raw.map((text) => clearOne(text))).join(TEXT_SEPARATOR) as MaskedText;
}

/** Code and whole files stand in an address, and not behind it. */
function clearAddress(raw: string): MaskedText {
  return maskedUrl(IN_ITSELF.exec(raw.replace(/[\t\n\r]/gu, ''))?.[0] ?? raw);
}

function without(code: RegExp): (raw: string) => MaskedText {
  return (raw) => (code.test(raw) ? clear('') : clearRecord(raw));
}

function clearRecord(raw: string): MaskedText {
  return RECORD.test(raw) ? clear('') : clearOther(raw);
}

function clearOther(raw: string): MaskedText {
  return clear(raw.indexOf('?') === -1 ? raw : raw.replace(/^((?:\w+:)?[./][^\s?#]*)\?\S*$/u, '$1'));
}
