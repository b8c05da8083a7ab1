import { expect, test } from 'vitest';
import { createRate } from './rate.ts';

test('a burst passes at once, then as many as the second allows', () => {
  let time = 0;
  const mayPass = createRate(50, 100, () => time);
  const passed = (tries: number): number => Array.from({ length: tries }, mayPass).filter(Boolean).length;
  expect(passed(1_000)).toBe(100);
  time += 1_000;
  expect(passed(1_000)).toBe(50);
  time += 20;
  expect(passed(10)).toBe(1);
});

test('a long silence saves up no more than one burst', () => {
  let time = 0;
  const mayPass = createRate(50, 100, () => time);
  time += 3_600_000;
  expect(Array.from({ length: 500 }, mayPass).filter(Boolean)).toHaveLength(100);
});
