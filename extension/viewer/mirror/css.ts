import { withoutImports } from '../../../protocol/css-statements.ts';
import { mapUrls } from '../../../protocol/css-text.ts';
import { restate } from './states-css.ts';
import { assetNumber } from './asset-name.ts';
import type { Redraw } from './latest.ts';
import { isInlineInSheet, type Pictures } from './pictures.ts';

/** `image-set("picture.png" 1x)` names pictures by bare strings. */
const IMAGE_SET = /image-set\([^;{}]*/giu;
const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gu;
const HARMLESS_STRING = /^.(?:blob:|data:|asset:\d|[\w-]+\/[\w.+-]+.$)/u;
/** `u`, `r` and `l` written as escapes: `\75rl(…)` is a `url(…)` to the browser. A backslash that is escaped itself is none. */
const ESCAPED_NAME = /\\\\|\\(?:([url])|0{0,4}(75|55|72|52|6c|4c)(?![0-9a-f])\s?)/giu;

/** A font that comes later than these allow would never be shown here, and the customer may have had it at hand. */
const IMPATIENT_FONT = /(font-display\s*:\s*)(?:fallback|optional)\b/giu;

/** All that `dressCss` changes begins with one of these; a `style` attribute seldom has any, and is asked often. */
const UNDRESSED = /[@\\]|[Uu][Rr][Ll]\(|[Ss][Ee][Tt]\(/u;

export function needsDressing(css: string): boolean {
  return UNDRESSED.test(css);
}

/**
 * CSS of the page with everything it would load, and that did not come over the channel, taken out. The sandbox's policy
 * refuses such requests anyway; this is the second lock, and it gives each asset its blob.
 */
function dressCss(css: string, pictures: Pictures, redraw: Redraw, isStillThere: () => boolean): string {
  let dressed = restate(withoutImports(css));
  if (dressed.includes('\\')) dressed = dressed.replace(ESCAPED_NAME, letterOf);
  dressed = dressed.replace(IMPATIENT_FONT, '$1swap');
  if (/image-set\(/iu.test(dressed)) dressed = dressed.replace(IMAGE_SET, withoutForeignStrings);
  dressed = pictures.fonts.dress(dressed, redraw, isStillThere);
  return mapUrls(dressed, (url, token) => {
    if (url.startsWith('#') || isInlineInSheet(url) || url === pictures.fonts.none) return token;
    const asset = assetNumber(url);
    const found = asset === null ? '' : pictures.url(asset, redraw);
    return found === '' ? 'url("data:,")' : `url("${found}")`;
  });
}

function letterOf(escape: string, letter?: string, code?: string): string {
  return letter ?? (code === undefined ? escape : String.fromCharCode(Number.parseInt(code, 16)));
}

/**
 * Draws CSS now, and again when files that it refers to have come: by one callback, so that each of the many files of a
 * sheet is waited for once.
 */
export function drawDressed(
  css: string,
  pictures: Pictures,
  isStillThere: () => boolean,
  draw: (dressed: string) => void,
): void {
  const redraw = (): void => {
    if (isStillThere()) draw(dressCss(css, pictures, redraw, isStillThere));
  };
  draw(dressCss(css, pictures, redraw, isStillThere));
}

function withoutForeignStrings(set: string): string {
  return set.replace(STRING, (text) => (HARMLESS_STRING.test(text) ? text : '"data:,"'));
}
