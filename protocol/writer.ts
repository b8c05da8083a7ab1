/** Bytes out. The mirror image of reader.ts: every `write` here has its `read` there, in the same order. */
export interface Writer {
  u8(value: number): void;
  /**
   * 0 … 2^53-1, seven bits a byte, lowest first.
   * @throws RangeError for what no reader could read
   */
  varint(value: number): void;
  /** One after the other. */
  varints(values: readonly number[]): void;
  /** -2^52 … 2^52-1, zigzag, so that small distances stay small. */
  signed(value: number): void;
  /** UTF-8 with its length in bytes before it. */
  string(value: string): void;
  /** UTF-8 without its length: what comes after must tell where it ends. */
  text(value: string): void;
  /** Raw bytes with their length before them. */
  bytes(value: Uint8Array): void;
  /** Raw bytes, to the end of the message; nothing may follow. */
  rest(value: Uint8Array): void;
  readonly length: number;
  /** Makes room for so many bytes at once. */
  reserve(bytes: number): void;
  /** A copy of what was written since `reset`. */
  finish(): Uint8Array;
  /** Keeps the buffer: a fresh one for every small message is what makes naive recorders slow. */
  reset(): void;
}

const FIRST_CAPACITY = 1024;
/** A buffer grown by one large snapshot is not kept for the small changes after it. */
const KEPT_CAPACITY = 256 * 1024;
/** What a UTF-16 unit becomes in UTF-8 at most. */
const MAX_BYTES_PER_UNIT = 3;
const encoder = new TextEncoder();

/** Small distances in either direction as small numbers: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
export function zigzag(value: number): number {
  return value < 0 ? -value * 2 - 1 : value * 2;
}

export function createWriter(): Writer {
  let buffer = new Uint8Array(FIRST_CAPACITY);
  let length = 0;

  function reserve(extra: number): void {
    if (length + extra <= buffer.length) return;
    const grown = new Uint8Array(Math.max(buffer.length * 2, length + extra));
    grown.set(buffer.subarray(0, length));
    buffer = grown;
  }

  function varint(value: number): void {
    // Infinity would never end, and a negative number would swallow what follows it.
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`Not a varint: ${value}`);
    reserve(8);
    let rest = value;
    while (rest > 0x7f_ff_ff_ff) {
      buffer[length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest > 0x7f) {
      buffer[length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    buffer[length++] = rest;
  }

  function varints(values: readonly number[]): void {
    reserve(values.length * 8);
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index] as number;
      if (value >= 0 && value < 0x80) buffer[length++] = value;
      else varint(value);
    }
  }

  function text(value: string): void {
    // Most texts are ASCII: room for the most that letters can become would be three times what is needed.
    reserve(value.length);
    const { read, written } = encoder.encodeInto(value, buffer.subarray(length));
    length += written;
    if (read === value.length) return;
    reserve((value.length - read) * MAX_BYTES_PER_UNIT);
    length += encoder.encodeInto(value.slice(read), buffer.subarray(length)).written;
  }

  function rest(value: Uint8Array): void {
    reserve(value.length);
    buffer.set(value, length);
    length += value.length;
  }

  return {
    get length() {
      return length;
    },
    u8(value) {
      reserve(1);
      buffer[length++] = value;
    },
    varint,
    varints,
    signed(value) {
      varint(zigzag(value));
    },
    string(value) {
      const encoded = encoder.encode(value);
      varint(encoded.length);
      rest(encoded);
    },
    text,
    bytes(value) {
      varint(value.length);
      rest(value);
    },
    rest,
    reserve,
    finish() {
      return buffer.slice(0, length);
    },
    reset() {
      length = 0;
      if (buffer.length > KEPT_CAPACITY) buffer = new Uint8Array(FIRST_CAPACITY);
    },
  };
}
