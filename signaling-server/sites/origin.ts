/**
 * What may stand in a site's list of origins: an exact origin (`https://shop.example.com`), every subdomain
 * (`https://*.example.com`, the bare domain not included), or `loopback` (this machine, any port), for development.
 */
export type OriginPattern = string;

/** The browser's `Origin` header as an origin, or `null` for anything that is not http(s). */
export function parseOrigin(header: string | undefined): URL | null {
  if (header === undefined || header.length > 512 || !URL.canParse(header)) return null;
  const url = new URL(header);
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === header ? url : null;
}

/** Extensions' pages; the ID is not checked, because agents must sign in anyway and unpacked builds have IDs of their own. */
export function isExtensionOrigin(header: string | undefined): boolean {
  return header !== undefined && /^chrome-extension:\/\/[a-p]{32}$/u.test(header);
}

export function isOriginPattern(text: string): boolean {
  if (text === 'loopback') return true;
  const plain = text.replace(/^(https?:\/\/)\*\./u, '$1');
  return parseOrigin(plain) !== null;
}

/** Whether one of the patterns admits the origin. */
export function admits(patterns: readonly OriginPattern[], origin: URL): boolean {
  return patterns.some((pattern) => {
    if (pattern === 'loopback') return isLoopback(origin.hostname);
    if (!pattern.includes('://*.')) return pattern === origin.origin;
    const base = new URL(pattern.replace('://*.', '://'));
    return (
      base.protocol === origin.protocol && base.port === origin.port && origin.hostname.endsWith(`.${base.hostname}`)
    );
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
