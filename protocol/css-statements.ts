import { COMMENT, INSIDE_DOUBLE, INSIDE_SINGLE, PASSED, unescapeCss, URL_TOKEN } from './css-text.ts';

/** Rules without a block, and where a style sheet's text begins and ends, found as in css-text.ts. */
const IMPORTS = new RegExp(`${PASSED}|@import\\b`, 'giu');
const BRACES = new RegExp(`${PASSED}|[{}]`, 'giu');
const BRACKETS = new RegExp(String.raw`${PASSED}|${URL_TOKEN}|[()[\]{};]`, 'giu');
const BLANK = new RegExp(String.raw`(?:\s|${COMMENT}|<!--|-->)*`, 'yu');
const REFERENCE = new RegExp(`${URL_TOKEN}|"(${INSIDE_DOUBLE})"?|'(${INSIDE_SINGLE})'?`, 'iuy');

/** The sheet without its imports, wherever they stand. */
export function withoutImports(css: string): string {
  if (!/@import/iu.test(css)) return css;
  let rest = '';
  let done = 0;
  IMPORTS.lastIndex = 0;
  for (let found = IMPORTS.exec(css); found !== null; found = IMPORTS.exec(css)) {
    if (!found[0].startsWith('@')) continue;
    rest += css.slice(done, found.index);
    done = endOfStatement(css, IMPORTS.lastIndex);
    IMPORTS.lastIndex = done;
  }
  return rest + css.slice(done);
}

/** A whole sheet, with what its end leaves open closed, as the browser does: another may follow it. */
export function closed(css: string): string {
  let open = 0;
  let last = '';
  for (const [token] of css.matchAll(BRACES)) {
    if (token === '{') open += 1;
    if (token === '}') open = Math.max(0, open - 1);
    last = token;
  }
  const isOpenComment = last.startsWith('/*') && !/^\/\*[^]*\*\/$/u.test(last);
  return `${css}${isOpenComment ? '*/' : ''}${open > 0 ? '\n' : ''}${'}'.repeat(open)}`;
}

/** Past comments and white space, which mean nothing. */
export function skipBlank(css: string, from: number): number {
  BLANK.lastIndex = from;
  return from + (BLANK.exec(css)?.[0].length ?? 0);
}

/** The string or `url(…)` that begins there, without its escapes; `null`: there is none. */
export function readReference(css: string, from: number): { readonly url: string; readonly end: number } | null {
  REFERENCE.lastIndex = from;
  const found = REFERENCE.exec(css);
  if (found === null) return null;
  const url = found.slice(1).find((group) => group !== undefined) ?? '';
  return { url: unescapeCss(url), end: from + found[0].length };
}

/** Past the `;` that ends a rule without a block: in no string and no brackets. Before the block, if it has one. */
export function endOfStatement(css: string, from: number): number {
  let depth = 0;
  BRACKETS.lastIndex = from;
  for (let found = BRACKETS.exec(css); found !== null; found = BRACKETS.exec(css)) {
    const [token] = found;
    if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
    else if (depth <= 0 && token === ';') return BRACKETS.lastIndex;
    else if (depth <= 0 && (token === '{' || token === '}')) return found.index;
  }
  return css.length;
}
