import { MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, MAX_RECEIVED_FRAME_BYTES } from './limits.ts';
import { WireError } from './wire-error.ts';

/**
 * A message in channel-sized frames and back. A frame is one byte of flags, then a piece of the message. Frames of one
 * channel arrive whole and in order (the channel is reliable), so no numbers are needed.
 */
const LAST = 1;
const DEFLATED = 2;
const KNOWN_FLAGS = LAST | DEFLATED;

export interface WireMessage {
  readonly bytes: Uint8Array;
  /** `deflate-raw`, RFC 1951. */
  readonly deflated: boolean;
}

/** Yields the frames of a message, each at most `maxBytes`. */
export function* splitIntoFrames(message: WireMessage, maxBytes = MAX_FRAME_BYTES): Generator<Uint8Array<ArrayBuffer>> {
  const room = maxBytes - 1;
  const { bytes } = message;
  let at = 0;
  do {
    const piece = bytes.subarray(at, at + room);
    at += piece.length;
    const frame = new Uint8Array(piece.length + 1);
    frame[0] = (at >= bytes.length ? LAST : 0) | (message.deflated ? DEFLATED : 0);
    frame.set(piece, 1);
    yield frame;
  } while (at < bytes.length);
}

export interface FrameAssembler {
  /**
   * Takes the next frame.
   * @returns the message it completes, or `null` while more is to come
   * @throws WireError `frame_too_large`, `message_too_large`, `truncated` (empty frame), `bad_token` (unknown flags, or
   *   frames of one message that disagree on being deflated)
   */
  accept(frame: Uint8Array): WireMessage | null;
}

export function createFrameAssembler(maxMessageBytes = MAX_MESSAGE_BYTES): FrameAssembler {
  /** What came of a message of several frames; a list of pieces would let tiny frames cost far more than they hold. */
  let buffer = new Uint8Array(0);
  let size = 0;
  /** Of the message under way; `null` between messages. */
  let isDeflated: boolean | null = null;

  function append(piece: Uint8Array): void {
    if (size + piece.length > buffer.length) {
      const grown = new Uint8Array(Math.min(maxMessageBytes, Math.max(buffer.length * 2, size + piece.length)));
      grown.set(buffer.subarray(0, size));
      buffer = grown;
    }
    buffer.set(piece, size);
    size += piece.length;
  }

  return {
    accept(frame) {
      if (frame.length > MAX_RECEIVED_FRAME_BYTES) throw new WireError('frame_too_large');
      const flags = frame[0];
      if (flags === undefined) throw new WireError('truncated');
      if ((flags & ~KNOWN_FLAGS) !== 0) throw new WireError('bad_token');
      const deflated = (flags & DEFLATED) !== 0;
      if (isDeflated !== null && isDeflated !== deflated) throw new WireError('bad_token');
      const piece = frame.subarray(1);
      if (size + piece.length > maxMessageBytes) throw new WireError('message_too_large');
      const isLast = (flags & LAST) !== 0;
      if (isLast && isDeflated === null) return { bytes: piece, deflated };
      append(piece);
      isDeflated = deflated;
      if (!isLast) return null;
      const bytes = buffer.subarray(0, size);
      buffer = new Uint8Array(0);
      size = 0;
      isDeflated = null;
      return { bytes, deflated };
    },
  };
}
