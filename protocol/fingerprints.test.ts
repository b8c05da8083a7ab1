import { describe, expect, test } from 'vitest';
import { fingerprintIn, hasSameFingerprint } from './fingerprints.ts';

const MINE = 'a=fingerprint:sha-256 AB:CD:EF';
const THEIRS = 'a=fingerprint:sha-256 01:23:45';

function sdp(...lines: string[]): string {
  return ['v=0', ...lines, 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', ''].join('\r\n');
}

describe('the fingerprint in a description', () => {
  test('is read wherever it stands, once or the same twice', () => {
    expect(fingerprintIn(sdp(MINE))).toBe('sha-256 ab:cd:ef');
    expect(fingerprintIn(sdp(MINE) + MINE)).toBe('sha-256 ab:cd:ef');
  });

  test.each([
    ['none', sdp()],
    ['two that differ', sdp(MINE) + THEIRS],
    ['one beside another that a browser may read and we do not', sdp(MINE) + `${THEIRS} more`],
    ['the same in another kind of line end', `${MINE}\n${THEIRS}`],
  ])('is nobody’s with %s', (_name, text) => {
    expect(fingerprintIn(text)).toBe('');
  });

  test('must stay the same, and there must be one', () => {
    expect(hasSameFingerprint(sdp(MINE), sdp(MINE))).toBe(true);
    expect(hasSameFingerprint(sdp(THEIRS), sdp(MINE))).toBe(false);
    expect(hasSameFingerprint(sdp(), sdp())).toBe(false);
    expect(hasSameFingerprint(sdp(MINE), undefined)).toBe(false);
  });
});
