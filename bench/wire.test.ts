import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { messagesOf, sizesOf } from './wire.mjs';

const frame = (flags: number, bytes: Uint8Array): string => Buffer.from([flags, ...bytes]).toString('base64');

describe('messagesOf', () => {
  it('puts frames together, inflates them, and leaves sheets and assets out', () => {
    const tree = Buffer.from([2, 7, 7, 7]);
    const deflated = deflateRawSync(tree);
    const frames = [
      frame(2, deflated.subarray(0, 2)),
      frame(3, deflated.subarray(2)),
      frame(1, Buffer.from([4, 1])),
      frame(1, Buffer.from([5, 1])),
      frame(1, Buffer.from([3])),
    ];
    expect(messagesOf(frames).map((message) => [...message])).toEqual([[2, 7, 7, 7], [3]]);
  });
});

describe('sizesOf', () => {
  it('deflates message by message, and only those worth it', () => {
    const long = 'x'.repeat(5000);
    expect(sizesOf(['short', long])).toEqual({ plain: 5005, deflated: 5 + deflateRawSync(long).length });
  });
});
