import { describe, expect, test } from 'vitest';
import type { MaskedText } from '../../protocol/masked-text.ts';
import { MAX_STRING_UNITS } from '../../protocol/limits.ts';
import { createLastLook } from './last-look.ts';
import { clearColumn } from './rules/clear-column.ts';
import { createFinder } from './rules/finder.ts';

const STARS = '********';
const looked = (text: string, patterns: readonly string[] = []): string => {
  const look = createLastLook();
  look.setFinder(createFinder(patterns.map((pattern) => ({ name: '', pattern }))));
  return look.lookClosely(text as MaskedText);
};

describe('taken out of any text', () => {
  test.for([
    ['a Visa card', '4111 1111 1111 1111'],
    ['a Visa card in one', '4111111111111111'],
    ['a Mastercard', '5500-0055-5555-5559'],
    ['a new Mastercard', '2223003122003222'],
    ['an American Express card', '3782 822463 10005'],
    ['a Discover card', '6011111111111117'],
    ['a Diners card', '30569309025904'],
    ['a German IBAN', 'DE89 3704 0044 0532 0130 00'],
    ['a British IBAN', 'GB29NWBK60161331926819'],
    ['a Norwegian IBAN', 'NO93 8601 1117 947'],
    ['a Maltese IBAN', 'mt84 malt 0110 0001 2345 mtlc ast0 01s'],
    ['a social security number', '078-05-1120'],
    ['a national insurance number', 'AB 12 34 56 C'],
    ['a CPF', '529.982.247-25'],
    ['a DNI', '12345678Z'],
    ['a NIE', 'X1234567L'],
    ['a NIR', '1 84 12 76 451 089 46'],
    ['a codice fiscale', 'RSSMRA85T10A562S'],
  ])('%s', ([, number]) => {
    expect(looked(`It is ${number}, yes`)).toBe(`It is ${STARS}, yes`);
    expect(looked(number as string)).toBe(STARS);
  });
});

test('of numbers known from masked fields, grown key by key, no part is left in a row of others', () => {
  const look = createLastLook();
  look.setFinder(createFinder([]));
  let before = '';
  for (let end = 1; end <= 10; end += 1) before = look.remember('9876543210'.slice(0, end), before);
  look.remember('12345678');
  const row = look.lookClosely('01.02.2024 9876 543 210 1234-5678 01.03.2024' as MaskedText);
  expect(row.replace(/\D/gu, '')).toMatch(/^(?:01022024)?(?:01032024)?$/u);
  expect(row).toContain(STARS);
});

describe('taken out however it is grouped', () => {
  test.for(['\u00a0', '\u202f', '\u2009', '\u2007', '\t', '\u200b', '\u2011', '–', '—', '−', '_'])('by “%s”', (gap) => {
    const grouped = (number: string): string => number.replaceAll(' ', gap);
    for (const number of ['4111 1111 1111 1111', '078 05 1120', 'DE89 3704 0044 0532 0130 00'])
      expect(looked(`It is ${grouped(number)}, yes`)).toBe(`It is ${STARS}, yes`);
  });

  test.for(['4111 1111 1111 1111', '3782 822463 10005', 'DE89 3704 0044 0532 0130 00'])(
    'by lines, as in markup: %s',
    (number) =>
      expect(looked(`It is\n  ${number.replaceAll(' ', '\n      ')},\n  yes`)).toBe(`It is\n  ${STARS},\n  yes`),
  );

  test.for(['AB 12 34 56 C', '1 84 12 76 451 089 46'])('by spaces that do not break: %s', (number) =>
    expect(looked(number.replaceAll(' ', '\u00a0'))).toBe(STARS),
  );
});

