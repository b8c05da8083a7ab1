import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAssetMessage, writeAssetMessage, type AssetMessage } from './asset-message.ts';
import { MAX_ASSET_BYTES, MAX_ASSETS } from './limits.ts';
import type { MaskedText } from './masked-text.ts';
import { NOT_SHOWN_REASONS } from './page-message.ts';
import { anyChanges, anyText, expectTruncationsSurvived, faultOf, holds, mutated } from './test-random.ts';

const asset = fc.nat(MAX_ASSETS - 1);
const mime = anyText as fc.Arbitrary<MaskedText>;
const anyPixels = fc.nat(100_000);

/** One arbitrary for every kind: a kind without one does not compile. */
const ANY: { readonly [T in AssetMessage['type']]: fc.Arbitrary<Extract<AssetMessage, { type: T }>> } = {
  asset: fc.record({ type: fc.constant('asset'), asset, mime, bytes: fc.uint8Array({ maxLength: 100 }) }),
  'asset-hash': fc.record({
    type: fc.constant('asset-hash'),
    asset,
    mime,
    mayKeep: fc.boolean(),
    hash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  }),
  'asset-missing': fc.record({
    type: fc.constant('asset-missing'),
    asset,
    reason: fc.constantFrom(...NOT_SHOWN_REASONS),
    width: anyPixels,
    height: anyPixels,
  }),
};
const anyMessage = fc.oneof(...(Object.values(ANY) as fc.Arbitrary<AssetMessage>[]));
const tailed = (message: AssetMessage) => Uint8Array.from([...writeAssetMessage(message), 0]);

describe('messages about files', () => {
  test('come back as they went', () => {
    holds(
      fc.property(anyMessage, (one) => {
        expect(readAssetMessage(writeAssetMessage(one))).toEqual(one);
      }),
    );
  });

  test('cut off at any byte, or with some changed, are read or refused, nothing else', () => {
    holds(
      fc.property(anyMessage, (one) => expectTruncationsSurvived(writeAssetMessage(one), readAssetMessage)),
      50,
    );
    holds(
      fc.property(anyMessage, anyChanges, (one, changes) => {
        faultOf(() => readAssetMessage(mutated(writeAssetMessage(one), changes)));
      }),
      2_000,
    );
  });

  test('are refused with a tail, a hash of another length, a file over 4 MiB or a number nobody gave', () => {
    holds(
      fc.property(ANY['asset-missing'], (one) => {
        expect(faultOf(() => readAssetMessage(tailed(one)))).not.toBeNull();
      }),
    );
    holds(
      fc.property(ANY['asset-hash'], (one) => {
        expect(faultOf(() => readAssetMessage(tailed(one)))).not.toBeNull();
      }),
    );
    const file = (size: number): AssetMessage => ({
      type: 'asset',
      asset: 1,
      mime: 'image/png' as MaskedText,
      bytes: new Uint8Array(size),
    });
    const faultWhenRead = (one: AssetMessage) => faultOf(() => readAssetMessage(writeAssetMessage(one)));
    expect(faultWhenRead(file(MAX_ASSET_BYTES))).toBeNull();
    expect(faultWhenRead(file(MAX_ASSET_BYTES + 1))).toBe('message_too_large');
    expect(faultWhenRead({ ...file(1), asset: MAX_ASSETS })).toBe('number_too_large');
  });

  test('of an unknown kind are told apart from malformed ones', () => {
    expect(readAssetMessage(Uint8Array.of(99, 1, 2))).toBeNull();
    expect(faultOf(() => readAssetMessage(new Uint8Array()))).toBe('truncated');
  });
});
