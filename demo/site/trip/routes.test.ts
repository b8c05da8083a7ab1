import { expect, test } from 'vitest';
import { daylightHours, formatHours, hoursFor, routes } from './routes.ts';

test('midsummer in Kendal has about seventeen hours of light, midwinter under eight', () => {
  expect(daylightHours(new Date('2026-06-21'))).toBeGreaterThan(16.8);
  expect(daylightHours(new Date('2026-12-21'))).toBeLessThan(7.6);
});

test('a slower pace takes longer on every route', () => {
  for (const route of routes) expect(hoursFor(route, 'slow')).toBeGreaterThan(hoursFor(route, 'quick'));
});

test('hours are read in hours and five minutes', () => {
  expect(formatHours(5.25)).toBe('5 h 15 min');
  expect(formatHours(2)).toBe('2 h');
});
