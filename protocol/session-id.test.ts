import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSessionId, parseSessionId, type SessionId } from './session-id.ts';
import { holds } from './test-random.ts';

describe('a session ID as people type it', () => {
  test.each([
    '123456789',
    '123-456-789',
    '123 456 789',
    ' 123.456.789\n',
    '123–456—789',
    '123‑456‐789',
    '123/456_789',
    '12-34-56-78-9',
    '１２３４５６７８９',
    '１２３－４５６－７８９',
    '１２３ー４５６　７８９',
    '123−456,789',
  ])('%j is read, whatever separates its digits', (typed) => {
    expect(parseSessionId(typed)).toBe('123456789');
  });

  test.each([
    '',
    '---',
    '12345678',
    '1234567890',
    '12345678a',
    'abcdefghi',
    '+12345678',
    '1e8',
    '0x1234567',
    '١٢٣٤٥٦٧٨٩',
    '123456789\u0000',
    '①②③④⑤⑥⑦⑧⑨',
    `${' '.repeat(60)}123456789`,
  ])('%j is not one', (typed) => {
    expect(parseSessionId(typed)).toBeNull();
  });

  test.each([null, undefined, 123456789, {}, ['123456789'], { toString: () => '123456789' }])(
    'what is no string, like %j, is not one',
    (typed) => {
      expect(parseSessionId(typed as unknown as string)).toBeNull();
    },
  );

  test('nothing typed makes it throw, and what it reads has nine plain digits', () => {
    holds(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (typed) => {
        const id = parseSessionId(typed);
        if (id !== null) expect(id).toMatch(/^[0-9]{9}$/u);
      }),
      1_000,
    );
  });
});

describe('a session ID as people read it out', () => {
  test('it stands in three groups of three', () => {
    expect(formatSessionId('012345678' as SessionId)).toBe('012-345-678');
  });

  test('every one of them is read back', () => {
    holds(
      fc.property(fc.nat(999_999_999), (number) => {
        const id = String(number).padStart(9, '0') as SessionId;
        expect(parseSessionId(formatSessionId(id))).toBe(id);
      }),
    );
  });
});
