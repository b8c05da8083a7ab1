/**
 * What a style sheet's text refers to, found without parsing it into rules (9 ms for Bootstrap alone). Comments and strings
 * are passed over as the browser does (CSS Syntax Level 3, §4.3), those too that the end of the text or of the line closes.
 */
export const COMMENT = String.raw`/\*[^]*?(?:\*/|$)`;
const ESCAPE = String.raw`\\(?:[\da-f]{1,6}\s?|\r\n|[^])`;
export const INSIDE_DOUBLE = String.raw`(?:[^"\\\n\r\f]|${ESCAPE})*`;
export const INSIDE_SINGLE = String.raw`(?:[^'\\\n\r\f]|${ESCAPE})*`;
/**
 * What a search passes over: comments, strings, and signs that are escaped, for a quote in the name of `content-['']` begins
 * no string, and a bracket in a name is none.
 */
export const PASSED = String.raw`${COMMENT}|"${INSIDE_DOUBLE}"?|'${INSIDE_SINGLE}'?|\\[^\w]`;
export const URL_TOKEN = String.raw`(?<![\w\-\\\u0080-\u{10ffff}])url\(\s*(?:"(${INSIDE_DOUBLE})"?|'(${INSIDE_SINGLE})'?|((?:[^)"'\s\\]|${ESCAPE})*))\s*\)?`;

/** Names what is never loaded. */
export const NAMESPACE = String.raw`@namespace\b(?:${PASSED}|[^;{}"'\\])*`;

const URLS = new RegExp(`${PASSED}|${URL_TOKEN}|${NAMESPACE}`, 'giu');

/**
 * @param change gives what takes the place of a `url(…)`, from what it names without its escapes, and how it stands there
 */
export function mapUrls(css: string, change: (url: string, token: string) => string): string {
  if (!/url\(/iu.test(css)) return css;
  return css.replace(URLS, (token, double?: string, single?: string, bare?: string) => {
    const url = double ?? single ?? bare;
    return url === undefined ? token : change(unescapeCss(url), token);
  });
}

export function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:([\da-f]{1,6})\s?|(\r\n|[^]))/giu, (_all, code?: string, plain = '') =>
    code === undefined ? (/^[\n\r\f]/u.test(plain) ? '' : plain) : letterOf(Number.parseInt(code, 16)),
  );
}

function letterOf(code: number): string {
  const isNone = code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
  return isNone ? '\ufffd' : String.fromCodePoint(code);
}
