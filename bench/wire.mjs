import { deflateRawSync, inflateRawSync } from 'node:zlib';

const LAST = 1;
const DEFLATED = 2;
const SHEET = 4;
const ASSET = 5;
/** Below this neither side would deflate. */
const MIN_DEFLATE_BYTES = 1024;

/**
 * Our frames put together to messages, inflated, without sheets and assets.
 * @param {readonly string[]} frames base64
 * @returns {Buffer[]}
 */
export function messagesOf(frames) {
  /** @type {Buffer[]} */
  const messages = [];
  /** @type {Buffer[]} */
  let pieces = [];
  for (const frame of frames) {
    const bytes = Buffer.from(frame, 'base64');
    const flags = bytes[0] ?? 0;
    pieces.push(bytes.subarray(1));
    if (!(flags & LAST)) continue;
    const whole = Buffer.concat(pieces);
    pieces = [];
    messages.push(flags & DEFLATED ? inflateRawSync(whole) : whole);
  }
  return messages.filter((message) => message[0] !== SHEET && message[0] !== ASSET);
}

/**
 * Bytes as they are and deflated, message by message, by the same zlib for everyone.
 * @param {readonly (Buffer | string)[]} messages
 */
export function sizesOf(messages) {
  let plain = 0;
  let deflated = 0;
  for (const message of messages) {
    const bytes = typeof message === 'string' ? Buffer.from(message) : message;
    plain += bytes.length;
    deflated += bytes.length < MIN_DEFLATE_BYTES ? bytes.length : deflateRawSync(bytes).length;
  }
  return { plain, deflated };
}
