import { expect, test } from 'vitest';
import { mintSessionId } from './session-id.ts';

test('nine digits, zeros in front included', () => {
  expect(
    mintSessionId(
      () => false,
      () => 42,
    ),
  ).toBe('000000042');
  expect(
    mintSessionId(
      () => false,
      (max) => max - 1,
    ),
  ).toBe('999999999');
  expect(mintSessionId(() => false)).toMatch(/^\d{9}$/u);
});

test('a number in use is not given out again', () => {
  const draws = [7, 7, 8];
  expect(
    mintSessionId(
      (id) => id === '000000007',
      () => draws.shift() ?? 0,
    ),
  ).toBe('000000008');
  expect(() => mintSessionId(() => true)).toThrow('No free session ID');
});

test('every digit comes about equally often at every place', () => {
  const counts = Array.from({ length: 9 }, () => Array<number>(10).fill(0));
  const drawn = 5_000;
  for (let count = 0; count < drawn; count += 1) {
    mintSessionId(() => false)
      .split('')
      .forEach((digit, place) => (counts[place]![Number(digit)]! += 1));
  }
  // 500 expected, standard deviation 21: seven of them apart would be a broken generator, not chance.
  for (const count of counts.flat()) expect(Math.abs(count - drawn / 10)).toBeLessThan(150);
});
