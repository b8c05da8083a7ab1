import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

test('a fresh session ID is valid for twenty minutes, not twenty and a bit', () => {
  expect(timeLeft(20 * 60_000)).toBe('Valid for 20 minutes.');
});

test('a started minute still counts', () => {
  expect(timeLeft(60_001)).toBe('Valid for 2 minutes.');
});

test('the last minute is not counted down', () => {
  expect(timeLeft(60_000)).toBe('Valid for less than a minute.');
  expect(timeLeft(1)).toBe('Valid for less than a minute.');
});

test('an expired ID says so, however long ago', () => {
  expect(timeLeft(0)).toBe('These digits have expired.');
  expect(timeLeft(-5_000)).toBe('These digits have expired.');
});
