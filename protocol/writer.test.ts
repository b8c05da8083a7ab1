import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReader, type Reader } from './reader.ts';
import { anyNumber, anyText, faultOf, holds } from './test-random.ts';
import { createWriter, type Writer } from './writer.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
const EDGES = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 52, LARGEST];

function written(write: (writer: Writer) => void): Uint8Array {
  const writer = createWriter();
  write(writer);
  return writer.finish();
}

describe('numbers', () => {
  test.each(EDGES)('%d comes back as it went', (value) => {
    const reader = createReader(written((writer) => writer.varint(value)));
    expect(reader.varint()).toBe(value);
    reader.end();
  });

  test.each([0, 1, -1, 63, 64, -64, -65, 2 ** 31, -(2 ** 31), 2 ** 52 - 1, -(2 ** 52)])(
    'the signed %d comes back as it went',
    (value) => {
      const reader = createReader(written((writer) => writer.signed(value)));
      expect(reader.signed()).toBe(value);
      reader.end();
    },
  );

  test('a number costs a byte for every seven bits', () => {
    const sizes = [0, 127, 128, 16_383, 16_384, 2 ** 53 - 1].map((value) => written((w) => w.varint(value)).length);
    expect(sizes).toEqual([1, 1, 2, 2, 3, 8]);
  });

  test('small distances either way cost one byte', () => {
    expect([0, -1, 1, -2, 2, -64, 63].map((value) => [...written((w) => w.signed(value))])).toEqual(
      [0, 1, 2, 3, 4, 127, 126].map((byte) => [byte]),
    );
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is refused when it is written', (value) => {
    expect(() => written((writer) => writer.varint(value))).toThrow(RangeError);
  });

  test('many at once are written as one after the other', () => {
    const oneByOne = written((writer) => EDGES.forEach((value) => writer.varint(value)));
    expect(written((writer) => writer.varints(EDGES))).toEqual(oneByOne);
    expect(() => written((writer) => writer.varints([1, -1]))).toThrow(RangeError);
  });

  test('a number above what makes sense is refused', () => {
    const bytes = written((writer) => writer.varint(1001));
    expect(createReader(bytes).varint(1001)).toBe(1001);
    expect(faultOf(() => createReader(bytes).varint(1000))).toBe('number_too_large');
  });

  test('2^53 and a number that never ends are refused', () => {
    const twoTo53 = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10];
    expect(faultOf(() => createReader(Uint8Array.from(twoTo53)).varint())).toBe('number_too_large');
    expect(faultOf(() => createReader(new Uint8Array(100).fill(0x80)).varint())).toBe('number_too_large');
  });
});

describe('strings and bytes', () => {
  test('a text without its length is the rest, however many bytes its letters need', () => {
    const text = 'aé€😀'.repeat(1000);
    const reader = createReader(written((writer) => writer.text(text)));
    expect(new TextDecoder().decode(reader.rest())).toBe(text);
  });

  test('an empty string, a byte order mark and text beyond the basic plane come back as they went', () => {
    for (const text of ['', '\ufeffa', '\u0000', 'ß', '日本', '🐘', 'a'.repeat(5_000)]) {
      const reader = createReader(written((writer) => writer.string(text)));
      expect(reader.string(20_000)).toBe(text);
      reader.end();
    }
  });

  test('half of a surrogate pair becomes the replacement character', () => {
    expect(createReader(written((writer) => writer.string('a\ud83d'))).string(100)).toBe('a\ufffd');
  });

  test('bytes that are no UTF-8 become replacement characters', () => {
    expect(createReader(Uint8Array.from([2, 0xff, 0x61])).string(100)).toBe('\ufffda');
  });

  test('a string or bytes longer than allowed are refused before they are looked at', () => {
    const text = written((writer) => writer.string('abc'));
    expect(createReader(text).string(3)).toBe('abc');
    expect(faultOf(() => createReader(text).string(2))).toBe('string_too_long');
    expect(faultOf(() => createReader(text).bytes(2))).toBe('message_too_large');
  });

  test('a length beyond the end of the message is refused, however large', () => {
    for (const length of [2, 2 ** 31, LARGEST]) {
      const bytes = written((writer) => {
        writer.varint(length);
        writer.u8(1);
      });
      expect(faultOf(() => createReader(bytes).string(LARGEST))).toBe('truncated');
      expect(faultOf(() => createReader(bytes).bytes(LARGEST))).toBe('truncated');
    }
  });

  test('bytes are read as a view, not copied', () => {
    const message = written((writer) => writer.bytes(Uint8Array.from([1, 2])));
    expect(createReader(message).bytes(2).buffer).toBe(message.buffer);
  });
});

describe('the ends of a message', () => {
  test('reading past the end is refused by every method', () => {
    const methods: ((reader: Reader) => unknown)[] = [
      (reader) => reader.u8(),
      (reader) => reader.varint(),
      (reader) => reader.signed(),
      (reader) => reader.string(10),
      (reader) => reader.bytes(10),
    ];
    for (const method of methods) expect(faultOf(() => method(createReader(new Uint8Array())))).toBe('truncated');
  });

  test('a tail is refused', () => {
    const reader = createReader(Uint8Array.from([1, 2]));
    reader.u8();
    expect(reader.remaining).toBe(1);
    expect(faultOf(() => reader.end())).toBe('trailing_bytes');
    expect([...reader.rest()]).toEqual([2]);
    reader.end();
  });
});

describe('one after the other', () => {
  type Item = ['u8' | 'varint' | 'signed', number] | ['string', string] | ['bytes', Uint8Array];
  const anyItem = fc.oneof(
    fc.tuple(fc.constant('u8' as const), fc.integer({ min: 0, max: 255 })),
    fc.tuple(fc.constant('varint' as const), anyNumber),
    fc.tuple(fc.constant('signed' as const), fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 })),
    fc.tuple(fc.constant('string' as const), anyText),
    fc.tuple(fc.constant('bytes' as const), fc.uint8Array({ maxLength: 200 })),
  ) as fc.Arbitrary<Item>;

  test('the reader mirrors whatever the writer wrote', () => {
    holds(
      fc.property(fc.array(anyItem), fc.uint8Array(), (items, tail) => {
        const reader = createReader(
          written((writer) => {
            for (const [method, value] of items) (writer[method] as (value: unknown) => void)(value);
            writer.rest(tail);
          }),
        );
        for (const [method, value] of items) {
          const read = method === 'string' || method === 'bytes' ? reader[method](10_000) : reader[method]();
          expect(read).toEqual(value);
        }
        expect(reader.rest()).toEqual(tail);
        reader.end();
      }),
    );
  });

  test('a writer starts clean after a reset, and what it gave away stays as it was', () => {
    const writer = createWriter();
    writer.string('x'.repeat(600_000));
    const first = writer.finish();
    writer.reset();
    expect(writer.length).toBe(0);
    writer.u8(7);
    expect([...writer.finish()]).toEqual([7]);
    expect(createReader(first).string(600_000)).toHaveLength(600_000);
  });
});
