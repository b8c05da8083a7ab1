import { ASKED_PREFIX, attributeFate } from '../../extension/viewer/mirror/tree/allowed.ts';
import { MAX_STRING_UNITS } from '../../protocol/limits.ts';
import { isRecordedAttribute } from '../../site-snippet/record/tree/element-shapes.ts';

const SVG = 'http://www.w3.org/2000/svg';
const IN_CSS = /url\("?([^")]*)"?\)/gu;

/**
 * Every attribute of every element in a `.pictured`, shadow roots too: those that both sides keep, and which file each
 * picture is.
 * @param fileOf of the mirror: the page's address of what is shown; without it, this is the page
 */
export function describePictures(document: Document, fileOf: ((url: string) => string) | null = null): string {
  const lines: string[] = [];
  for (const top of document.querySelectorAll('.pictured')) walk(top, 0);
  return lines.join('\n');

  function walk(element: Element, depth: number): void {
    lines.push(`${' '.repeat(depth)}<${tagOf(element)}${attributesOf(element).sort().join('')}>`);
    for (const child of [...(element.shadowRoot?.children ?? []), ...element.children])
      if (!/^(?:script|template)$/u.test(child.localName)) walk(child, depth + 1);
  }

  /** An object that shows a picture is one in the mirror. */
  function tagOf(element: Element): string {
    return element.hasAttribute('data-object') ? 'object' : element.localName;
  }

  function attributesOf(element: Element): string[] {
    const tag = tagOf(element);
    const told = new Map<string, string>();
    for (const given of new Set(element.getAttributeNames())) {
      const name = tag === 'object' && given === 'src' ? 'data' : given;
      const value = (element.getAttribute(given) ?? '').slice(0, MAX_STRING_UNITS);
      if (name.startsWith(ASKED_PREFIX)) {
        if (tag !== 'image') told.set(name.slice(ASKED_PREFIX.length), value);
      } else if (!name.startsWith('data-alongside') && name !== 'aria-description')
        tell(element, tag, name, value, told);
    }
    if (tag === 'img')
      told.set('src', fileOf ? fileOf(element.getAttribute('src') ?? '') : chosenBy(element as HTMLImageElement));
    return [...told].map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  }

  function tell(element: Element, tag: string, name: string, value: string, told: Map<string, string>): void {
    const fate = attributeFate(element.namespaceURI === SVG ? 'svg' : 'html', tag, name);
    if (fate === 'drop' || fate === 'said' || !isRecordedAttribute(tag, name)) return;
    if (fate === 'asked') {
      if (!fileOf) told.set(name, value);
    } else if (fate === 'link' && name === 'href') {
      if (!fileOf) told.set(name, value);
    } else if (fate === 'link') told.set(name, value.startsWith('#') ? value : '#');
    else if (fate === 'picture') {
      if (value !== '') told.set(name, fileOf ? fileOf(value) : resolve(element, value));
    }
    if (fate === 'css' && name === 'style') told.set(name, filesIn(element, (element as HTMLElement).style.cssText));
    else if (fate === 'css') told.set(name, filesIn(element, value));
    else if (fate === 'keep' || fate === 'media' || fate === 'use')
      told.set(name, name === 'popover' ? 'manual' : value);
  }

  /** One that is lazy has chosen nothing yet. */
  function chosenBy(image: HTMLImageElement): string {
    return image.currentSrc || (image.getAttribute('src') ? image.src : '');
  }

  function filesIn(element: Element, css: string): string {
    return css.replace(
      IN_CSS,
      (_found, url: string) => `url(${fileOf ? (url === 'data:,' ? '' : fileOf(url)) : resolve(element, url)})`,
    );
  }

  function resolve(element: Element, url: string): string {
    return url === '' || url.startsWith('#') ? url : new URL(url, element.baseURI).href;
  }
}
