import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMending } from './mending.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a lost connection is looked for at once, then less and less often, and not any more once it is back', () => {
  const tried = vi.fn();
  const mending = createMending(tried);
  mending.hurry();
  expect(tried).not.toHaveBeenCalled();

  mending.start();
  mending.start();
  expect(tried).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(24_000);
  expect(tried).toHaveBeenCalledTimes(5);

  mending.hurry();
  expect(tried).toHaveBeenCalledTimes(6);
  vi.advanceTimersByTime(3_000);
  expect(tried).toHaveBeenCalledTimes(7);

  mending.stop();
  mending.hurry();
  vi.advanceTimersByTime(60_000);
  expect(tried).toHaveBeenCalledTimes(7);
});
