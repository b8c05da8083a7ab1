import { attributeOf, byId, closest, ELEMENTS, isElement, matches, nameOf, rootOf, TEXTS } from './native.ts';

/** `NodeFilter`'s answers. */
const ACCEPT = 1;
const REJECT = 2;
const MAX_NAME_UNITS = 60;
/** Names are short; looking for one does not read a whole page. */
const MAX_READ_UNITS = 300;

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

/** Elements that are named by what stands in them (Accessible Name and Description Computation, 2F). */
const NAMED_BY_CONTENT =
  'a,button,label,summary,option,legend,caption,h1,h2,h3,h4,h5,h6,[role=button],[role=link],[role=tab],[role=option],' +
  '[role=menuitem],[role=checkbox],[role=radio],[role=switch],[role=treeitem],[role=heading]';
const FIELDS = 'input,textarea,select,[contenteditable=""],[contenteditable=true],[role=textbox],[role=combobox]';
const NAMED = `${FIELDS},${NAMED_BY_CONTENT},[aria-label],[aria-labelledby],[alt],[title]`;

const nothing = (): boolean => false;
const asItIs = (text: string): string => text;

/**
 * What a person would call what stands there: the accessible name of it or of the nearest control around it, as far as
 * that can be told without the browser's own (there is no API for it), else what kind of thing it is. Never a field's
 * value, and never running text.
 * @param isHidden what must not be named, nor named after
 * @param mask takes out of the name what nobody is to read, before it is cut: half a card number is not known again
 */
export function elementName(
  element: Element,
  isHidden: (element: Element) => boolean = nothing,
  mask = asItIs,
): string {
  const named = closest(element, NAMED) ?? element;
  if (isHidden(named)) return '';
  const label = labelledBy(named, isHidden) || attributeOf(named, 'aria-label') || labelOf(named, isHidden);
  const hint = attributeOf(named, 'alt') || attributeOf(named, 'title') || attributeOf(named, 'placeholder');
  return short(mask(oneLine(label || hint || ''))) || (KINDS[nameOf(named)] ?? '');
}

function labelledBy(element: Element, isHidden: (element: Element) => boolean): string {
  const ids = (attributeOf(element, 'aria-labelledby') ?? '').split(/\s+/u).filter(Boolean);
  const root = rootOf(element);
  return ids.map((id) => textOf(byId(root, id), isHidden)).join(' ');
}

function labelOf(element: Element, isHidden: (element: Element) => boolean): string {
  if (!matches(element, FIELDS)) return matches(element, NAMED_BY_CONTENT) ? textOf(element, isHidden) : '';
  const [label] = (element as Partial<HTMLInputElement>).labels ?? [];
  return textOf(label ?? null, isHidden);
}

/** A label may hold the field itself, and with it what is chosen there. */
function textOf(element: Element | null, isHidden: (element: Element) => boolean): string {
  if (!element || isHidden(element)) return '';
  const walker = document.createTreeWalker(element, TEXTS | ELEMENTS, (node) =>
    isElement(node) && (matches(node, `${FIELDS},style,script`) || isHidden(node)) ? REJECT : ACCEPT,
  );
  let text = '';
  while (text.length < MAX_READ_UNITS && walker.nextNode()) {
    const { currentNode } = walker;
    text += isElement(currentNode)
      ? (attributeOf(currentNode, 'alt') ?? '')
      : `${(currentNode as Text).data.slice(0, MAX_READ_UNITS)} `;
  }
  return text;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/gu, ' ');
}

function short(line: string): string {
  return line.length <= MAX_NAME_UNITS
    ? line
    : `${line.slice(0, MAX_NAME_UNITS - 1).replace(/[\ud800-\udbff]$/u, '')}…`;
}
