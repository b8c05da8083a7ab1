import { editingHost, isTextField } from '../editable.ts';
import { documentOf } from '../../native.ts';

/** Arrow keys, Home and End inside text. */
export function moveCaret(element: Element, key: string, isExtending: boolean): void {
  if (isTextField(element)) moveInField(element, key, isExtending);
  else moveInEditor(element, key, isExtending);
}

/** Ctrl+A. */
export function selectAll(element: Element): void {
  const host = editingHost([element]);
  if (isTextField(element)) element.select();
  else if (host) documentOf(host).getSelection()?.selectAllChildren(host);
}

function moveInField(field: HTMLInputElement | HTMLTextAreaElement, key: string, isExtending: boolean): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (start === null || end === null) return;
  const isBackwards = field.selectionDirection === 'backward';
  const head = isBackwards ? start : end;
  const anchor = isBackwards ? end : start;
  const to = targetIn(value, key, head, !isExtending && start !== end ? { start, end } : null);
  if (to === null) return;
  if (!isExtending) field.setSelectionRange(to, to);
  else field.setSelectionRange(Math.min(to, anchor), Math.max(to, anchor), to < anchor ? 'backward' : 'forward');
}

function targetIn(
  value: string,
  key: string,
  head: number,
  selected: { readonly start: number; readonly end: number } | null,
): number | null {
  const lineStart = value.lastIndexOf('\n', head - 1) + 1;
  const lineEnd = value.indexOf('\n', head) < 0 ? value.length : value.indexOf('\n', head);
  switch (key) {
    case 'ArrowLeft':
      return selected ? selected.start : Math.max(0, head - 1);
    case 'ArrowRight':
      return selected ? selected.end : Math.min(value.length, head + 1);
    case 'Home':
      return lineStart;
    case 'End':
      return lineEnd;
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

function moveInEditor(host: Element, key: string, isExtending: boolean): void {
  const move = MOVES[key];
  const selection = documentOf(host).getSelection();
  if (!move || !selection || !host.contains(selection.focusNode)) return;
  selection.modify(isExtending ? 'extend' : 'move', ...move);
}
