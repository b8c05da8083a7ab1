import { attributeOf, baseOf } from '../native.ts';
import type { Assets } from './assets.ts';
import { renameUrls } from './css-urls.ts';

const REWRITTEN = new Set(['style', 'src', 'data', 'poster', 'background', 'href', 'xlink:href']);
const WITH_PICTURE = new Set(['img', 'input', 'embed']);

/** Whether the reader below has anything to do with an attribute; all others are sent as they stand. */
export function isRewritten(tag: string, name: string): boolean {
  // Most of all names with a file in them are those of links, which name none.
  return REWRITTEN.has(name) && (tag !== 'a' || name !== 'href');
}

/**
 * What an attribute says to the mirror: mostly what it says, but pictures go by their number.
 * @param mayName whether the agent may ask for what the element refers to: a number that was given out can be guessed
 */
export function createAttributeReader(assets: Assets, mayName: (element: Element) => boolean) {
  return (element: Element, tag: string, name: string): string | null => {
    const raw = attributeOf(element, name);
    // An empty address is the page's own, which is no picture.
    if (raw === null || raw === '') return raw;
    switch (name) {
      case 'style':
        // Most styles name no file.
        return raw.includes('(') ? renameUrls(raw, (url) => assetName(element, url)) : raw;
      case 'src':
        return WITH_PICTURE.has(tag) ? pictureName(element, tag, raw) : raw;
      case 'poster':
      case 'background':
        return assetName(element, raw);
      case 'data':
        return tag === 'object' ? assetName(element, raw) : raw;
      case 'href':
      case 'xlink:href':
        if (tag === 'use') return partName(element, raw);
        return tag === 'image' ? assetName(element, raw) : raw;
      default:
        return raw;
    }
  };

  function pictureName(element: Element, tag: string, raw: string): string {
    // With `srcset` or `<picture>` the browser has chosen another file than `src`.
    const current = tag === 'img' ? (element as HTMLImageElement).currentSrc : '';
    return current === '' ? assetName(element, raw) : assets.name(current);
  }

  /** `#asset:N/part` for a drawing in another file. */
  function partName(element: Element, raw: string): string {
    if (raw.startsWith('#')) return raw;
    const [file = '', part] = raw.split('#');
    return `#${assetName(element, file)}/${part}`;
  }

  function assetName(element: Element, raw: string): string {
    return mayName(element) ? assets.name(raw, baseOf(element)) : '';
  }
}
