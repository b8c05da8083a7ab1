import { hash, randomBytes } from 'node:crypto';

/** 256 unpredictable bits, safe in JSON, headers and URLs. */
export function mintToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. Tokens have 256 bits of chance in them, so a fast hash without salt is enough. */
export function hashToken(token: string): string {
  return hash('sha256', token);
}

/**
 * The key of the PeerJS socket, made from the session token: whoever says hello can be told it again, though nobody
 * keeps it. It stands in addresses, so it must not lead back to the session token.
 */
export function peerTokenOf(token: string): string {
  return hash('sha256', `peerjs ${token}`, 'base64url');
}

/** What is kept of both tokens of a seat. */
export function seatHashOf(token: string): string {
  return hashToken(peerTokenOf(token));
}

/** 128 unpredictable bits, in letters that the stock PeerJS client takes as an ID. */
export function mintPeerName(): string {
  return randomBytes(16).toString('hex');
}

/** See `Visitor`. @param addressKey of the network address */
export function visitorMark(addressKey: string, userAgent: string | undefined): string {
  return hashToken(`${addressKey} ${userAgent ?? ''}`);
}
