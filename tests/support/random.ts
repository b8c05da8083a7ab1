/** Random runs that can be replayed: `SEED=… npx vitest run FILE` does the same again. */
export const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 0x7f_ff_ff_ff));

export interface Random {
  /** 0 … `below` − 1. */
  below(limit: number): number;
  bytes(length: number): Uint8Array;
  /** A copy with one to four bytes changed. */
  mutated(bytes: Uint8Array): Uint8Array;
}

/** Mulberry32: small, and the same everywhere. */
export function createRandom(seed = SEED): Random {
  let state = seed | 0;

  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
    mutated(bytes) {
      const copy = bytes.slice();
      for (let change = 0; change <= below(4); change += 1) copy[below(copy.length)] = below(256);
      return copy;
    },
  };
}
