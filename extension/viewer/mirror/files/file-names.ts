import { MAX_ASSETS } from '../../../../protocol/limits.ts';

/** What a picture or a `url(…)` may name here: a file that comes over the channel, or one that it holds itself. */
const ASSET_NAME = /^asset:(\d{1,6})$/u;
const SIZE = /^\d{1,5}$/u;
const PICTURE_OR_FONT = '(?:image|font)/[\\w.+-]+';
/** Of fonts, from before they had one of their own. */
const OLD_TYPES = 'application/(?:(?:x-)?font-[\\w-]+|vnd\\.ms-fontobject|octet-stream)';
/** SVG in an `<img>` or as a background runs no script; an HTML document could not even be shown there. */
export const SHOWN_TYPES = new RegExp(`^(?:${PICTURE_OR_FONT}|${OLD_TYPES})$`, 'u');
/** Only what cannot be a document. */
const DATA_PICTURE = new RegExp(`^data:${PICTURE_OR_FONT}[;,]`, 'iu');
const DATA_IN_SHEET = new RegExp(`^data:(?:${PICTURE_OR_FONT}|${OLD_TYPES})[;,]`, 'iu');

/** The number in `asset:N`, or `null`. */
export function assetNumber(name: string): number | null {
  const digits = ASSET_NAME.exec(name)?.[1];
  return digits === undefined || Number(digits) >= MAX_ASSETS ? null : Number(digits);
}

/** A picture's file, with the size in CSS pixels that the page shows it in of itself, if that is known. */
export interface PictureName {
  readonly asset: number;
  readonly size: PictureSize | null;
}

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** What `asset:N,W,H` or `asset:N` names, or `null`. */
export function pictureName(name: string): PictureName | null {
  const [file = '', width, height] = name.split(',');
  const asset = assetNumber(file);
  const isSized = SIZE.test(width ?? '') && SIZE.test(height ?? '');
  return asset === null ? null : { asset, size: isSized ? { width: Number(width), height: Number(height) } : null };
}

export function isInlinePicture(url: string): boolean {
  return DATA_PICTURE.test(url);
}

/** A picture, or a font. */
export function isInlineInSheet(url: string): boolean {
  return DATA_IN_SHEET.test(url);
}
