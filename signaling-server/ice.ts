import { createHmac } from 'node:crypto';
import type { IceServer } from '../protocol/signaling.ts';
import type { Config } from './config.ts';
import { mintPeerName } from './token.ts';

/** How long TURN credentials are good for. A new `hello` brings new ones. */
const TURN_CREDENTIALS_MS = 2 * 60 * 60_000;
/** For a connection check by an agent. */
const CHECK_CREDENTIALS_MS = 60_000;

/**
 * The STUN and TURN servers for one peer. TURN credentials follow the "TURN REST API" that coturn's `use-auth-secret`
 * speaks: the name is `expiry:peer` (expiry in Unix seconds), the password its HMAC-SHA1 in base64. They are handed out
 * at pairing only, so nobody who merely opens the page can use the relay.
 */
export function iceServersFor(
  peerName: string,
  config: Pick<Config, 'stunUrls' | 'turnUrls' | 'turnSecret'>,
  nowMs: number,
  lastingMs = TURN_CREDENTIALS_MS,
): IceServer[] {
  const servers: IceServer[] = [];
  if (config.stunUrls.length > 0) servers.push({ urls: config.stunUrls });
  if (config.turnUrls.length > 0) {
    const username = `${Math.floor((nowMs + lastingMs) / 1_000)}:${peerName}`;
    const credential = createHmac('sha1', config.turnSecret).update(username).digest('base64');
    servers.push({ urls: config.turnUrls, username, credential });
  }
  return servers;
}

/** The same servers for a connection check: for an agent with credentials for a minute, for a stranger without any. */
export function checkServersFor(
  who: 'agent' | 'stranger',
  config: Pick<Config, 'stunUrls' | 'turnUrls' | 'turnSecret'>,
  nowMs: number,
): IceServer[] {
  const servers = iceServersFor(mintPeerName(), config, nowMs, CHECK_CREDENTIALS_MS);
  return who === 'agent' ? servers : servers.map(({ urls }) => ({ urls }));
}