describe('left as it is', () => {
  test.for([
    '411111\n111111\n1111', // Numbers on lines of their own.
    '4111   111111   111111', // Columns of them.
    '1, 2, 3, 4, 5, 6, 7, 8, 9, 10',
    'Order 4111 1111 1111 1112',
    'Tracking 1234567890123456',
    'DE88 3704 0044 0532 0130 00',
    'Call +44 808 157 0199 or +1 202-555-0143',
    '2026-11-21 12:34:56, 1700000000123',
    '1,234,567,890,123.45',
    '12345678A',
    '529.982.247-26',
    'Total 1.234,56 €',
    '/files/order%20of%20today',
    '0000 0000 0000 0000',
  ])('%s', (text) => expect(looked(text)).toBe(text));
});

test('what the site describes is taken out as well', () => {
  expect(looked('Policy POL-123456 of pol-654321', ['POL-\\d{6}'])).toBe(`Policy ${STARS} of ${STARS}`);
});

test('a masked value is taken out wherever it turns up; the count says how many, each once', () => {
  const look = createLastLook();
  look.setFinder(createFinder([]));
  look.remember('hunter22');
  expect(look.lookClosely('You typed hunter22! hunter22' as MaskedText)).toBe(`You typed ${STARS}! ${STARS}`);
  look.lookClosely('Card 4111111111111111' as MaskedText);
  expect(look.count).toBe(2);
});

describe('a masked value in another form', () => {
  const echoed = (value: string, text: string): string => {
    const look = createLastLook();
    look.setFinder(createFinder([]));
    look.remember(value);
    return look.lookClosely(text as MaskedText);
  };

  test.for([
    ['John.Doe@Example.com', 'Sent to john.doe@example.com', `Sent to ${STARS}`],
    ['straße', 'in der STRASSE, Straße', `in der STRASSE, ${STARS}`],
    ['hunter22', 'İ HUNTER22 İ Hunter22', `İ ${STARS} İ ${STARS}`],
    ['5551234567', 'Call (555) 123-4567 now', `Call (${STARS} now`],
    ['555 123 4567', 'Call 5551234567 now', `Call ${STARS} now`],
    ['2026-11-21', 'born 2026/11/21', `born ${STARS}`],
    ['123456', 'order 1-2345-6789', `order ${STARS}`],
    ['12345', 'on 1 23 45', 'on 1 23 45'],
    ['jane.doe@example.com', '/users/jane.doe%40example.com/edit', `/users/${STARS}/edit`],
    ['Jane Doe, Bonn', 'see /of/Jane%20Doe%2C+Bonn now', `see /of/${STARS} now`],
    ['Jürgen', '/j%c3%bcrgen/50%/', `/${STARS}/50%25/`],
    ['jane.doe@example.com', '/%FC/jane.doe%40example.com', `/ü/${STARS}`],
    ['5551234567', 'tel:%28555%29%20123-4567', `tel:(${STARS}`],
    ['hunter22', '/a%20b/%E4?50%', '/a%20b/%E4?50%'],
    ['1234567.85', 'USD 1,234,567.85 in all', `USD ${STARS} in all`],
    ['1234567.85', 'CHF 1’234’567.85', `CHF ${STARS}`],
    ["1'234'567.85", 'EUR 1.234.567,85', `EUR ${STARS}`],
    ['1,234,567.85 €', 'EUR 1\u202f234\u202f567,85', `EUR ${STARS}`],
    ['98765432109', 'No. 987\u00a0654\u00a0321\u00a009', `No. ${STARS}`],
    ['98765432109', 'No. 987\n   654\n   321\n   09', `No. ${STARS}`],
    ['1234567.85', '3, 1,234,567.85, 12 more', `3, ${STARS}, 12 more`],
    ['7654321.85', '1, 2, 3, 4, 5, 6, 7, 8, 9', '1, 2, 3, 4, 5, 6, 7, 8, 9'],
    ['$125,000.00', 'about 125,000 or 125000', `about ${STARS} or ${STARS}`],
    ['125.000,00 €', '125000.5', STARS],
    ['98 765.50 kr', '98765.5 or 98765.50', `98765.5 or ${STARS}`],
    ["CHF 12'500.00", 'CHF 12500.00', `CHF ${STARS}`],
    ['2026.11.21', '2026-11-30', '2026-11-30'],
    ['+1 (555) 123-4567', 'Code sent to 555 123 4567', `Code sent to ${STARS}`],
    ['+49 170 1234567', 'tel:01701234567', `tel:${STARS}`],
    ['0170 1234567', 'Code sent to +49 170 1234567', `Code sent to +${STARS}`],
    ['C01X00T478', 'ID c01x 00T4-78 here', `ID ${STARS} here`],
    ['C01X 00T4 78', 'ID C01X00T478', `ID ${STARS}`],
    ['Jane Maria Doe', 'Dear Jane\u00a0Maria\n   Doe,', `Dear ${STARS},`],
    ['Jürgen Müller', 'for Ju\u0308rgen Mu\u0308ller.', `for ${STARS}.`],
    ['Ju\u0308rgen Mu\u0308ller', 'for Jürgen Müller.', `for ${STARS}.`],
    ['ﾔﾏﾀﾞ ﾀﾛｳ 12', 'ヤマダ　タロウ　１２様', `${STARS}様`],
    ['hunter22', '“ｈｕｎｔｅｒ２２”', `“${STARS}”`],
    ['hunter22', 'hun\u00adter\u200b22', STARS],
    ['a"quoted\\22', '{"password":"a\\"quoted\\\\22"}', `{"password":"${STARS}"}`],
    ['Jane Maria Doe\n12 Main Street\nBonn', 'To: 12 Main Street, Bonn', `To: ${STARS}, Bonn`],
    ['C01X00T478', 'C01X 00T4 79, C01X and 00T478', 'C01X 00T4 79, C01X and 00T478'],
    ['ab1c2', 'ab-1c 2', 'ab-1c 2'],
    ['therein', 'there in', 'there in'],
    ['Thanks\nBonn\n1 pm', 'Bonn, 1 pm. Thanks', 'Bonn, 1 pm. Thanks'],
  ] as const)('%s is found in “%s”', ([value, text, expected]) => {
    expect(echoed(value, text)).toBe(expected);
  });
});

