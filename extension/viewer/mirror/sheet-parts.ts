import { COMMENT, mapUrls, PASSED, unescapeCss, URL_TOKEN } from '../../../protocol/css-text.ts';
import { assetNumber, isInlineInSheet } from './file-names.ts';

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

export const NO_FILE = 'url("data:,")';
const TOKENS = new RegExp(String.raw`${PASSED}|${URL_TOKEN}|@namespace\b[^;{}]*|[{};]`, 'giu');
const COMMENTS = new RegExp(COMMENT, 'gu');
const FONT_FACE = /^@font-face$/iu;
/** Rules around others, which stand for themselves in them. */
const GROUP = /^@(?:media|supports|layer|container|starting-style)\b/iu;
const PSEUDO_ELEMENT = /::[\w-]+(?:\([^()]*\))?|:(?:before|after|first-letter|first-line)\b/giu;
/** Other rules, keyframes, and selectors that say something only where they stand. */
const NO_SELECTOR = /^@|^(?:from|to|[\d.]+%)|&|:(?:host|scope)/iu;

/** Longer ones would be read again for each file of their rule. */
const MAX_SELECTOR_UNITS = 1_000;

/** @returns the parts of the text; what they do not name, and nothing else, has been taken out of it */
export function partsOf(css: string): readonly SheetPart[] {
  if (!/url\(/iu.test(css)) return [css];
  const parts: SheetPart[] = [];
  const open: Block[] = [];
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

  function putFace({ from }: Block, to: number): void {
    put({ face: withoutForeign(css.slice(from, to)) }, from, to);
  }

  for (const { 0: token, 1: double, 2: single, 3: bare, index } of css.matchAll(TOKENS)) {
    const end = index + token.length;
    const url = double ?? single ?? bare;
    if (token === '{') open.push(blockAt(index));
    else if (token === '}') {
      const block = open.pop();
      if (block && isFace(block)) putFace(block, end);
    } else if (url !== undefined && !isFace(open.at(-1))) {
      const plain = unescapeCss(url);
      const asset = assetNumber(plain);
      if (asset !== null) put({ asset, selector: selectorOf(open.at(-1)) }, index, end);
      else if (!isOwn(plain)) put(NO_FILE, index, end);
    }
    if (/^[{};]$/u.test(token)) statement = end;
  }
  // The text's end closes what it leaves open.
  const last = open.at(-1);
  if (last && isFace(last)) putFace(last, css.length);
  return [...parts, css.slice(done)];
}

function isFace(block: Block | undefined): boolean {
  return block !== undefined && FONT_FACE.test(block.prelude);
}

function selectorOf(block: Block | undefined): string | null {
  if (!block?.isOuter || block.prelude.length > MAX_SELECTOR_UNITS || NO_SELECTOR.test(block.prelude)) return null;
  return block.prelude.replace(PSEUDO_ELEMENT, '');
}

function withoutForeign(rule: string): string {
  return mapUrls(rule, (url, token) => (isOwn(url) || assetNumber(url) !== null ? token : NO_FILE));
}

function isOwn(url: string): boolean {
  return url.startsWith('#') || isInlineInSheet(url);
}
