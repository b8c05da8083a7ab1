import { MAX_TREE_DEPTH } from '../../../../protocol/limits.ts';
import { attributeFate, attributeNamespace, elementToBuild, NAMESPACES } from '../tree/allowed.ts';
import type { Pictures } from './pictures.ts';
import {
  appendChild,
  createElement,
  createTextNode,
  isConnected,
  parentOf,
  querySelector,
  setAttribute,
  setAttributeNS,
} from '../dom.ts';

/*
 * `<use href="sprite.svg#icon">`: a drawing in another file. The browser would load it from the site, so the file comes
 * over the channel, and what it holds is built anew from the allow-lists, out of sight, in the tree of the `<use>`.
 */
const USE_NAME = /^#asset:(\d{1,6})\/(.*)$/su;
const MAX_NODES = 20_000;
/** A reference of the file's to a part of its own, in CSS. */
const OWN_URL = /(url\(\s*["']?)#/gu;

/** Sets the reference of a `<use>`. @param value as recording wrote it; what is no file's part is set as it stands */
export function setUse(element: Element, name: string, value: string, getFile: Pictures['file']): void {
  const [, asset, part = ''] = USE_NAME.exec(value) ?? [];
  const reference = asset === undefined ? value : `#${idIn(asset, part)}`;
  setAttributeNS(element, attributeNamespace(name), name, reference.startsWith('#') ? reference : '#');
  if (asset === undefined) return;
  getFile(Number(asset), element, ({ mime, bytes }) => {
    // What is here already comes before the element is in its place.
    if (mime === 'image/svg+xml') queueMicrotask(() => isConnected(element) && placeDrawing(element, asset, bytes));
  });
}

function idIn(asset: string, part: string): string {
  return `alongside-${asset}-${part}`;
}

/** Where the `<use>` looks: in its shadow root, or in all of the document. */
function placeDrawing(use: Element, asset: string, bytes: Uint8Array): void {
  const top = topOf(use);
  if (querySelector(top, `#${CSS.escape(idIn(asset, ''))}`)) return;
  const source = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'image/svg+xml').documentElement;
  const holder = createElement(NAMESPACES.svg, 'svg');
  setAttribute(
    holder,
    'style',
    'position:absolute!important;width:0!important;height:0!important;overflow:hidden!important',
  );
  setAttribute(holder, 'aria-hidden', 'true');
  let room = MAX_NODES;

  function copy(from: Element, into: Element, depth: number): void {
    room -= 1;
    // A style in the file would be one of the page's.
    if (room < 0 || depth > MAX_TREE_DEPTH || from.namespaceURI !== NAMESPACES.svg || from.localName === 'style')
      return;
    const made = createElement(NAMESPACES.svg, elementToBuild('svg', from.localName));
    for (const { name, value } of from.attributes) copyAttribute(from.localName, made, name, value);
    for (const child of from.childNodes) {
      if (child instanceof Element) copy(child, made, depth + 1);
      else if (child instanceof Text) appendChild(made, createTextNode(child.data));
    }
    appendChild(into, made);
    if (depth === 0) setAttribute(made, 'id', idIn(asset, ''));
  }

  function copyAttribute(tag: string, made: Element, name: string, value: string): void {
    const fate = attributeFate('svg', tag, name);
    if (name === 'id') setAttribute(made, 'id', idIn(asset, value));
    else if (fate === 'use' || fate === 'link') {
      setAttribute(made, 'href', value.startsWith('#') ? `#${idIn(asset, value.slice(1))}` : '#');
    } else if (fate === 'css' || fate === 'keep') {
      setSafely(made, name, withoutForeign(value.replace(OWN_URL, (_found, before) => `${before}#${idIn(asset, '')}`)));
    }
  }

  copy(source, holder, 0);
  appendChild(top, holder);
}

/** The document's root element, or the shadow root. */
function topOf(element: Element): Element | ShadowRoot {
  let top: Element | ShadowRoot = element;
  for (let above = parentOf(top); above instanceof Element || above instanceof ShadowRoot; above = parentOf(top)) {
    top = above;
  }
  return top;
}

/** Whatever the drawing would load from elsewhere. */
function withoutForeign(value: string): string {
  return /url\(\s*["']?(?!#)|image-set\(|\\|@/iu.test(value) ? '' : value;
}

function setSafely(element: Element, name: string, value: string): void {
  try {
    setAttribute(element, name, value);
  } catch {
    // Not a name that a script may set.
  }
}
