import { boxOf, findAll } from '../../native.ts';
import type { Assets } from './assets.ts';

/** What a page needs first: what all of it is drawn with, then what is in view. */
const STYLE = 0;
const IN_VIEW = 1;
/** Backgrounds, and whatever else is not known by an element. */
const SOMEWHERE = 2;
const OUT_OF_VIEW = 3;

const FONT = /\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)/iu;

/** The rank of each file as things stand now; the lower, the sooner. */
export function rankAssets(document: Document, assets: Assets): (asset: number) => number {
  const ranks = new Map<string, number>();
  for (const image of imagesOf(document)) {
    const rank = isInView(image) ? IN_VIEW : OUT_OF_VIEW;
    ranks.set(image.currentSrc, Math.min(rank, ranks.get(image.currentSrc) ?? OUT_OF_VIEW));
  }
  return (asset) => {
    const source = assets.at(asset);
    if (typeof source !== 'string' || FONT.test(source)) return STYLE;
    return ranks.get(source) ?? SOMEWHERE;
  };
}

/** The picture's own size in CSS pixels, where an image shows it; the size of its place, where something else does. */
export function sizeOf(document: Document, url: unknown): { readonly width: number; readonly height: number } {
  const image = imagesOf(document).find((one) => one.currentSrc === url);
  if (image) return { width: image.naturalWidth, height: image.naturalHeight };
  const embedded = allOf(document, 'object[data], embed[src]') as (HTMLObjectElement | HTMLEmbedElement)[];
  const found = embedded.find((one) => ('data' in one ? one.data : one.src) === url);
  return { width: Math.round(found?.clientWidth ?? 0), height: Math.round(found?.clientHeight ?? 0) };
}

function imagesOf(document: Document): HTMLImageElement[] {
  return allOf(document, 'img') as HTMLImageElement[];
}

function allOf(document: Document, selector: string): Element[] {
  return [...findAll(document, selector)];
}

function isInView(image: Element): boolean {
  const { top, left, bottom, right } = boxOf(image);
  return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
}
