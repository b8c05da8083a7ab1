import { COMMENT, NAMESPACE, PASSED, unescapeCss, URL_TOKEN } from '../../../../protocol/css-text.ts';
import { assetNumber } from '../files/file-names.ts';

/** A sheet's text taken apart where it names files, once for all the times that it is drawn. */
export type SheetPart = string | FilePart | FacePart;

/** A picture: a whole `url(…)`. */
export interface FilePart {
  readonly asset: number;
  /** Of the rule that it stands in; `null`: there is none, or more must be known than who matches it. */
  readonly selector: string | null;
}

/** A whole `@font-face` rule. */
export interface FacePart {
  readonly face: string;
}

/** What is open between `{` and `}`. */
interface Block {
  /** Where the text before the `{` begins. */
  readonly from: number;
  readonly prelude: string;
  /** Nothing but groups is around it. */
  readonly isOuter: boolean;
}

const TOKENS = new RegExp(String.raw`${PASSED}|${URL_TOKEN}|${NAMESPACE}|[{};]`, 'giu');
const COMMENTS = new RegExp(COMMENT, 'gu');
const FONT_FACE = /^@font-face$/iu;
/** Rules around others, which stand for themselves in them. */
const GROUP = /^@(?:media|supports|layer|container|starting-style)\b/iu;
const PSEUDO_ELEMENT = /(?:::[\w-]+(?:\([^()]*\))?|:(?:before|after|first-letter|first-line))(?=\s*(?:,|$))/giu;
const PSEUDO_LIKE = /::|:(?:before|after|first-letter|first-line)/iu;
/** Other rules, keyframes, selectors that say something only where they stand, and that take long to answer. */
const NO_SELECTOR = /^@|^(?:from|to|[\d.]+%)|&|:(?:host|scope|has)/iu;

/** Longer ones would be read again for each file of their rule. */
const MAX_SELECTOR_UNITS = 1_000;

/**
 * @param css in which nothing foreign is named any more
 * @returns the parts of the text
 */
export function partsOf(css: string): readonly SheetPart[] {
  if (!/url\(/iu.test(css)) return [css];
  const parts: SheetPart[] = [];
  const open: Block[] = [];
  /** The `@font-face` that is open, whatever is in it. */
  let face: Block | null = null;
  let done = 0;
  let statement = 0;

  function blockAt(end: number): Block {
    const around = open.at(-1);
    const isOuter = around === undefined || (around.isOuter && GROUP.test(around.prelude));
    return { from: statement, prelude: css.slice(statement, end).replace(COMMENTS, '').trim(), isOuter };
  }

  function put(part: SheetPart, from: number, to: number): void {
    parts.push(css.slice(done, from), part);
    done = to;
  }

  function putFace(to: number): void {
    if (face !== null) put({ face: css.slice(face.from, to) }, face.from, to);
    face = null;
  }

  for (const { 0: token, 1: double, 2: single, 3: bare, index } of css.matchAll(TOKENS)) {
    const end = index + token.length;
    const url = double ?? single ?? bare;
    if (token === '{') {
      const block = blockAt(index);
      open.push(block);
      if (face === null && FONT_FACE.test(block.prelude)) face = block;
    } else if (token === '}') {
      if (open.pop() === face) putFace(end);
    } else if (url !== undefined && face === null) {
      const asset = assetNumber(unescapeCss(url));
      if (asset !== null) put({ asset, selector: selectorOf(open.at(-1)) }, index, end);
    }
    if (/^[{};]$/u.test(token)) statement = end;
  }
  // The text's end closes what it leaves open.
  putFace(css.length);
  return [...parts, css.slice(done)];
}

function selectorOf(block: Block | undefined): string | null {
  if (!block?.isOuter || block.prelude.length > MAX_SELECTOR_UNITS || NO_SELECTOR.test(block.prelude)) return null;
  const selector = block.prelude.replace(PSEUDO_ELEMENT, '');
  // What is left of one, or only looked like one.
  return PSEUDO_LIKE.test(selector) || (selector !== block.prelude && /["'\\]/u.test(selector)) ? null : selector;
}
