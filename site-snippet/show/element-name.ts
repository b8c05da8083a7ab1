import { attributeOf, nameOf } from '../native.ts';

const MAX_NAME_UNITS = 60;

/** What things are called when they have no name of their own. */
const KINDS: Readonly<Record<string, string>> = {
  a: 'link',
  button: 'button',
  img: 'picture',
  svg: 'picture',
  canvas: 'picture',
  video: 'video',
  input: 'field',
  textarea: 'field',
  select: 'list',
  summary: 'details',
};

/**
 * What a person would call it: its accessible name as far as that can be told without the browser's own (there is no API
 * for it), else what kind of thing it is. Never a field's value.
 */
export function elementName(element: Element): string {
  const name = labelledBy(element) || attributeOf(element, 'aria-label') || labelOf(element) || hint(element);
  return short(name ?? '') || KINDS[nameOf(element)] || 'the page';
}

function labelledBy(element: Element): string {
  const ids = (attributeOf(element, 'aria-labelledby') ?? '').split(/\s+/u).filter(Boolean);
  const root = element.getRootNode() as Document | ShadowRoot;
  return ids.map((id) => root.getElementById?.(id)?.textContent ?? '').join(' ');
}

function labelOf(element: Element): string | null {
  if (isField(element)) {
    const [label] = (element as HTMLInputElement).labels ?? [];
    return label ? textOf(label) : null;
  }
  return attributeOf(element, 'alt') || textOf(element);
}

/** A label may hold the field itself, and with it what is chosen there. */
function textOf(element: Element): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    node instanceof Element && (isField(node) || /^(?:style|script)$/u.test(nameOf(node)))
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  let text = '';
  // The name of a whole page is nobody's name: its beginning is enough.
  while (text.length < MAX_NAME_UNITS * 2 && walker.nextNode()) {
    if (walker.currentNode instanceof Text) text += `${walker.currentNode.data} `;
  }
  return text;
}

function hint(element: Element): string | null {
  return attributeOf(element, 'title') || attributeOf(element, 'placeholder');
}

function isField(element: Element): boolean {
  return ['input', 'textarea', 'select'].includes(nameOf(element));
}

function short(text: string): string {
  const line = text.slice(0, 1_000).trim().replace(/\s+/gu, ' ');
  return line.length <= MAX_NAME_UNITS
    ? line
    : `${line.slice(0, MAX_NAME_UNITS - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
