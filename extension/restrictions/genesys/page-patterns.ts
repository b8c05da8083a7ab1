/**
 * A regular expression over a page's address, as `URLPattern`s that match at least as much: what has no counterpart
 * (classes, choices, repetitions) becomes "anything". An unescaped dot is taken for a dot, as everybody means it.
 */

/** `null` stands for "anything". */
type Token = string | null;

/** @returns `null` when nothing narrower than every page can be said */
export function pagePatternsOf(source: string): string[] | null {
  const patterns: string[] = [];
  for (const choice of topLevelChoices(source)) {
    const translated = translate(choice);
    if (translated === null) return null;
    patterns.push(...translated);
  }
  return [...new Set(patterns)];
}

function translate(source: string): string[] | null {
  const body = source.replace(/^\^/u, '').replace(/(?<!\\)\$$/u, '');
  const tokens = tokensOf(body);
  // Without an anchor it may stand anywhere; an address that begins with its scheme stands at the beginning anyway.
  const isAnchored = source.startsWith('^') || tokens.slice(0, 4).join('') === 'http';
  const text = collapse([
    ...(isAnchored ? [] : [null]),
    ...tokens,
    ...(body.length < source.replace(/^\^/u, '').length ? [] : [null]),
  ]);
  const scheme = /^(https?\*?|\*):\/\//u.exec(text);
  if (scheme)
    return withHost(
      text.slice(scheme[0].length),
      scheme[1] === 'http' || scheme[1] === 'https' ? scheme[1] : 'http{s}?',
    );
  if (text.startsWith('*/')) return [anyFolder(text.slice(1))];
  if (text.startsWith('/')) return [withoutQuery(text)];
  if (text === '*' || !text.startsWith('*')) return null;
  return anywhere(text);
}

/** `*account*` may stand in the host, in the path or in the query. */
function anywhere(text: string): string[] {
  const slash = text.indexOf('/');
  const host = slash < 0 ? `${text}${text.endsWith('*') ? '' : '*'}` : text.slice(0, slash);
  const path = slash < 0 ? '/*' : withoutQuery(text.slice(slash));
  return [`*://${host}:*${path}`, withoutQuery(`/${text}`), `/*\\?${text}`];
}

function withHost(rest: string, scheme: string): string[] | null {
  const slash = rest.indexOf('/');
  const host = slash < 0 ? rest : rest.slice(0, slash);
  const path = slash < 0 ? '/*' : withoutQuery(rest.slice(slash));
  if (host === '') return null;
  // "Any host" is any of the site's own, and may have gone on into the path.
  if (host === '*') return [anyFolder(path)];
  const name = host.endsWith('*') && host.length > 1 ? host.slice(0, -1) : host;
  // After a host that ends in "anything" there may be a port, or a path.
  if (name !== host) return [`${scheme}://${name}:*/*`];
  return [`${scheme}://${name}${/\\:\d+$/u.test(name) ? '' : ':*'}${path}`.replace(/\\:(\d+)(?=\/)/u, ':$1')];
}

/** `/card`: at the end of any path. */
function anyFolder(path: string): string {
  return withoutQuery(`/*${path.slice(1)}`).replace('/**', '/*');
}

/** Rules do not look at queries unless they name them; here that only makes them match more. */
function withoutQuery(path: string): string {
  const query = path.indexOf('\\?');
  return query < 0 ? path : `${path.slice(0, query)}${path[query - 1] === '*' ? '' : '*'}`;
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length;) {
    const { token, end } = readToken(source, at);
    const repeated = /^(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?/u.exec(source.slice(end));
    tokens.push(repeated ? null : token);
    at = end + (repeated?.[0].length ?? 0);
  }
  return tokens;
}

function readToken(source: string, at: number): { token: Token; end: number } {
  const character = source[at] ?? '';
  if (character === '\\') {
    const next = source[at + 1] ?? '';
    return { token: /[dwsDWSbB]/u.test(next) ? null : next, end: at + 2 };
  }
  if (character === '[') return { token: null, end: closingOf(source, at, '[', ']') };
  if (character === '(') return { token: null, end: closingOf(source, at, '(', ')') };
  if (/[\^$|*+?]/u.test(character)) return { token: null, end: at + 1 };
  return { token: character, end: at + 1 };
}

/** Just after the bracket that closes the one at `at`. */
function closingOf(source: string, at: number, opens: string, closes: string): number {
  let depth = 0;
  for (let index = at; index < source.length; index += 1) {
    if (source[index] === '\\') index += 1;
    else if (source[index] === opens) depth += 1;
    else if (source[index] === closes) depth -= 1;
    if (depth === 0) return index + 1;
  }
  return source.length;
}

function topLevelChoices(source: string): string[] {
  const choices: string[] = [];
  let from = 0;
  for (let at = 0; at < source.length; at = readToken(source, at).end) {
    if (source[at] !== '|') continue;
    choices.push(source.slice(from, at));
    from = at + 1;
  }
  return [...choices, source.slice(from)];
}

function collapse(tokens: readonly Token[]): string {
  return tokens
    .map((token) => (token === null ? '*' : token.replace(/[\\(){}:*+?]/u, String.raw`\$&`)))
    .join('')
    .replace(/(?<!\\)\*{2,}/gu, '*')
    .replace(/^(https?\*?|\*)\\:\/\//u, '$1://');
}
