import { expect, test } from 'vitest';
import { createFrameQueue } from './frame-queue.ts';

const frame = (size: number): ArrayBuffer => new ArrayBuffer(size);

test('frames wait in order until somebody takes them, then go straight through', () => {
  const queue = createFrameQueue();
  const taken: number[] = [];
  queue.put(frame(1));
  queue.put(frame(2));
  queue.open((taking) => taken.push(taking.byteLength));
  queue.put(frame(3));
  expect(taken).toEqual([1, 2, 3]);
});

test('frames wait again after the queue was shut, and a clear forgets them', () => {
  const queue = createFrameQueue();
  const taken: number[] = [];
  queue.open((taking) => taken.push(taking.byteLength));
  queue.shut();
  queue.put(frame(1));
  queue.clear();
  queue.put(frame(2));
  queue.open((taking) => taken.push(taking.byteLength));
  expect(taken).toEqual([2]);
});

test('no more than the limit may wait', () => {
  const queue = createFrameQueue(10);
  expect(queue.put(frame(10))).toBe(true);
  expect(queue.put(frame(1))).toBe(false);
});
