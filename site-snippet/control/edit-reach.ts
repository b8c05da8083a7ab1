import { contains, documentOf, findAll, isElement, parentOf, shadowOf, windowOf } from '../native.ts';
import { editContextOf } from './editable.ts';
import { pathOf } from './path.ts';

/**
 * What an edit does at the caret: `text` puts something there, `block` may split or change the block around it, `whole`
 * may change anything.
 */
export type EditKind = 'text' | 'backward' | 'forward' | 'block' | 'whole';

/** Keys that only move the caret or select; with Alt, editors move lines by them. */
const MOVING = /^(?:Arrow|Home$|End$|Page|Escape$|F\d)/u;

/** What a key may edit in an editor, be it by the editor's own script; `null`: nothing. */
export function kindOfKey(key: string, modifiers: readonly string[]): EditKind | null {
  const isPlain = modifiers.every((modifier) => modifier === 'shift');
  if (MOVING.test(key) && !/alt|meta/u.test(modifiers.join())) return null;
  if (!isPlain) return /^[ac]$/iu.test(key) ? null : 'whole';
  if (key === 'Backspace') return 'backward';
  if (key === 'Delete') return 'forward';
  return key.length === 1 ? 'text' : 'block';
}

/**
 * All elements of an editor that an edit could type into, take away, split or join, told from the selection before
 * anything happens. Where that cannot be told it is the whole editor.
 */
export function reachOf(host: HTMLElement, kind: EditKind): readonly Element[] {
  const selection = documentOf(host).getSelection();
  const { anchorNode, focusNode } = selection ?? {};
  const isInside = anchorNode && focusNode && contains(host, anchorNode) && contains(host, focusNode);
  // An editor that draws its text itself does not say where in the page its caret is.
  if (!selection || !isInside || kind === 'whole' || editContextOf(host)) return everythingIn(host);
  const range = selection.getRangeAt(0);
  if (!range.collapsed) return reachOfRange(range, host);
  const { startContainer: node, startOffset: offset } = range;
  if (kind === 'block') return reachOfBlock(node, host);
  if (hasTextBeside(node, offset, kind)) return pathOf(node);
  if (kind === 'text') return reachOfBlock(node, host);
  // Only the browser knows what lies before and after a caret on the screen.
  selection.modify('extend', kind, 'character');
  const stretched = selection.getRangeAt(0).cloneRange();
  selection.collapse(node, offset);
  return stretched.collapsed ? reachOfBlock(node, host) : reachOfRange(stretched, host);
}

/** Then the browser edits that very text. White space may not be shown, and what is shown may be in another element. */
function hasTextBeside(node: Node, offset: number, kind: EditKind): boolean {
  if (isElement(node)) return false;
  const text = (node as Text).data;
  return /\S/u.test(kind === 'forward' ? text.slice(offset) : text.slice(0, offset));
}

function reachOfBlock(node: Node, host: Element): Element[] {
  const block = blockAround(node, host);
  return [...pathOf(node), ...everythingIn(block)];
}

function reachOfRange(range: Range, host: Element): Element[] {
  const { startContainer: start, endContainer: end, commonAncestorContainer: around } = range;
  const ends = [...pathOf(start), ...pathOf(end)];
  const [first, last] = [blockAround(start, host), blockAround(end, host)];
  // Two blocks become one, and what stands in them is made anew.
  if (first !== last) ends.push(...everythingIn(first), ...everythingIn(last));
  return [...ends, ...everythingIn(around, (element) => range.intersectsNode(element))];
}

export function blockAround(node: Node, host: Element): Element {
  let at = node;
  while (at !== host && (!isElement(at) || isInline(at))) at = parentOf(at) ?? host;
  return at as Element;
}

function isInline(element: Element): boolean {
  return /^(?:inline|contents|none|ruby)/u.test(windowOf(element).getComputedStyle(element).display);
}

/** @param isMeant of the elements that are not in a shadow tree below `root` */
function everythingIn(root: Node, isMeant: (element: Element) => boolean = () => true): Element[] {
  if (!isElement(root) && !('host' in root)) return [];
  return [...findAll(root, '*')].filter(isMeant).flatMap((element) => {
    const shadow = shadowOf(element);
    return shadow ? [element, ...everythingIn(shadow)] : [element];
  });
}
