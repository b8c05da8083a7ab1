import { MAX_INFLATE_RATIO, MAX_INFLATED_BYTES, RATIO_FREE_BYTES } from '../../../protocol/limits.ts';
import { WireError } from '../../../protocol/wire-error.ts';

/** The browser inflates a chunk whole before it gives out the first byte: 16 KiB become 16 MiB at most. */
const FED_BYTES = 16 * 1024;

/**
 * Inflates `deflate-raw`, counting while it streams, so that a bomb never becomes memory.
 * @throws WireError `inflated_too_large`, `bad_deflate`
 */
export async function inflate(deflated: Uint8Array): Promise<Uint8Array> {
  const limit = Math.min(MAX_INFLATED_BYTES, Math.max(RATIO_FREE_BYTES, deflated.length * MAX_INFLATE_RATIO));
  const stream = inPieces(deflated as Uint8Array<ArrayBuffer>).pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new WireError('bad_deflate');
    });
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel().catch(() => {});
      throw new WireError('inflated_too_large');
    }
    pieces.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function inPieces(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        controller.enqueue(bytes.subarray(at, at + FED_BYTES));
        at += FED_BYTES;
        if (at >= bytes.length) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
