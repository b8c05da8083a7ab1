import { describe, expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';

describe('foreign text on a trusted screen', () => {
  test('loses control and direction characters', () => {
    expect(cleanText('safe\u202Eexe.txt\u0000 \u2066x\u2069', 100)).toBe('safe exe.txt x');
  });

  test('becomes one line', () => {
    expect(cleanText('  a\n\n\tb\u2028c ', 100)).toBe('a b c');
  });

  test('is cut at the limit without leaving half a character', () => {
    expect(cleanText('abcdef', 4)).toBe('abc…');
    expect(cleanText('ab😀😀', 4)).toBe('ab…');
  });

  test('is cut before it is searched, however long it is', () => {
    expect(cleanText('x'.repeat(10_000_000), 200)).toHaveLength(200);
  });
});
