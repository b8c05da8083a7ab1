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
