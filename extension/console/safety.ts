import type { Fingerprints } from '../../protocol/fingerprints.ts';
import { SAFETY_BITS, SAFETY_ROUNDS, safetyInput, safetyWords } from '../../protocol/safety-words.ts';

/** The words of this connection. Takes a good part of a second, off this thread. @throws without `crypto.subtle` */
export async function wordsFor(historyId: string, fingerprints: Fingerprints): Promise<string> {
  const encoder = new TextEncoder();
  const input = await crypto.subtle.importKey('raw', encoder.encode(safetyInput(fingerprints)), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const way = { name: 'PBKDF2', hash: 'SHA-256', salt: encoder.encode(historyId), iterations: SAFETY_ROUNDS };
  return safetyWords(new Uint8Array(await crypto.subtle.deriveBits(way, input, SAFETY_BITS)));
}
