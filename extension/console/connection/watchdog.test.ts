import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWatchdog } from './watchdog.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const log: string[] = [];
  const watchdog = createWatchdog(
    () => log.push('asked'),
    (isStalled) => log.push(isStalled ? 'stalled' : 'back'),
  );
  return { log, watchdog };
}

test('asks again and again while it is answered', () => {
  const { log, watchdog } = watched();
  watchdog.start();
  for (let beat = 0; beat < 10; beat += 1) {
    vi.advanceTimersByTime(1_000);
    watchdog.heard();
  }
  vi.advanceTimersByTime(999);
  expect(log).toEqual(Array.from({ length: 10 }, () => 'asked'));
});

test('no answer: told once, asked no second time, and told when the answer comes', () => {
  const { log, watchdog } = watched();
  watchdog.start();
  vi.advanceTimersByTime(4_999);
  expect(log).toEqual(['asked']);
  vi.advanceTimersByTime(60_000);
  expect(log).toEqual(['asked', 'stalled']);
  watchdog.heard();
  vi.advanceTimersByTime(1_000);
  expect(log).toEqual(['asked', 'stalled', 'back', 'asked']);
});

test('a new viewer is asked anew; after the end nothing is asked', () => {
  const { log, watchdog } = watched();
  watchdog.start();
  vi.advanceTimersByTime(6_000);
  watchdog.start();
  watchdog.stop();
  vi.advanceTimersByTime(60_000);
  expect(log).toEqual(['asked', 'stalled', 'back', 'asked']);
});
