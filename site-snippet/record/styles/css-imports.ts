import { endOfStatement, readReference, skipBlank } from '../../../protocol/css-statements.ts';

export interface CssImport {
  readonly url: string;
  /** Layer, supports and media conditions, as written. */
  readonly conditions: string;
}

/** What stands before the rules of a sheet, in its order, and the sheet without that. */
export interface SplitSheet {
  /** An import; or, as it is, a statement that names layers, whose order counts. */
  readonly head: readonly (CssImport | string)[];
  readonly rest: string;
}

/** Imports count at a sheet's beginning only (CSS Cascading 5, §2): what looks like one further down is none. */
export function splitImports(css: string): SplitSheet {
  if (!/@import/iu.test(css)) return { head: [], rest: css };
  const head: (CssImport | string)[] = [];
  let at = skipBlank(css, 0);
  for (;;) {
    HEAD.lastIndex = at;
    const name = HEAD.exec(css)?.[1]?.toLowerCase();
    if (name === undefined) break;
    const end = endOfStatement(css, HEAD.lastIndex);
    // A layer with a block is the first rule.
    if (css[end] === '{') break;
    if (name === 'layer') head.push(css.slice(at, end));
    else if (name === 'import') {
      const reference = readReference(css, skipBlank(css, HEAD.lastIndex));
      if (reference !== null) head.push({ url: reference.url, conditions: conditionsIn(css, reference.end, end) });
    }
    at = skipBlank(css, end);
  }
  return { head, rest: css.slice(at) };
}

const HEAD = /@(import|layer|charset)(?![\w-])/iuy;

function conditionsIn(css: string, from: number, end: number): string {
  return css.slice(from, end).replace(/;$/u, '').trim();
}

/** What `css` is put in to hold under the conditions it was imported under. */
export function wrapImport(css: string, conditions: string): string {
  const [layer, afterLayer] = takeFunction(conditions, 'layer', true);
  const [supports, media] = takeFunction(afterLayer, 'supports', false);
  let wrapped = css;
  if (media !== '') wrapped = `@media ${media} {\n${wrapped}\n}`;
  if (supports !== null) wrapped = `@supports (${supports}) {\n${wrapped}\n}`;
  return layer === null ? wrapped : `@layer ${layer} {\n${wrapped}\n}`;
}

/** @returns what stands in its brackets (nothing, where it may stand without them), and what follows */
function takeFunction(text: string, name: string, mayBeBare: boolean): readonly [string | null, string] {
  const rest = text.slice(name.length);
  if (!text.toLowerCase().startsWith(name)) return [null, text];
  if (!rest.startsWith('(')) return mayBeBare && /^(?![\w-])/u.test(rest) ? ['', rest.trim()] : [null, text];
  let depth = 0;
  for (let index = 0; index < rest.length; index += 1) {
    if (rest[index] === '(') depth += 1;
    else if (rest[index] === ')') depth -= 1;
    if (depth === 0) return [rest.slice(1, index), rest.slice(index + 1).trim()];
  }
  return [rest.slice(1), ''];
}
