import { mapUrls, unescapeCss } from '../../../../protocol/css-text.ts';
import { assetNumber } from './file-names.ts';

/** An `@font-face` rule of a sheet's text. */
export interface Face {
  /** What the browser calls it in `document.fonts`, which tells of no rule: faces that say the same share it. */
  readonly key: string;
  /** Its files that the browser may understand, the one it would take first at the beginning. */
  readonly files: readonly number[];
}

export type FaceDescriptors = Pick<FontFace, 'family' | 'style' | 'weight' | 'stretch' | 'unicodeRange'>;

const SOURCE = /url\("([^"]*)"\)(?: format\(([^)]*)\))?/gu;
/** No Chromium reads these. */
const OUTDATED = /embedded-opentype|svg/iu;

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

/** @param addressOf gives what takes the place of a file's name */
export function withFiles(rule: string, addressOf: (asset: number) => string): string {
  return mapUrls(rule, (url, token) => {
    const asset = assetNumber(url);
    return asset === null ? token : `url("${addressOf(asset)}")`;
  });
}
