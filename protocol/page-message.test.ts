import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OUTCOMES } from './errors.ts';
import { MAX_ASSET_BYTES, MAX_LABEL_UNITS, MAX_URL_UNITS } from './limits.ts';
import type { MaskedText } from './masked-text.ts';
import type { NodeId } from './node-id.ts';
import { readPageMessage, writePageMessage, type PageMessage } from './page-message.ts';
import { anyPageMessages } from './test-messages.ts';
import { anyChanges, anyText, expectTruncationsSurvived, faultOf, holds, mutated } from './test-random.ts';
import { createWriter } from './writer.ts';

const ANY = anyPageMessages(anyText);
const KINDS = Object.keys(ANY) as PageMessage['type'][];
const anyMessage = fc.oneof(...(Object.values(ANY) as fc.Arbitrary<PageMessage>[]));
/** What follows is taken as it comes, so that there is no tail. */
const TO_THE_END: readonly PageMessage['type'][] = ['tree', 'picture', 'in-frame'];

describe.each(KINDS)('a message of kind %s', (kind) => {
  const anyOfKind = ANY[kind] as fc.Arbitrary<PageMessage>;

  test('comes back as it went', () => {
    holds(
      fc.property(anyOfKind, (message) => {
        expect(readPageMessage(writePageMessage(message))).toEqual(message);
      }),
      100,
    );
  });

  test('cut off at any byte is read or refused, nothing else', () => {
    holds(
      fc.property(anyOfKind, (message) => expectTruncationsSurvived(writePageMessage(message), readPageMessage)),
      20,
    );
  });

  if (!TO_THE_END.includes(kind)) {
    test('is refused with a tail', () => {
      holds(
        fc.property(anyOfKind, (message) => {
          expect(faultOf(() => readPageMessage(Uint8Array.from([...writePageMessage(message), 0])))).toBe(
            'trailing_bytes',
          );
        }),
        20,
      );
    });
  }
});

describe('bytes that are no page message', () => {
  test('kinds of another version are told apart from malformed ones', () => {
    const known = new Set(
      KINDS.map((kind) => writePageMessage(fc.sample(ANY[kind] as fc.Arbitrary<PageMessage>, 1)[0]!)[0]),
    );
    for (let kind = 0; kind < 256; kind += 1) {
      if (!known.has(kind)) expect(readPageMessage(Uint8Array.from([kind, 1, 2, 3]))).toBeNull();
    }
    expect(faultOf(() => readPageMessage(new Uint8Array()))).toBe('truncated');
  });

  test('ten thousand messages of random bytes are read, dropped or refused', () => {
    const anyKind = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 32, max: 47 }), fc.nat(255));
    holds(
      fc.property(anyKind, fc.uint8Array({ maxLength: 40 }), (kind, bytes) => {
        faultOf(() => readPageMessage(Uint8Array.from([kind, ...bytes])));
      }),
      10_000,
    );
  });

  test('valid messages with a few bytes changed are read, dropped or refused', () => {
    holds(
      fc.property(anyMessage, anyChanges, (message, changes) => {
        faultOf(() => readPageMessage(mutated(writePageMessage(message), changes)));
      }),
      3_000,
    );
  });
});

describe('limits', () => {
  const begin = { type: 'begin', compatMode: 'standards', width: 1, height: 1, devicePixelRatio: 1 } as const;
  const address = { type: 'address', url: '' as MaskedText, title: '' as MaskedText } as const;
  const long = (bytes: number) => 'x'.repeat(bytes) as MaskedText;
  const faultWhenRead = (message: PageMessage) => faultOf(() => readPageMessage(writePageMessage(message)));

  test('addresses and titles may have three bytes for each of their units, and not one more', () => {
    expect(faultWhenRead({ ...address, url: long(MAX_URL_UNITS * 3) })).toBeNull();
    expect(faultWhenRead({ ...address, url: long(MAX_URL_UNITS * 3 + 1) })).toBe('string_too_long');
    expect(faultWhenRead({ ...begin, url: long(1), title: long(MAX_LABEL_UNITS * 3) })).toBeNull();
    expect(faultWhenRead({ ...begin, url: long(1), title: long(MAX_LABEL_UNITS * 3 + 1) })).toBe('string_too_long');
  });

  test('a picture of 4 MiB is taken, one byte more is refused', () => {
    const picture = (size: number): PageMessage => ({
      type: 'picture',
      node: 1 as NodeId,
      mime: long(9),
      bytes: new Uint8Array(size),
    });
    expect(faultWhenRead(picture(MAX_ASSET_BYTES))).toBeNull();
    expect(faultWhenRead(picture(MAX_ASSET_BYTES + 1))).toBe('message_too_large');
  });

  test('a viewport larger than any screen, a place outside of its element and an unknown word are refused', () => {
    const bytes = (kind: number, ...numbers: number[]): Uint8Array => {
      const writer = createWriter();
      writer.u8(kind);
      for (const number of numbers) writer.varint(number);
      return writer.finish();
    };
    expect(faultOf(() => readPageMessage(bytes(7, 100_001, 1, 100)))).toBe('number_too_large');
    expect(faultOf(() => readPageMessage(bytes(7, 1, 1, 10_001)))).toBe('number_too_large');
    expect(faultOf(() => readPageMessage(bytes(35, 5, 10_001, 0)))).toBe('number_too_large');
    expect(faultOf(() => readPageMessage(bytes(32, 0x1_00_00)))).toBe('number_too_large');
    expect(faultOf(() => readPageMessage(bytes(38, 2, 1)))).toBe('bad_token');
    expect(faultOf(() => readPageMessage(bytes(40, 1, OUTCOMES.length)))).toBe('bad_token');
  });

  test('whatever a page has put in place of the window’s numbers, a viewport can be written', () => {
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, -5, 'x' as never, undefined as never];
    for (const value of odd) {
      const message: PageMessage = { type: 'viewport', width: value, height: value, devicePixelRatio: value };
      expect(faultWhenRead(message)).toBeNull();
    }
  });

  test('a pointer outside of its element is written at the edge', () => {
    const at = { node: 5 as NodeId, x: -0.5, y: 7 };
    expect(readPageMessage(writePageMessage({ type: 'pointer', at }))).toEqual({
      type: 'pointer',
      at: { node: 5, x: 0, y: 1 },
    });
  });
});
