import { describe, expect, test } from 'vitest';
import { MAX_INFLATED_BYTES } from '../../../protocol/limits.ts';
import { WireError } from '../../../protocol/wire-error.ts';
import { inflate } from './inflate.ts';

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The fault of inflating, or the size of what came of it. */
async function outcome(deflated: Uint8Array): Promise<string | number> {
  try {
    return (await inflate(deflated)).length;
  } catch (error) {
    if (error instanceof WireError) return error.fault;
    throw error;
  }
}

/** Bytes that deflate to about `1 / ratio`: zeros with something incompressible between them. */
function ofRatio(size: number, ratio: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = 1;
  for (let at = 0; at < size / ratio; at += 1) {
    state = (state * 48_271) % 2_147_483_647;
    bytes[at] = state & 0xff;
  }
  return bytes;
}

describe('inflating', () => {
  test('gives back what was deflated, text and nothing at all', async () => {
    const text = new TextEncoder().encode('<p>Hällo</p>'.repeat(10_000));
    expect(new TextDecoder().decode(await inflate(await deflate(text)))).toBe('<p>Hällo</p>'.repeat(10_000));
    expect(await outcome(await deflate(new Uint8Array()))).toBe(0);
  });

  test('lets a small message grow as it likes, up to 256 KiB', async () => {
    expect(await outcome(await deflate(new Uint8Array(256 * 1024)))).toBe(256 * 1024);
    expect(await outcome(await deflate(new Uint8Array(256 * 1024 + 1)))).toBe('inflated_too_large');
  });

  test('takes fifty times the size and refuses two hundred times', async () => {
    expect(await outcome(await deflate(ofRatio(4 * 1024 * 1024, 50)))).toBe(4 * 1024 * 1024);
    expect(await outcome(await deflate(ofRatio(4 * 1024 * 1024, 200)))).toBe('inflated_too_large');
  });

  test('takes 32 MiB, and not one byte more', async () => {
    const largest = await deflate(ofRatio(MAX_INFLATED_BYTES, 20));
    expect(await outcome(largest)).toBe(MAX_INFLATED_BYTES);
    expect(await outcome(await deflate(ofRatio(MAX_INFLATED_BYTES + 1, 20)))).toBe('inflated_too_large');
  });

  test('refuses garbage and an early end', async () => {
    const good = await deflate(new TextEncoder().encode('Good morning, good morning'));
    expect(await outcome(new Uint8Array())).toBe('bad_deflate');
    expect(await outcome(new Uint8Array(100).fill(0xff))).toBe('bad_deflate');
    expect(await outcome(good.slice(0, -3))).toBe('bad_deflate');
  });
});