describe('what is typed key by key', () => {
  const typed = (...steps: readonly string[]): ReturnType<typeof createLastLook> => {
    const look = createLastLook();
    look.setFinder(createFinder([]));
    let before = '';
    for (const value of steps) before = look.remember(value, before);
    return look;
  };
  const keys = (text: string): string[] => Array.from(text, (_, at) => text.slice(0, at + 1));
  const shown = (look: ReturnType<typeof createLastLook>, text: string): string => look.lookClosely(text as MaskedText);

  test('is taken out as it was at every step', () => {
    const look = typed(...keys('hunter22'));
    for (const step of keys('hunter22').slice(3)) expect(shown(look, `You typed ${step}!`)).toBe(`You typed ${STARS}!`);
    expect(shown(look, 'hun')).toBe('hun');
    expect(shown(typed(...keys('5551234567')), 'Call (555) 123-45')).toBe(`Call (${STARS}`);
  });

  test('is taken out when it was deleted again, and typed otherwise', () => {
    const look = typed('hunter22', 'hunter2', 'hunter', 'hunter-x', 'hunter-');
    for (const step of ['hunter22', 'hunter2', 'hunter', 'hunter-x']) expect(shown(look, step)).toBe(STARS);
    expect(shown(look, 'hunte')).toBe('hunte');
  });

  test('does not push out what was remembered before', () => {
    const look = typed(
      'correct horse',
      ...keys('Dear madam, '.repeat(100)),
      ...keys('Dear sir, '.repeat(100)).reverse(),
    );
    expect(shown(look, 'It was correct horse.')).toBe(`It was ${STARS}.`);
  });

  test('in the midst of a long text neither, nor does it take a long time', () => {
    const long = 'Dear madam, '.repeat(3_000);
    const look = typed('correct horse', ...keys('x'.repeat(1_000)).map((more) => `${long}${more}!`));
    expect(shown(look, 'It was correct horse.')).toBe(`It was ${STARS}.`);
    expect(shown(look, `${long}${'x'.repeat(1_000)}!`)).toBe(STARS);
    const text = 'Dear customer, '.repeat(50_000);
    expect(shown(look, text)).toBe(text.slice(0, MAX_STRING_UNITS));
  });
});

