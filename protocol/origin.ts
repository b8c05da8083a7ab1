/**
 * What may stand in a site's list of origins: an exact origin (`https://shop.example.com`), every subdomain
 * (`https://*.example.com`, the bare domain not included), or `loopback` (this machine, any port), for development.
 */
export type OriginPattern = string;

/** Of a URL, what patterns are about. */
interface OriginParts {
  readonly origin: string;
  readonly protocol: string;
  readonly hostname: string;
  /** Empty: the protocol's own. */
  readonly port: string;
}

/** Whether one of the patterns admits the origin. */
export function admits(patterns: readonly OriginPattern[], origin: OriginParts): boolean {
  return patterns.some((pattern) => {
    if (pattern === 'loopback') return isLoopback(origin.hostname);
    const [, protocol, base, port = ''] = /^(https?:)\/\/\*(\.[^:/]+)(?::(\d+))?$/u.exec(pattern) ?? [];
    if (base === undefined) return pattern === origin.origin;
    return protocol === origin.protocol && port === origin.port && origin.hostname.endsWith(base);
  });
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    // The URL parser has brought every spelling of an IPv4 address to four decimal numbers.
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/u.test(hostname)
  );
}
