import { withoutImports } from '../../../../protocol/css-statements.ts';
import { INSIDE_DOUBLE, INSIDE_SINGLE, mapUrls } from '../../../../protocol/css-text.ts';
import { assetNumber, isInlineInSheet } from '../files/file-names.ts';
import type { Pictures } from '../pictures/pictures.ts';
import { partsOf, type FilePart, type SheetPart } from './sheet-parts.ts';
import { restate } from './states-css.ts';

/** `image-set("picture.png" 1x)` names pictures by bare strings. */
const IMAGE_SET = /(?:-webkit-)?image-set\([^;{}]*/giu;
/** One that names its pictures by custom properties: `image-set(var(--plain) 1x, var(--fine) 2x)`. */
const SET_OF_NAMES = /(?:-webkit-)?image-set\((?:\s*var\(\s*--[\w-]+\s*\)\s+[\d.]+(?:x|dppx)\s*(?:,|(?=\))))+\)/giu;
const NAME_AND_DENSITY = /(var\([^()]*\))\s+([\d.]+)/giu;
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gu;
const HARMLESS_STRING = /^.(?:blob:|data:|asset:\d|[\w-]+\/[\w.+-]+.$)/u;
/** `u`, `r` and `l` written as escapes: `\75rl(…)` is a `url(…)` to the browser. A backslash that is escaped itself is none. */
const ESCAPED_NAME = /\\\\|\\(?:([url])|0{0,4}(75|55|72|52|6c|4c)(?![0-9a-f])\s?)/giu;

const NO_FILE = 'url("data:,")';
const WHOLE_URL = new RegExp(String.raw`^url\(\s*(?:"${INSIDE_DOUBLE}"|'${INSIDE_SINGLE}'|[^"'()\s\\]*)\s*\)$`, 'iu');

/** A font that comes later than these allow would never be shown here, and the customer may have had it at hand. */
const IMPATIENT_FONT = /(font-display\s*:\s*)(?:fallback|optional)\b/giu;

/** So many are asked for at once: a picture for when the pointer rests there is at hand when it does. */
const FEW_FILES = 16;

/** Of a `style` attribute: its pictures have a part in how large something is, or are shown elsewhere. */
const NOT_ONLY_BEHIND = /--|content\s*:|list-style|shape-outside/iu;

/** All that is changed begins with one of these, lengths by a phone's screen among them; a `style` attribute seldom has any, and is asked often. */
const UNDRESSED = /[@\\]|[Uu][Rr][Ll]\(|[Ss][Ee][Tt]\(|\dv[hm]|[lsd]vh|safe-area/u;

export function needsDressing(css: string): boolean {
  return UNDRESSED.test(css);
}

/** CSS of the page as the mirror may have it: it asks for our attributes, and names pictures by `url(…)` alone. */
function readable(css: string): string {
  let text = restate(withoutImports(css));
  if (text.includes('\\')) text = text.replace(ESCAPED_NAME, letterOf);
  text = text.replace(IMPATIENT_FONT, '$1swap');
  if (/image-set\(/iu.test(text)) text = text.replace(IMAGE_SET, withoutForeignStrings);
  return mapUrls(text, (url, token) => (mayStay(url, token) ? token : NO_FILE));
}

/** What is shorter or longer to the browser than it is here could bring all that follows out of step. */
function mayStay(url: string, token: string): boolean {
  return assetNumber(url) !== null || ((url.startsWith('#') || isInlineInSheet(url)) && WHOLE_URL.test(token));
}

function letterOf(escape: string, letter?: string, code?: string): string {
  return letter ?? (code === undefined ? escape : String.fromCharCode(Number.parseInt(code, 16)));
}

export interface DressedOn {
  readonly sheet?: Node;
  readonly styled?: Element;
}

/**
 * Draws CSS of the page with everything it would load, and that did not come over the channel, taken out. The sandbox's
 * policy refuses such requests anyway; this is the second lock, and it gives each asset its blob. Drawn now, and again when
 * files that it refers to have come: by one callback, so that each of the many files of a sheet is waited for once.
 * @param on what has it: a sheet's node its text, an element its `style`
 */
export function drawDressed(
  css: string,
  pictures: Pictures,
  isStillThere: () => boolean,
  draw: (dressed: string) => void,
  on: DressedOn = {},
): void {
  const parts = partsOf(readable(css));
  const files = parts.filter(isFile);
  const { wanted } = pictures;
  let isNear = on.styled === undefined || NOT_ONLY_BEHIND.test(css);

  function redraw(): void {
    if (isStillThere()) draw(dressed());
  }

  function dressed(): string {
    const waiting = new Set<SheetPart>(on.sheet === undefined ? untilNear() : untilMatched(on.sheet));
    return parts.map((part) => dressedPart(part, waiting)).join('');
  }

  function untilMatched(sheet: Node): readonly FilePart[] {
    if (files.length <= FEW_FILES) return [];
    const later = files.filter((file) => file.selector !== null && isMissing(file));
    wanted.pictures.expect(sheet, later, redraw, isStillThere);
    return later;
  }

  function untilNear(): readonly FilePart[] {
    const later = isNear ? [] : files.filter(isMissing);
    if (later.length > 0 && on.styled !== undefined) wanted.near.expect(on.styled, 'style', comeNear);
    return later;
  }

  function comeNear(): void {
    isNear = true;
    redraw();
  }

  function isMissing({ asset }: FilePart): boolean {
    return pictures.known(asset) === undefined;
  }

  function dressedPart(part: SheetPart, waiting: ReadonlySet<SheetPart>): string {
    if (typeof part === 'string') return part;
    if ('face' in part) return wanted.fonts.dress(part.face, redraw, isStillThere);
    const address = waiting.has(part) ? '' : pictures.url(part.asset, redraw);
    return address === '' ? NO_FILE : `url("${address}")`;
  }

  draw(dressed());
}

function isFile(part: SheetPart): part is FilePart {
  return typeof part === 'object' && 'asset' in part;
}

function withoutForeignStrings(set: string): string {
  // Nobody knows here what a custom property holds; a string is no picture where it stands by itself.
  const named = set.replace(SET_OF_NAMES, plainPictureOf);
  if (/var\(/iu.test(named)) return named.replace(/image-set\(/giu, 'refused(');
  return named.replace(STRING, (text) => (HARMLESS_STRING.test(text) ? text : '"data:,"'));
}

/** The one that is as large as it says: for the screens of most. */
function plainPictureOf(set: string): string {
  const pictures = [...set.matchAll(NAME_AND_DENSITY)];
  const [, name = ''] = pictures.find(([, , density]) => Number(density) === 1) ?? pictures[0] ?? [];
  return name;
}
