import { WireError } from './wire-error.ts';

/** Bytes in. The mirror image of writer.ts. Every method throws `WireError` when the bytes do not hold what is asked. */
export interface Reader {
  u8(): number;
  /** @param max the largest value that makes sense here; above it the message is refused */
  varint(max?: number): number;
  signed(): number;
  /** @param maxBytes of UTF-8 */
  string(maxBytes: number): string;
  /** A view into the message, not a copy. */
  bytes(maxBytes: number): Uint8Array;
  /** What is left, as a view. */
  rest(): Uint8Array;
  /** Throws if anything is left: a message with a tail is not one of ours. */
  end(): void;
  readonly remaining: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function createReader(message: Uint8Array): Reader {
  let at = 0;

  function u8(): number {
    const value = message[at];
    if (value === undefined) throw new WireError('truncated');
    at += 1;
    return value;
  }

  function varint(max = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 8; count += 1) {
      const byte = u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > max) throw new WireError('number_too_large');
        return value;
      }
      scale *= 128;
    }
    throw new WireError('number_too_large');
  }

  function view(size: number): Uint8Array {
    if (size > message.length - at) throw new WireError('truncated');
    at += size;
    return message.subarray(at - size, at);
  }

  return {
    u8,
    varint,
    signed() {
      const value = varint();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    string(maxBytes) {
      const size = varint();
      if (size > maxBytes) throw new WireError('string_too_long');
      return decoder.decode(view(size));
    },
    bytes(maxBytes) {
      const size = varint();
      if (size > maxBytes) throw new WireError('message_too_large');
      return view(size);
    },
    rest() {
      return view(message.length - at);
    },
    end() {
      if (at !== message.length) throw new WireError('trailing_bytes');
    },
    get remaining() {
      return message.length - at;
    },
  };
}
