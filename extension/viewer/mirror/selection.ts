import type { PageMessage } from '../../../protocol/page-message.ts';
import type { Mirror } from './mirror.ts';

type Selected = Extract<PageMessage, { type: 'selection' }>;

/** The name own-style.ts draws it by. The browser's own selection is the agent's, to copy from. */
const NAME = 'alongside-selection';

/** Shows what text the customer has selected. */
export function showSelection(mirror: Mirror, { from, to }: Selected): void {
  CSS.highlights.delete(NAME);
  const range = new Range();
  try {
    if (!setEnd(range, 'start', mirror.node(from.node), from.offset)) return;
    if (!setEnd(range, 'end', mirror.node(to.node), to.offset)) return;
    CSS.highlights.set(NAME, new Highlight(range));
  } catch {
    // The two do not stand in one tree.
  }
}

export function clearSelection(): void {
  CSS.highlights.delete(NAME);
}

function setEnd(range: Range, which: 'start' | 'end', node: Node | undefined, offset: number): boolean {
  const set = (at: Node, units: number): void =>
    which === 'start' ? range.setStart(at, units) : range.setEnd(at, units);
  if (node instanceof Text) set(node, Math.min(offset, node.length));
  else if (node instanceof Element && offset > 0) set(node, node.childNodes.length);
  else if (node instanceof Element && which === 'start') range.setStartBefore(node);
  else if (node instanceof Element) range.setEndBefore(node);
  else return false;
  return true;
}
