import { attributeOf, baseOf } from '../native.ts';
import type { Assets } from './assets.ts';
import { renameUrls } from './css-urls.ts';

const REWRITTEN = new Set(['style', 'src', 'data', 'poster', 'background', 'href', 'xlink:href']);
const WITH_PICTURE = new Set(['img', 'input', 'embed']);

/** Whether the reader below has anything to do with an attribute; all others are sent as they stand. */
export function isRewritten(name: string): boolean {
  return REWRITTEN.has(name);
}

/** What an attribute says to the mirror: mostly what it says, but pictures go by their number. */
export function createAttributeReader(assets: Assets) {
  return (element: Element, tag: string, name: string): string | null => {
    switch (name) {
      case 'style': {
        const raw = attributeOf(element, name);
        return raw === null ? null : renameUrls(raw, (url) => assets.name(url, baseOf(element)));
      }
      case 'src':
        return pictureName(element, tag, attributeOf(element, name));
      case 'data':
        return tag === 'object' ? assetName(element, element.getAttribute(name)) : element.getAttribute(name);
      case 'poster':
      case 'background':
        return assetName(element, attributeOf(element, name));
      case 'href':
      case 'xlink:href':
        return tag === 'image' || tag === 'feimage' || tag === 'feImage'
          ? assetName(element, attributeOf(element, name))
          : attributeOf(element, name);
      default:
        return attributeOf(element, name);
    }
  };

  function pictureName(element: Element, tag: string, raw: string | null): string | null {
    if (raw === null || !WITH_PICTURE.has(tag)) return raw;
    // With `srcset` or `<picture>` the browser has chosen another file than `src`.
    const shown = tag === 'img' ? (element as HTMLImageElement).currentSrc : '';
    return assetName(element, shown === '' ? raw : shown);
  }

  function assetName(element: Element, raw: string | null): string | null {
    return raw === null || raw === '' ? raw : assets.name(raw, baseOf(element));
  }
}
