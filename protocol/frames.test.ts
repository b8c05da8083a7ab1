import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFrameAssembler, splitIntoFrames, type WireMessage } from './frames.ts';
import { MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, MAX_RECEIVED_FRAME_BYTES } from './limits.ts';
import { faultOf, holds } from './test-random.ts';

const ROOM = MAX_FRAME_BYTES - 1;

function bytesOf(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
}

/** `toEqual` takes seconds for a big array. */
function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one?.length === other.length && one.every((byte, index) => byte === other[index]);
}

function crossed(message: WireMessage): { frames: Uint8Array[]; arrived: WireMessage[] } {
  const assembler = createFrameAssembler();
  const frames = [...splitIntoFrames(message)];
  const arrived = frames.map((frame) => assembler.accept(frame)).filter((each) => each !== null);
  return { frames, arrived };
}

describe('a message in frames', () => {
  test.each([0, 1, ROOM - 1, ROOM, ROOM + 1, 2 * ROOM, 2 * ROOM + 1, 300_000])(
    'of %d bytes comes back whole, in frames of at most 64 KiB',
    (size) => {
      const bytes = bytesOf(size);
      const { frames, arrived } = crossed({ bytes, deflated: size % 2 === 1 });
      expect(frames).toHaveLength(Math.max(1, Math.ceil(size / ROOM)));
      expect(frames.every((frame) => frame.length <= MAX_FRAME_BYTES)).toBe(true);
      expect(arrived).toHaveLength(1);
      expect(arrived[0]?.deflated).toBe(size % 2 === 1);
      expect(isSame(arrived[0]?.bytes, bytes)).toBe(true);
    },
  );

  test('messages one after the other stay apart', () => {
    holds(
      fc.property(fc.array(fc.record({ size: fc.nat(3 * ROOM), deflated: fc.boolean() }), { maxLength: 6 }), (all) => {
        const assembler = createFrameAssembler();
        const arrived = all
          .flatMap(({ size, deflated }) => [...splitIntoFrames({ bytes: new Uint8Array(size), deflated })])
          .map((frame) => assembler.accept(frame))
          .filter((each) => each !== null);
        expect(arrived.map(({ bytes, deflated }) => ({ size: bytes.length, deflated }))).toEqual(all);
      }),
      50,
    );
  });

  test('frames of any size are put together, not only those we make', () => {
    holds(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { minLength: 1 }), (pieces) => {
        const assembler = createFrameAssembler();
        const arrived = pieces.map((piece, index) =>
          assembler.accept(Uint8Array.from([index === pieces.length - 1 ? 1 : 0, ...piece])),
        );
        expect(arrived.slice(0, -1).every((each) => each === null)).toBe(true);
        expect(arrived.at(-1)?.bytes).toEqual(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
      }),
    );
  });
});

describe('what is no frame of ours', () => {
  test('an empty frame is refused', () => {
    expect(faultOf(() => createFrameAssembler().accept(new Uint8Array()))).toBe('truncated');
  });

  test.each([4, 8, 128, 255])('the unknown flags %d are refused', (flags) => {
    expect(faultOf(() => createFrameAssembler().accept(Uint8Array.from([flags, 1])))).toBe('bad_token');
  });

  test('frames of one message that disagree on being deflated are refused', () => {
    const assembler = createFrameAssembler();
    assembler.accept(Uint8Array.from([0, 1]));
    expect(faultOf(() => assembler.accept(Uint8Array.from([3, 1])))).toBe('bad_token');
  });

  test('a frame of 256 KiB is taken, one byte more is refused', () => {
    const frame = new Uint8Array(MAX_RECEIVED_FRAME_BYTES);
    frame[0] = 1;
    expect(createFrameAssembler().accept(frame)?.bytes).toHaveLength(MAX_RECEIVED_FRAME_BYTES - 1);
    const larger = new Uint8Array(MAX_RECEIVED_FRAME_BYTES + 1);
    expect(faultOf(() => createFrameAssembler().accept(larger))).toBe('frame_too_large');
  });

  test('a message of 8 MiB is taken, one byte more is refused before it is complete', () => {
    const assembler = createFrameAssembler();
    const whole = [...splitIntoFrames({ bytes: new Uint8Array(MAX_MESSAGE_BYTES), deflated: false })];
    expect(whole.map((frame) => assembler.accept(frame)).at(-1)?.bytes).toHaveLength(MAX_MESSAGE_BYTES);

    const full = createFrameAssembler(4);
    expect(full.accept(Uint8Array.from([0, 1, 2, 3, 4]))).toBeNull();
    expect(faultOf(() => full.accept(Uint8Array.from([0, 5])))).toBe('message_too_large');
  });

  test('a hundred thousand frames without content do not pile up', () => {
    const assembler = createFrameAssembler();
    const nothing = Uint8Array.from([0]);
    for (let count = 0; count < 100_000; count += 1) assembler.accept(nothing);
    expect(assembler.accept(Uint8Array.from([1, 9]))?.bytes).toEqual(Uint8Array.from([9]));
  });
});
