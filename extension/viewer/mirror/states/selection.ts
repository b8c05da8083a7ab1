import type { NodeId } from '../../../../protocol/node-id.ts';
import type { PageMessage } from '../../../../protocol/page-message.ts';
import type { Caret } from './caret.ts';

interface Nodes {
  node(id: NodeId): Node | undefined;
}

type Selected = Extract<PageMessage, { type: 'selection' }>;

/** The name own-style.ts draws it by. The browser's own selection is the agent's, to copy from. */
export const SELECTION_NAME = 'alongside-selection';

/** Shows what text the customer has selected, or where they write. */
export function showSelection(mirror: Nodes, caret: Caret, { from, to }: Selected): void {
  clearSelection(caret);
  const field = mirror.node(from.node);
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    if (to.node === from.node) caret.showInField(field, from.offset, to.offset);
    return;
  }
  const range = new Range();
  try {
    if (!setEnd(range, 'start', field, from.offset)) return;
    if (from.node === to.node && from.offset === to.offset) {
      range.collapse(true);
      caret.showAt(range);
      return;
    }
    if (!setEnd(range, 'end', mirror.node(to.node), to.offset)) return;
    CSS.highlights.set(SELECTION_NAME, new Highlight(range));
  } catch {
    // The two do not stand in one tree.
  }
}

export function clearSelection(caret: Caret): void {
  CSS.highlights.delete(SELECTION_NAME);
  caret.clear();
}

/** @throws where no range can be */
export function setEnd(range: Range, which: 'start' | 'end', node: Node | undefined, offset: number): boolean {
  const set = (at: Node, units: number): void =>
    which === 'start' ? range.setStart(at, units) : range.setEnd(at, units);
  if (node instanceof Text) set(node, Math.min(offset, node.length));
  else if (node instanceof Element && offset > 0) set(node, node.childNodes.length);
  else if (node instanceof Element && which === 'start') range.setStartBefore(node);
  else if (node instanceof Element) range.setEndBefore(node);
  else return false;
  return true;
}
