import { blockAround } from '../edit-reach.ts';
import { editingHost, isTextField, type TextField } from '../editable.ts';
import { documentOf, isElement } from '../../native.ts';
import { isNamed } from '../path.ts';
import { nextWord, previousWord, wordAt, type TextRange } from './words.ts';

/** @param isFar by words, and to the ends of all */
export interface Move {
  readonly key: string;
  readonly isExtending: boolean;
  readonly isFar: boolean;
}

/** Arrow keys, Home and End inside text. */
export function moveCaret(element: Element, move: Move): void {
  if (isTextField(element)) moveInField(element, move);
  else moveInEditor(element, move);
}

/** What so many clicks at one place of a field select. */
export function rangeOfClicks(field: TextField, at: number, count: number): TextRange {
  const { value } = field;
  if (count < 2) return [at, at];
  if (count === 2) return wordAt(value, at);
  if (isNamed(field, 'input')) return [0, value.length];
  const end = value.indexOf('\n', at);
  return [value.lastIndexOf('\n', at - 1) + 1, end < 0 ? value.length : end + 1];
}

/** The same in an editor. */
export function selectByClicks(host: Element, node: Node, offset: number, count: number): void {
  const selection = documentOf(host).getSelection();
  if (count > 2) selection?.selectAllChildren(blockAround(node, host));
  else if (count < 2 || isElement(node)) selection?.collapse(node, offset);
  else {
    const [start, end] = wordAt((node as Text).data, offset);
    selection?.setBaseAndExtent(node, start, node, end);
  }
}

/** A click with Shift: what is selected reaches from where it began to there. */
export function extendInField(field: TextField, to: number): void {
  const { selectionStart: start, selectionEnd: end } = field;
  if (start === null || end === null) return;
  const anchor = field.selectionDirection === 'backward' ? end : start;
  field.setSelectionRange(Math.min(to, anchor), Math.max(to, anchor), to < anchor ? 'backward' : 'forward');
}

/** The same in an editor. */
export function extendInEditor(host: Element, node: Node, offset: number): void {
  const selection = documentOf(host).getSelection();
  if (selection?.anchorNode && host.contains(selection.anchorNode)) selection.extend(node, offset);
  else selection?.collapse(node, offset);
}

/** Ctrl+A. */
export function selectAll(element: Element): void {
  const host = editingHost([element]);
  if (isTextField(element)) element.select();
  else if (host) documentOf(host).getSelection()?.selectAllChildren(host);
}

function moveInField(field: TextField, move: Move): void {
  const { isExtending } = move;
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (start === null || end === null) return;
  const head = field.selectionDirection === 'backward' ? start : end;
  const to = targetIn(value, move, head, !isExtending && start !== end ? { start, end } : null);
  if (to === null) return;
  if (isExtending) extendInField(field, to);
  else field.setSelectionRange(to, to);
}

function targetIn(
  value: string,
  { key, isFar }: Move,
  head: number,
  selected: { readonly start: number; readonly end: number } | null,
): number | null {
  const lineStart = value.lastIndexOf('\n', head - 1) + 1;
  const lineEnd = value.indexOf('\n', head) < 0 ? value.length : value.indexOf('\n', head);
  switch (key) {
    case 'ArrowLeft':
      if (isFar) return previousWord(value, head);
      return selected ? selected.start : Math.max(0, head - 1);
    case 'ArrowRight':
      if (isFar) return nextWord(value, head);
      return selected ? selected.end : Math.min(value.length, head + 1);
    case 'Home':
      return isFar ? 0 : lineStart;
    case 'End':
      return isFar ? value.length : lineEnd;
    case 'ArrowUp': {
      const above = value.lastIndexOf('\n', lineStart - 2) + 1;
      return lineStart === 0 ? 0 : Math.min(above + head - lineStart, lineStart - 1);
    }
    case 'ArrowDown': {
      if (lineEnd === value.length) return value.length;
      const next = value.indexOf('\n', lineEnd + 1);
      return Math.min(lineEnd + 1 + head - lineStart, next < 0 ? value.length : next);
    }
    default:
      return null;
  }
}

const MOVES: Record<string, readonly [string, string]> = {
  ArrowLeft: ['left', 'character'],
  ArrowRight: ['right', 'character'],
  ArrowUp: ['backward', 'line'],
  ArrowDown: ['forward', 'line'],
  Home: ['backward', 'lineboundary'],
  End: ['forward', 'lineboundary'],
};

const FAR: Record<string, string> = { character: 'word', lineboundary: 'documentboundary' };

function moveInEditor(host: Element, { key, isExtending, isFar }: Move): void {
  const move = MOVES[key];
  const selection = documentOf(host).getSelection();
  if (!move || !selection || !host.contains(selection.focusNode)) return;
  const [direction, unit] = move;
  selection.modify(isExtending ? 'extend' : 'move', direction, (isFar && FAR[unit]) || unit);
}
