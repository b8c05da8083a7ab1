import { mapUrls, PASSED, unescapeCss, URL_TOKEN } from '../../../protocol/css-text.ts';
import { assetNumber } from './asset-name.ts';

/** An `@font-face` rule of a sheet's text. */
export interface Face {
  /** What the browser calls it in `document.fonts`, which tells of no rule: faces that say the same share it. */
  readonly key: string;
  /** Its files that the browser may understand, the one it would take first at the beginning. */
  readonly files: readonly number[];
}

export type FaceDescriptors = Pick<FontFace, 'family' | 'style' | 'weight' | 'stretch' | 'unicodeRange'>;

const TOKENS = new RegExp(String.raw`${PASSED}|${URL_TOKEN}|@font-face\s*\{|[{}]`, 'giu');
const SOURCE = /url\("([^"]*)"\)(?: format\(([^)]*)\))?/gu;
/** No Chromium reads these. */
const OUTDATED = /embedded-opentype|svg/iu;

/** @param change gives what takes the place of a whole `@font-face` rule */
export function mapFontFaces(css: string, change: (rule: string) => string): string {
  if (!/@font-face/iu.test(css)) return css;
  let changed = '';
  let done = 0;
  let from: number | null = null;
  for (const { 0: token, index } of css.matchAll(TOKENS)) {
    if (token.startsWith('@')) from = index;
    else if (token === '{') from = null;
    else if (token === '}' && from !== null) {
      changed += css.slice(done, from) + change(css.slice(from, index + 1));
      done = index + 1;
      from = null;
    }
  }
  return changed + css.slice(done);
}

/** As the browser understands the rule; `null`: as none. */
export function readFace(rule: string): Face | null {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rule);
  const [face] = sheet.cssRules;
  if (!(face instanceof CSSFontFaceRule)) return null;
  const said = (name: string): string => face.style.getPropertyValue(name);
  const files = [...said('src').matchAll(SOURCE)]
    .filter(([, , format = '']) => !OUTDATED.test(format))
    .flatMap(([, url = '']) => assetNumber(url) ?? []);
  const key = faceKey({
    family: unescapeCss(said('font-family').replace(/^["']|["']$/gu, '')),
    style: said('font-style') || 'normal',
    weight: said('font-weight') || 'normal',
    stretch: said('font-stretch') || 'normal',
    unicodeRange: said('unicode-range') || 'U+0-10FFFF',
  });
  return { key, files };
}

export function faceKey({ family, style, weight, stretch, unicodeRange }: FaceDescriptors): string {
  return [family, style, weight, stretch, unicodeRange].join('|');
}

/** The rule with none of its files but these, and `none` in the place of the others. */
export function withFiles(rule: string, files: readonly number[], none: string): string {
  return mapUrls(rule, (url, token) => {
    const asset = assetNumber(url);
    return asset === null || files.includes(asset) ? token : `url("${none}")`;
  });
}
