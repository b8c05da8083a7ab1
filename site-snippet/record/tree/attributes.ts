import { attributeOf, baseOf } from '../../native.ts';
import type { Assets } from '../files/assets.ts';
import type { Beside } from '../beside.ts';
import { renameUrls } from '../styles/css-urls.ts';

const REWRITTEN = new Set(['style', 'src', 'data', 'poster', 'background', 'href', 'xlink:href']);
const WITH_PICTURE = new Set(['input', 'embed']);

/** So many style attributes of either kind tell whether a page's policy refuses them. */
const LOOKED_AT = 20;

/** Rewrites an attribute before masking: URLs of assets become `asset:N`. */
export type AttributeReader = (element: Element, tag: string, name: string, isPlain: boolean) => string | null;
/** Rewrites the text in an element of that tag, likewise. */
export type TextReader = (tag: string, text: string) => string;

/** Whether the reader below has anything to do with an attribute; all others are sent as they stand. */
export function isRewritten(tag: string, name: string): boolean {
  // Most of all names with a file in them are those of links, which name none.
  return REWRITTEN.has(name) && (tag !== 'a' || name !== 'href');
}

/**
 * What an attribute says to the mirror: mostly what it says, but pictures go by their number.
 * @param mayName whether the agent may ask for what the element refers to: a number that was given out can be guessed.
 *   Not asked where nothing is masked (`isPlain`)
 */
export function createAttributeReader(assets: Assets, beside: Beside, mayName: (element: Element) => boolean) {
  const looked = { own: 0, set: 0 };
  let isRefusing = false;

  /** By the page's policy (`style-src` without `unsafe-inline`): it stands there, and styles nothing. */
  function isRefused(element: Element, raw: string): boolean {
    if (!isRefusing) {
      // What one page refuses it refuses everywhere, and asking each time would cost as much as all the rest. What
      // scripts have set is never refused, and looks like this.
      const kind = raw.endsWith(';') && raw.includes(': ') ? 'set' : 'own';
      if (looked[kind] >= LOOKED_AT) return false;
      looked[kind] += 1;
    }
    if ((element as HTMLElement).style?.length !== 0) return false;
    // What no browser understands is not refused.
    isRefusing ||= raw.split(';').some((declaration) => CSS.supports(declaration));
    return isRefusing;
  }

  return (element: Element, tag: string, name: string, isPlain: boolean): string | null => {
    const said = beside.get(name)?.get(element)?.value;
    let raw = attributeOf(element, name);
    if (name === 'style') {
      if (raw && isRefused(element, raw)) raw = '';
      if (said) raw = (raw ?? '') + said;
    } else if (said) raw = said;
    if (name === 'src' && !raw) raw = currentOf(element, tag) || raw;
    // An empty address is the page's own, which is no picture.
    if (raw === null || raw === '') return raw;
    const nameFile = (url: string): string => fileName(element, url, isPlain);
    switch (name) {
      case 'style':
        // Most styles name no file.
        return raw.includes('(') ? renameUrls(raw, nameFile) : raw;
      case 'src':
        if (tag === 'img') return withSize(element as HTMLImageElement, nameFile(currentOf(element, tag) || raw));
        return WITH_PICTURE.has(tag) ? nameFile(raw) : raw;
      case 'poster':
      case 'background':
        return nameFile(raw);
      case 'data':
      case 'href':
      case 'xlink:href':
        if (tag === 'use') return partName(raw, nameFile);
        // Of these no more is told than of any address: not what is in one.
        return tag === 'object' || tag === 'image' ? fileName(element, raw, isPlain, 0) : raw;
      default:
        return said?.includes('url(') ? renameUrls(said, nameFile) : raw;
    }
  };

  function fileName(element: Element, url: string, isPlain: boolean, maxInline?: number): string {
    if (!isPlain && !mayName(element)) return '';
    return assets.name(url, () => baseOf(element), maxInline);
  }
}

/** With `srcset` or `<picture>` the browser has chosen another file than `src`. */
function currentOf(element: Element, tag: string): string {
  return tag === 'img' ? (element as HTMLImageElement).currentSrc : '';
}

/** `asset:N,W,H`: of a file for finer screens the page shows a smaller picture. */
function withSize({ naturalWidth, naturalHeight }: HTMLImageElement, name: string): string {
  return naturalWidth > 0 && name.startsWith('asset:') ? `${name},${naturalWidth},${naturalHeight}` : name;
}

/** `#asset:N/part` for a drawing in another file. */
function partName(raw: string, nameFile: (url: string) => string): string {
  if (raw.startsWith('#')) return raw;
  const [file = '', part] = raw.split('#');
  return `#${nameFile(file)}/${part}`;
}
