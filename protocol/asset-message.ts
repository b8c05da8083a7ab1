/**
 * Customer → agent, on the *assets* channel: the files of a page by their numbers. They have a channel of their own, so
 * that no picture delays a change. docs/protocol.md describes each message.
 */
import { assertNever } from './assert-never.ts';
import { ASSET_HASH_BYTES, MAX_ASSET_BYTES, MAX_ASSETS } from './limits.ts';
import type { MaskedText } from './masked-text.ts';
import { NOT_SHOWN_REASONS, pick, type NotShownReason } from './page-message.ts';
import { createReader, type Reader } from './reader.ts';
import { WireError } from './wire-error.ts';
import { createWriter } from './writer.ts';

export type AssetMessage =
  /** The file itself. */
  | { readonly type: 'asset'; readonly asset: number; readonly mime: MaskedText; readonly bytes: Uint8Array }
  /** Which file it is: the other side may have it already, and says so by `asset-answers`. */
  | {
      readonly type: 'asset-hash';
      readonly asset: number;
      readonly mime: MaskedText;
      /** Whoever sent the file to the page lets others keep it; else it is forgotten with the session. */
      readonly mayKeep: boolean;
      /** SHA-256 of the file. */
      readonly hash: Uint8Array;
    }
  /** It will not come. The size is the picture's own, or that of its place, in CSS pixels; 0: not known. */
  | {
      readonly type: 'asset-missing';
      readonly asset: number;
      readonly reason: NotShownReason;
      readonly width: number;
      readonly height: number;
    };

const KIND = {
  asset: 5,
  'asset-hash': 16,
  'asset-missing': 17,
} as const satisfies Record<AssetMessage['type'], number>;

const MAX_MIME_BYTES = 300;
const MAX_PICTURE_PIXELS = 100_000;

/** Bytes of one message, ready for frames. */
export function writeAssetMessage(message: AssetMessage): Uint8Array {
  const writer = createWriter();
  writer.u8(KIND[message.type]);
  writer.varint(message.asset);
  switch (message.type) {
    case 'asset':
      writer.string(message.mime);
      writer.rest(message.bytes);
      break;
    case 'asset-hash':
      writer.string(message.mime);
      writer.u8(message.mayKeep ? 1 : 0);
      writer.rest(message.hash);
      break;
    case 'asset-missing':
      writer.u8(NOT_SHOWN_REASONS.indexOf(message.reason));
      writer.varint(Math.min(MAX_PICTURE_PIXELS, message.width));
      writer.varint(Math.min(MAX_PICTURE_PIXELS, message.height));
      break;
    default:
      assertNever(message);
  }
  return writer.finish();
}

/**
 * Reads one message of the customer's page, which is foreign.
 * @returns `null` for a kind this version does not know: count it and drop it
 * @throws WireError when the message is malformed
 */
export function readAssetMessage(bytes: Uint8Array): AssetMessage | null {
  const reader = createReader(bytes);
  const message = readBody(reader.u8(), reader);
  if (message !== null) reader.end();
  return message;
}

function readBody(kind: number, reader: Reader): AssetMessage | null {
  switch (kind) {
    case KIND.asset:
      return { type: 'asset', asset: number(reader), mime: mime(reader), bytes: file(reader) };
    case KIND['asset-hash']:
      return {
        type: 'asset-hash',
        asset: number(reader),
        mime: mime(reader),
        mayKeep: pick([false, true], reader.u8()),
        hash: hash(reader),
      };
    case KIND['asset-missing']:
      return {
        type: 'asset-missing',
        asset: number(reader),
        reason: pick(NOT_SHOWN_REASONS, reader.u8()),
        width: reader.varint(MAX_PICTURE_PIXELS),
        height: reader.varint(MAX_PICTURE_PIXELS),
      };
    default:
      return null;
  }
}

function number(reader: Reader): number {
  return reader.varint(MAX_ASSETS - 1);
}

function mime(reader: Reader): MaskedText {
  return reader.string(MAX_MIME_BYTES) as MaskedText;
}

function file(reader: Reader): Uint8Array {
  const bytes = reader.rest();
  if (bytes.length > MAX_ASSET_BYTES) throw new WireError('message_too_large');
  return bytes;
}

function hash(reader: Reader): Uint8Array {
  const bytes = reader.rest();
  if (bytes.length !== ASSET_HASH_BYTES)
    throw new WireError(bytes.length < ASSET_HASH_BYTES ? 'truncated' : 'trailing_bytes');
  return bytes;
}
