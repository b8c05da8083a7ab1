import { TEXT_SEPARATOR } from '../../../protocol/masked-text.ts';
import { BREAK, DASH, GAP, GAP_OR_BREAK, POINT_OR_BREAK, SPACE } from './gaps.ts';

/**
 * Numbers that are secret wherever they stand: payment cards, IBANs, national IDs. Each is known by its shape and, where
 * it has one, by its check digits, so that an order number of the same length stays.
 */
const SHORTEST = 9;
/**
 * What any of them has: most texts have none, and are done with. Each of its ways begins at a digit, so that the search
 * flies over everything else: nine digits, a DNI, an IBAN, a national insurance number, a codice fiscale.
 */
const HINT = new RegExp(
  `\\d(?:(?:${POINT_OR_BREAK}\\d){8}|\\d{6}${DASH}[A-Za-z]|(?<=[A-Za-z]{2}\\d)\\d(?:${GAP_OR_BREAK}[A-Za-z\\d]){11}|(?<=[A-Za-z]{2}${SPACE}\\d)\\d(?:${SPACE}\\d\\d){2}${SPACE}[A-Da-d]|(?<=[A-Za-z]{6}\\d)\\d[A-Za-z])`,
  'g',
);

const CARD = new RegExp(`(?<![\\d.,-])\\d(?:${GAP}?\\d){12,18}(?![\\d]|[.,]\\d)`, 'gu');
/** A list of numbers, each on a line of its own, is no card: only as it is printed. */
const BROKEN_CARD = new RegExp(
  `(?<![\\d.,-])\\d{4}(?:(?:${BREAK}\\d{4}){3}|${BREAK}\\d{6}${BREAK}\\d{5})(?![\\d]|[.,]\\d)`,
  'gu',
);
const CARD_PREFIX = /^(?:4|5[1-5]|2[2-7]|3[045678]|6)/u;
const IBAN = new RegExp(`(?<![A-Z\\d])[A-Z]{2}\\d{2}(?:${GAP_OR_BREAK}[A-Z\\d]){11,30}(?![A-Z\\d])`, 'giu');

const IDS: readonly (readonly [RegExp, (id: string) => boolean])[] = [
  // United States: social security. Without hyphens it could be any nine digits.
  [new RegExp(`(?<![\\d-])(?!000|666|9)\\d{3}(${GAP})(?!00)\\d{2}\\1(?!0000)\\d{4}(?![\\d-])`, 'gu'), () => true],
  // United Kingdom: national insurance.
  [
    new RegExp(
      `\\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:${SPACE}\\d{2}){3}${SPACE}[A-D]\\b`,
      'giu',
    ),
    () => true,
  ],
  // Brazil: CPF.
  [new RegExp(`(?<!\\d)\\d{3}\\.\\d{3}\\.\\d{3}${GAP}\\d{2}(?!\\d)`, 'gu'), isCpf],
  // Spain: DNI and NIE.
  [new RegExp(`\\b[XYZ\\d]${DASH}\\d{7}${DASH}[A-Z]\\b`, 'giu'), isDni],
  // France: NIR.
  [
    new RegExp(
      `(?<!\\d)[12]${SPACE}\\d{2}${SPACE}(?:0[1-9]|1[0-2])${SPACE}(?:\\d{2}|2[AB])${SPACE}\\d{3}${SPACE}\\d{3}${SPACE}\\d{2}(?!\\d)`,
      'giu',
    ),
    isNir,
  ],
  // Italy: codice fiscale.
  [/\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b/giu, () => true],
];

/**
 * @param joined one text, or several with a separator between each two
 * @param hide gives what stands in the number's place
 */
export function findNumbers(joined: string, hide: (number: string) => string): string {
  let result = '';
  let done = 0;
  HINT.lastIndex = 0;
  for (let hint = HINT.exec(joined); hint !== null; hint = HINT.exec(joined)) {
    const from = joined.lastIndexOf(TEXT_SEPARATOR, hint.index) + 1;
    const separator = joined.indexOf(TEXT_SEPARATOR, hint.index);
    const to = separator === -1 ? joined.length : separator;
    result += joined.slice(done, from) + withoutNumbers(joined.slice(from, to), hide);
    done = to;
    HINT.lastIndex = to;
  }
  return result + joined.slice(done);
}

function withoutNumbers(text: string, hide: (number: string) => string): string {
  let result = text
    .replace(IBAN, (match) => withinIban(match, hide))
    .replace(CARD, (match) => (isCard(match) ? hide(match) : match))
    .replace(BROKEN_CARD, (match) => (isCard(match) ? hide(match) : match));
  for (const [shape, isValid] of IDS) result = result.replace(shape, (match) => (isValid(match) ? hide(match) : match));
  return result;
}

function isCard(text: string): boolean {
  const digits = text.replace(/\D/gu, '');
  return CARD_PREFIX.test(digits) && !/^(\d)\1+$/u.test(digits) && luhn(digits);
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Words that follow an IBAN look like more of it, so the longest part that checks is taken. */
function withinIban(match: string, hide: (number: string) => string): string {
  for (let end = match.length; end >= SHORTEST; end -= 1) {
    const candidate = match.slice(0, end);
    if (/[A-Z\d]$/iu.test(candidate) && isIban(candidate)) return hide(candidate) + match.slice(end);
  }
  return match;
}

function isIban(text: string): boolean {
  const plain = text.replace(/[^A-Z\d]/giu, '').toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  return mod97(plain.slice(4) + plain.slice(0, 4)) === 1;
}

/** Letters count from A = 10 (ISO 7064). */
function mod97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

function isCpf(text: string): boolean {
  const digits = text.replace(/\D/gu, '').split('').map(Number);
  return [9, 10].every((length) => {
    const sum = digits.slice(0, length).reduce((total, digit, index) => total + digit * (length + 1 - index), 0);
    return ((sum * 10) % 11) % 10 === digits[length];
  });
}

function isDni(text: string): boolean {
  const plain = text.replace(/[^A-Z\d]/giu, '').toUpperCase();
  const number = Number(plain.slice(0, -1).replace(/^[XYZ]/u, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === plain.at(-1);
}

function isNir(text: string): boolean {
  const plain = text
    .replace(/[^A-Z\d]/giu, '')
    .toUpperCase()
    .replace('2A', '19')
    .replace('2B', '18');
  return 97 - (Number(plain.slice(0, 13)) % 97) === Number(plain.slice(13));
}
