/** Where the co-browse server is, and the addresses of its parts. */
export const DEFAULT_SERVER = 'http://127.0.0.1:8787';

const MAX_ADDRESS_UNITS = 500;

/**
 * Reads the address of a server as a person types it. A missing `https://` is added.
 * @returns the address without a slash at its end, or `null` when it is not an http or https address
 */
export function parseServer(typed: unknown): string | null {
  if (typeof typed !== 'string' || typed.length > MAX_ADDRESS_UNITS) return null;
  const text = typed.trim();
  // Chrome would take a space for a part of the host's name.
  if (text === '' || /\s/u.test(text)) return null;
  const address = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `https://${text}`);
  if (address === null || (address.protocol !== 'http:' && address.protocol !== 'https:')) return null;
  if (address.username !== '' || address.password !== '' || address.search !== '' || address.hash !== '') return null;
  return `${address.origin}${address.pathname.replace(/\/+$/u, '')}`;
}

/** The session socket's address, `ws:` or `wss:`. */
export function sessionSocketAddress(server: string): string {
  return `${server.replace(/^http/u, 'ws')}/session`;
}

export interface PeerServer {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly secure: boolean;
}

/** The same server in the parts that PeerJS asks for. */
export function peerServer(server: string): PeerServer {
  const { hostname, port, pathname, protocol } = new URL(server);
  const secure = protocol === 'https:';
  return { host: hostname, port: port === '' ? (secure ? 443 : 80) : Number(port), path: pathname, secure };
}

/** `URL.parse` is younger than the oldest Chrome we run in. */
function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
