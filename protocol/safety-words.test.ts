import { expect, test } from 'vitest';
import { fingerprintIn } from './fingerprints.ts';
import { safetyInput, safetyWords } from './safety-words.ts';

test('every byte is a word of its own', () => {
  const words = new Set(Array.from({ length: 256 }, (_, byte) => safetyWords(new Uint8Array([byte])).split(' ')[0]));
  expect(words.size).toBe(256);
  for (const word of words) expect(word).toMatch(/^[a-z]{3,8}$/u);
});

test('three bytes are three words', () => {
  expect(safetyWords(new Uint8Array([0, 128, 255, 7]))).toMatch(/^\w+ \w+ \w+$/u);
});

test('the fingerprint is found in a description, however it is written', () => {
  const sdp = 'v=0\r\na=setup:actpass\r\na=fingerprint:sha-256 AB:CD:0F\r\nm=application 9\r\n';
  expect(fingerprintIn(sdp)).toBe('sha-256 ab:cd:0f');
  expect(fingerprintIn(sdp.replace('sha-256 AB', 'SHA-256 ab'))).toBe('sha-256 ab:cd:0f');
  expect(fingerprintIn('v=0')).toBe('');
});

test('who is who counts', () => {
  expect(safetyInput({ customer: 'a', agent: 'b' })).not.toBe(safetyInput({ customer: 'b', agent: 'a' }));
});

test('there are no words about a certificate that is not known', () => {
  expect(() => safetyInput({ customer: 'a', agent: '' })).toThrow(/not known/u);
  expect(() => safetyInput({ customer: '', agent: 'b' })).toThrow(/not known/u);
});
