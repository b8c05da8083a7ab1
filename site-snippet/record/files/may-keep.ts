const FORBIDDEN = /\b(?:no-store|private)\b/iu;
const ALLOWED = /\b(?:public|immutable|s-maxage|max-age=[1-9])/iu;

/**
 * Whether the agent's browser may have the file after the session: what a cache that many people share might keep
 * (RFC 9111). Pictures may be of one customer only, so for them the site must have said that they are for all.
 */
export function mayKeep({ url, headers }: Pick<Response, 'url' | 'headers'>, isPicture: boolean): boolean {
  const control = headers.get('cache-control') ?? '';
  const vary = headers.get('vary') ?? '';
  if (!/^https?:/u.test(url) || FORBIDDEN.test(control) || /cookie|authorization|\*/iu.test(vary)) return false;
  return !isPicture || ALLOWED.test(control);
}
