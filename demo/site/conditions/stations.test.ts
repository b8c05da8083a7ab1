import { expect, test } from 'vitest';
import { addReading, advice, createStations, keptReadings, latest } from './stations.ts';

test('a station keeps a day of readings however long the page is open', () => {
  const [station] = createStations(Math.random);
  if (!station) throw new Error('There are no stations.');
  for (let count = 0; count < 100; count += 1) addReading(station, Math.random);
  expect(station.readings).toHaveLength(keptReadings);
});

test('the latest reading is the one that was added last', () => {
  const [station] = createStations(() => 0.5);
  if (!station) throw new Error('There are no stations.');
  expect(addReading(station, () => 0.9)).toBe(latest(station));
});

test('strong gusts and thick mist keep people at home', () => {
  const calm = { temperature: 8, wind: 10, gust: 14, rain: 0, visibility: 20 };
  expect(advice(calm)).toBe('good');
  expect(advice({ ...calm, gust: 60 })).toBe('careful');
  expect(advice({ ...calm, gust: 90 })).toBe('stay');
  expect(advice({ ...calm, visibility: 0.4 })).toBe('stay');
});
