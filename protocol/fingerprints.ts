/** Which certificates a connection is encrypted with: what nobody in the middle can have the same of. */
export interface Fingerprints {
  /** `sha-256 AB:CD:…`, as in the SDP. */
  readonly customer: string;
  readonly agent: string;
}

/** The one fingerprint in a session description; empty when there is none, or several: nobody knows which one counts. */
export function fingerprintIn(sdp: string): string {
  const lines = sdp.split(/[\r\n]+/u).filter((line) => /fingerprint/iu.test(line));
  const found = new Set(lines.map((line) => /^a=fingerprint:(\S+ [0-9A-F:]+)$/iu.exec(line)?.[1]?.toLowerCase() ?? ''));
  return found.size === 1 ? [...found][0]! : '';
}

/** Whether a description is of the same certificate as the one before it. */
export function hasSameFingerprint(sdp: string, before: string | undefined): boolean {
  const now = fingerprintIn(sdp);
  return now !== '' && now === fingerprintIn(before ?? '');
}