test('values that share a part leave nothing of each other', () => {
  const look = createLastLook();
  look.setFinder(createFinder([]));
  for (const value of ['anna', 'anna-maria', 'maria stuart', 'xanna']) look.remember(value);
  const texts = ['Anna', 'Anna-Maria', 'Anna-Maria Stuart', 'Xanna', 'Savanna', 'ann'];
  expect(texts.map((text) => look.lookClosely(text as MaskedText))).toEqual([
    STARS,
    STARS,
    STARS,
    STARS,
    `Sav${STARS}`,
    'ann',
  ]);
});

test('thousands of values in a text of a million letters take no long time', () => {
  const look = createLastLook();
  look.setFinder(createFinder([]));
  for (let index = 0; index < 2_500; index += 1) look.rememberText(`Value ${index} of many`);
  const text = 'The value 1 of a few. '.repeat(50_000);
  expect(look.lookClosely(text as MaskedText)).toBe(text.slice(0, MAX_STRING_UNITS));
});

test('a long text without end takes no long time', () => {
  const digits = '1 '.repeat(400_000);
  expect(looked(digits)).toBe(digits);
  const letters = 'AB12'.repeat(200_000);
  expect(looked(letters)).toBe(letters);
  const picture = `50% ${'iVBORw0KGgo'.repeat(90_000)}`;
  expect(looked(picture)).toBe(picture);
  const codes = '%20%E4a'.repeat(140_000);
  expect(looked(codes)).toBe(codes);
});

describe('a whole column at once', () => {
  const SEPARATOR = '\u0001';
  const column = (name: string, ...texts: string[]): string[] => {
    const look = createLastLook();
    look.setFinder(createFinder([{ name: '', pattern: 'POL-\\d{6}' }]));
    look.remember('hunter22');
    look.remember(`odd${SEPARATOR}one`);
    return look.lookThrough(name, clearColumn(name, texts)).split(SEPARATOR);
  };

  test('each text by itself, in its order', () => {
    expect(column('#p', 'a', '4111 1111 1111 1111', '', 'b hunter22', '529.982.247-25', 'POL-123456', 'c')).toEqual([
      'a',
      STARS,
      '',
      `b ${STARS}`,
      STARS,
      STARS,
      'c',
    ]);
  });

  test('nothing is found across two texts but parts of a masked value', () => {
    const texts = ['4111 1111', '1111 1111', 'hunter2', '2', 'POL-1', '23456'];
    expect(column('#p', ...texts)).toEqual(texts);
    expect(column('#p', 'hunt-er', '2-2', 'seen')).toEqual(['hunt-er', '2-2', 'seen']);
    expect(column('#p', 'hunter', '22', 'seen', 'odd', 'one')).toEqual(['******', '**', 'seen', '***', '***']);
  });

  test('a masked value in what holds no text for people, and no numbers there', () => {
    expect(column('class', 'a hunter22', '4111111111111111')).toEqual([`a ${STARS}`, '4111111111111111']);
    expect(column('#style', '4111111111111111')).toEqual(['4111111111111111']);
    for (const name of ['d', 'cx', 'stroke-dasharray', 'viewBox', 'keyTimes', 'gradientTransform'])
      expect(column(name, '4111111111111111')).toEqual(['4111111111111111']);
  });

  test('a number in whatever attribute a page’s own element has it, and in names of files and fields', () => {
    for (const name of ['number', 'card-pan', 'account', 'name', 'download', 'datetime', 'order'])
      expect(column(name, '4111111111111111')).toEqual([STARS]);
  });
});
