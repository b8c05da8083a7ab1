import type { SelectionEnd } from '../../protocol/page-message.ts';
import { typeOf } from '../native.ts';
import type { NodeNumbers } from './node-numbers.ts';

/** Reports the text that is selected; `null`: none is. What fields have selected is theirs. */
export function recordSelection(
  document: Document,
  numbers: NodeNumbers,
  signal: AbortSignal,
  onChange: (range: { readonly from: SelectionEnd; readonly to: SelectionEnd } | null) => void,
): void {
  let last = '';

  function report(): void {
    const selection = document.getSelection();
    const range = selection && !selection.isCollapsed && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    const from = range && endAt(range.startContainer, range.startOffset);
    const to = range && endAt(range.endContainer, range.endOffset);
    const isKnown = from !== null && to !== null && from.node !== 0 && to.node !== 0;
    const key = isKnown ? `${from.node} ${from.offset} ${to.node} ${to.offset}` : '';
    if (key === last) return;
    last = key;
    onChange(isKnown ? { from, to } : null);
  }

  function endAt(node: Node, offset: number): SelectionEnd {
    if (typeOf(node) === Node.TEXT_NODE) return { node: numbers.of(node), offset };
    // Children that are not recorded do not count there, so a child's own number says where.
    for (let next = node.childNodes[offset] ?? null; next !== null; next = next.nextSibling) {
      if (numbers.of(next) !== 0) return { node: numbers.of(next), offset: 0 };
    }
    return { node: numbers.of(node), offset: 1 };
  }

  document.addEventListener('selectionchange', report, { signal, passive: true });
}
