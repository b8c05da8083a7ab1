import { hash, randomBytes, randomUUID } from 'node:crypto';

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

/**
 * 122 unpredictable bits, in letters that the stock PeerJS client takes as an ID. A UUID comes out of chance that Node
 * has drawn in advance, 128 at a time; drawing it is a tenth of a join.
 */
export function mintPeerName(): string {
  return randomUUID().replaceAll('-', '');
}

/** See `Visitor`. @param addressKey of the network address */
export function visitorMark(addressKey: string, userAgent: string | undefined): string {
  return hashToken(`${addressKey} ${userAgent ?? ''}`);
}
