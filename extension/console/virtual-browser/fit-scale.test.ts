import { expect, test } from 'vitest';
import { fitScale } from './fit-scale.ts';

const page = { width: 1000, height: 500 };

test('Zoom to fit shrinks to the narrower of both sides', () => {
  expect(fitScale('fit', page, { width: 500, height: 400 })).toBe(0.5);
  expect(fitScale('fit', page, { width: 900, height: 100 })).toBe(0.2);
});

test('a page that fits is not enlarged', () => {
  expect(fitScale('fit', page, { width: 4000, height: 4000 })).toBe(1);
});

test('1:1 does not scale', () => {
  expect(fitScale('actual', page, { width: 10, height: 10 })).toBe(1);
});

test('a room that is not measured yet does not make the page vanish', () => {
  expect(fitScale('fit', page, { width: 0, height: 0 })).toBe(1);
});
