import { expect, test } from 'vitest';
import { TEXT_SEPARATOR } from '../../../protocol/masked-text.ts';
import type { MaskedText } from '../../../protocol/masked-text.ts';
import { createLastLook } from '../last-look.ts';
import { createFinder } from './finder.ts';

const CARD = '4929718365042271';

function looked(texts: readonly string[], ...secrets: readonly string[]): string[] {
  const look = createLastLook();
  look.setFinder(createFinder([]));
  for (const secret of secrets) look.remember(secret);
  return look.lookThrough('#span', texts.join(TEXT_SEPARATOR) as MaskedText).split(TEXT_SEPARATOR);
}

const groups = (text: string, units: number): string[] => text.match(new RegExp(`.{1,${units}}`, 'gu')) ?? [];

test.for([1, 2, 3, 4, 5, 6])(
  'a number is taken out whose digits stand in texts of %d, however it was typed',
  (units) => {
    for (const typed of [CARD, '4929 7183 6504 2271', '4929-7183-6504-2271']) {
      const texts = looked(['From', ...groups(CARD, units), 'to 09/29'], typed);
      expect(texts.join('').replace(/\*/gu, '')).toBe('Fromto 09/29');
    }
  },
);

test.for([
  ['4929 71', '83 6504 2271'],
  ['49297183', '65042271'],
  ['492971836504227', '1'],
  ['+49 (30) 4929-7183', ' 6504-2271\n'],
])('a number is taken out that stands in two long texts: %s', (texts) => {
  expect(looked(['From', ...texts, '12.50', 'to'], texts.join('').trim()).join('')).toMatch(/^From[*\s]+12\.50to$/u);
});

test('longer texts that are no numbers are none of its parts', () => {
  const texts = ['Invoice 4929 71', '83 6504 2271', '4929 71', 'until 83 6504 2271'];
  expect(looked(texts, CARD)).toEqual(texts);
});

test('with blanks and marks between its parts', () => {
  expect(looked(['\n  555', ' ', '-', '\n 123', '-', '4567', 'Berlin'], '5551234567').join('')).not.toMatch(/\d/u);
  expect(looked(['1', ' ', '7', '\n', '0', ' ', '4'], '1704').join('')).not.toMatch(/\d/u);
});

test('letter by letter, in capitals or not', () => {
  const texts = looked([...groups('Zq7-SECRET', 1), 'more'], 'zq7-secret');
  expect(texts.join('')).toBe('**********more');
});

test('in a long row of other numbers only its own parts, each time', () => {
  const others = Array.from({ length: 3_000 }, (_, at) => String(at % 90));
  const parts = groups(CARD, 4);
  const texts = looked([...others, ...parts, ...others, ...parts, ...others], CARD);
  const isGone = texts.map((text) => text.startsWith('*'));
  expect(isGone.filter(Boolean)).toHaveLength(8);
  expect(isGone.slice(3_000, 3_004).concat(isGone.slice(6_004, 6_008))).not.toContain(false);
});

test('what many cells say whole takes no long time, and is left to who looks at single texts', () => {
  const texts = Array.from({ length: 10_000 }, (_, at) => (at % 2 === 0 ? 'Berlin' : '12'));
  expect(new Set(looked(texts, 'Berlin', '1234567890'))).toEqual(new Set(['********', '12']));
});

test('what is typed further goes with what was typed first', () => {
  const look = createLastLook();
  look.setFinder(createFinder([]));
  let before = '';
  for (let end = 1; end <= CARD.length; end += 1) before = look.remember(CARD.slice(0, end), before);
  for (const end of [6, 9, 16]) {
    const joined = groups(CARD.slice(0, end), 1).join(TEXT_SEPARATOR) as MaskedText;
    expect(look.lookThrough('#span', joined)).not.toMatch(/\d/u);
  }
});

test.for([
  ['days of a month', ['19', '20', '21', '22', '23'], '2021'],
  ['a year in two cells, which has four digits', ['19', '84'], '1984'],
  ['no more than a part', ['12', '345'], '1234567890'],
  ['texts with a longer one between them', ['49', '29', 'and then', '71', '83'], '49297183'],
  ['a value and what is beside it', ['123456', '78'], '123456'],
  ['another order', ['22', '71', '49', '29'], '49297122'],
] as const)('nothing is taken out that stands in several texts of %s', ([, texts, secret]) => {
  expect(looked(texts, secret)).toEqual(texts.map((text) => (text === secret ? '********' : text)));
});
