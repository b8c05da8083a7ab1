/** For tests only: random runs that can be replayed, and what every reader promises an enemy. */
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { TEXT_SEPARATOR, type MaskedText } from './masked-text.ts';
import type { NodeId } from './node-id.ts';
import type { StrokePart } from './stroke.ts';
import type { ColumnMask } from './tree-writer.ts';
import { WireError, type WireFault } from './wire-error.ts';

/** A failure prints its seed; `SEED=… npx vitest run FILE` then runs the same again. */
const replayed = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env['SEED'];
const seed = replayed === undefined ? Math.floor(Math.random() * 0x7f_ff_ff_ff) : Number(replayed);

export function holds<T>(property: fc.IPropertyWithHooks<T>, numRuns = 200): void {
  fc.assert(property, { seed, numRuns });
}

/** The fault of what is read, or `null` when it is read well. Any other exception goes on to fail the test. */
export function faultOf(read: () => unknown): WireFault | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof WireError) return error.fault;
    throw error;
  }
}

/** Every beginning of a valid message: a clean read or a fault, and nothing beyond. */
export function expectTruncationsSurvived(message: Uint8Array, read: (bytes: Uint8Array) => unknown): void {
  for (let length = 0; length < message.length; length += 1) faultOf(() => read(message.slice(0, length)));
  expect(faultOf(() => read(message))).toBeNull();
}

/** A valid message with some bytes changed: gets further into a reader than bytes by chance do. */
export function mutated(message: Uint8Array, changes: readonly (readonly [at: number, value: number])[]): Uint8Array {
  const copy = message.slice();
  for (const [at, value] of changes) if (copy.length > 0) copy[at % copy.length] = value;
  return copy;
}

export const anyChanges = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
  minLength: 1,
  maxLength: 4,
});
/** Any text that UTF-8 can carry: no halves of surrogate pairs. */
export const anyText = fc.string({ unit: 'binary', maxLength: 40 });
export const anyNumber = fc.oneof(fc.maxSafeNat(), fc.nat(300), fc.constantFrom(0, 127, 128, 2 ** 31, 2 ** 53 - 1));

const anyPoint = fc.integer({ min: -10_000_000, max: 10_000_000 }).map((steps) => steps / 10_000);
export const anyStroke: fc.Arbitrary<{ readonly type: 'draw' } & StrokePart> = fc.record({
  type: fc.constant('draw' as const),
  stroke: anyNumber,
  node: anyNumber as fc.Arbitrary<NodeId>,
  points: fc.array(fc.record({ x: anyPoint, y: anyPoint }), { maxLength: 10 }),
});

/** A mask for a writer that hides nothing. */
export const asItIs: ColumnMask = (_column, texts) => texts.join(TEXT_SEPARATOR) as MaskedText;
