/** Which certificates a connection is encrypted with: what nobody in the middle can have the same of. */
export interface Fingerprints {
  /** `sha-256 AB:CD:…`, as in the SDP. */
  readonly customer: string;
  readonly agent: string;
}

/** The fingerprint in a session description; empty when there is none. */
export function fingerprintIn(sdp: string): string {
  const found = /^a=fingerprint:(\S+ [0-9A-F:]+)\s*$/imu.exec(sdp)?.[1] ?? '';
  return found.toLowerCase();
}
