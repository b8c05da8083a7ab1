import {
  appendChild,
  attachShadow,
  boxOf,
  createHtmlElement,
  createTextNode,
  isConnected,
  parentOf,
  removeChild,
  setAttribute,
} from '../dom.ts';
import { layOnTop } from './lay-on-top.ts';
import { unzoom, UNZOOMED } from '../unzoomed.ts';

/** Where the customer writes: the browser shows a caret, and what a field has selected, only to who has the focus. */
export interface Caret {
  /** Both ends the same: the caret. Offsets in UTF-16 units. */
  showInField(field: TextField, from: number, to: number): void;
  /** At the range's start. */
  showAt(range: Range): void;
  /** The page has moved. */
  place(): void;
  clear(): void;
}

export type TextField = HTMLInputElement | HTMLTextAreaElement;

/** The mirror moves under it without an event. */
const FOLLOW_EVERY_MS = 250;
/** A longer text would be laid out once more for its caret. */
const MAX_FIELD_UNITS = 20_000;
const MAX_CARET_EMS = 1.5;
/** What makes a field's text stand where it stands. */
const LAID_OUT_BY = (
  'font-family font-size font-weight font-style font-stretch font-variant font-feature-settings letter-spacing ' +
  'word-spacing line-height text-transform text-indent text-align direction tab-size word-break overflow-wrap ' +
  'padding-top padding-right padding-bottom padding-left border-top-width border-right-width border-bottom-width ' +
  'border-left-width'
).split(' ');

/** On top of dialogs too: it is shown as a popover. */
const STYLE = `
:host { all: initial !important; position: fixed !important; inset: 0 !important; width: 100% !important;
  height: 100% !important; pointer-events: none !important; overflow: hidden !important; background: none !important;
  ${UNZOOMED} }
.field { position: absolute; top: 0; left: 0; box-sizing: border-box; overflow: hidden; transform-origin: 0 0;
  border: 0 solid transparent; color: transparent; white-space: pre-wrap; }
.field.line { display: flex; flex-direction: column; justify-content: center; white-space: pre; }
.caret { position: absolute; width: 2px; min-height: 1em; }
.field .caret { display: inline-block; position: static; width: 0; height: 1.1em; vertical-align: text-bottom;
  outline: 1px solid; }
.selected { background: rgb(56 132 255 / 35%); }
`;

type Shown =
  | { readonly field: TextField; readonly from: number; readonly to: number }
  | { readonly field: null; readonly range: Range };

export function createCaret(document: Document): Caret {
  const host = createHtmlElement('alongside-caret') as HTMLElement;
  const shadow = attachShadow(host, { mode: 'open' });
  const style = createHtmlElement('style');
  appendChild(style, createTextNode(STYLE));
  setAttribute(host, 'aria-hidden', 'true');
  let shown: Shown | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;

  function show(now: Shown): void {
    clear();
    shown = now;
    layOnTop(host, document.documentElement);
    timer = setInterval(place, FOLLOW_EVERY_MS);
    // Ends it where there is nothing to show.
    place();
  }

  function clear(): void {
    clearInterval(timer);
    shown = null;
    const parent = parentOf(host);
    if (parent) removeChild(parent, host);
  }

  function place(): void {
    if (shown === null) return;
    unzoom(host);
    if (!isConnected(host) || !isConnected(shown.field ?? shown.range.startContainer)) clear();
    else if (shown.field) {
      const copy = drawInField(shown.field, shown.from, shown.to);
      shadow.replaceChildren(style, copy);
      copy.scrollTo(shown.field.scrollLeft, shown.field.scrollTop);
    } else shadow.replaceChildren(style, drawAt(shown.range));
  }

  return {
    showInField(field, from, to) {
      if (field.value.length > MAX_FIELD_UNITS) clear();
      else show({ field, from, to });
    },
    showAt: (range) => show({ field: null, range }),
    place,
    clear,
  };
}

/** The field's text once more, transparent, with the caret in it: only the browser knows where its letters are. */
function drawInField(field: TextField, from: number, to: number): HTMLElement {
  const computed = getComputedStyle(field);
  const box = boxOf(field);
  const scale = field.offsetWidth === 0 ? 1 : box.width / field.offsetWidth;
  const copy = create('div', field instanceof HTMLInputElement ? 'field line' : 'field');
  for (const name of LAID_OUT_BY) copy.style.setProperty(name, computed.getPropertyValue(name));
  copy.style.width = `${field.offsetWidth}px`;
  copy.style.height = `${field.offsetHeight}px`;
  copy.style.transform = `translate(${box.left}px, ${box.top}px) scale(${scale})`;
  const { value } = field;
  const marked = create('span', from === to ? 'caret' : 'selected', value.slice(from, to));
  marked.style.outlineColor = colorOf(computed);
  const line = create('div', '');
  appendChild(line, createTextNode(value.slice(0, from)));
  appendChild(line, marked);
  // A last line that is empty has a height all the same.
  appendChild(line, createTextNode(`${value.slice(to)}\u200B`));
  appendChild(copy, line);
  return copy;
}

function drawAt(range: Range): HTMLElement {
  const { startContainer, startOffset } = range;
  const child = startContainer.childNodes[startOffset] ?? startContainer;
  const parent = child instanceof Element ? child : parentOf(child);
  const around = parent instanceof ShadowRoot ? parent.host : parent;
  const caret = create('div', 'caret');
  if (!(around instanceof Element)) return caret;
  // Where there is no text yet the browser has no box for the place.
  const { left, top, height } = range.getClientRects()[0] ?? boxOf(around);
  const computed = getComputedStyle(around);
  caret.style.backgroundColor = colorOf(computed);
  caret.style.height = `${Math.min(height, MAX_CARET_EMS * Number.parseFloat(computed.fontSize))}px`;
  caret.style.translate = `${left}px ${top}px`;
  return caret;
}

function colorOf({ caretColor, color }: CSSStyleDeclaration): string {
  return caretColor === 'auto' ? color : caretColor;
}

function create(tag: 'div' | 'span', name: string, text = ''): HTMLElement {
  const box = createHtmlElement(tag) as HTMLElement;
  box.className = name;
  if (text !== '') appendChild(box, createTextNode(text));
  return box;
}
