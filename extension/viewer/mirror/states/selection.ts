import type { NodeId } from '../../../../protocol/node-id.ts';
import type { PageMessage } from '../../../../protocol/page-message.ts';
import { SELECTION_NAME } from '../styles/states-css.ts';
import type { Caret } from './caret.ts';
import { placeAt, rangeOf, rangesBetween } from './places.ts';

interface Nodes {
  readonly shadowRoots: Iterable<ShadowRoot>;
  node(id: NodeId): Node | undefined;
}

type Selected = Extract<PageMessage, { type: 'selection' }>;

/** Shows what text the customer has selected, or where they write. */
export function showSelection(mirror: Nodes, caret: Caret, { from, to }: Selected): void {
  clearSelection(caret);
  const field = mirror.node(from.node);
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    if (to.node === from.node) caret.showInField(field, from.offset, to.offset);
    return;
  }
  const start = placeAt(field, from.offset);
  const end = placeAt(mirror.node(to.node), to.offset);
  if (start === null || end === null) return;
  const isCaret = from.node === to.node && from.offset === to.offset;
  if (isCaret) caret.showAt(rangeOf(start, start));
  else CSS.highlights.set(SELECTION_NAME, new Highlight(...rangesBetween(start, end, mirror.shadowRoots)));
}

export function clearSelection(caret: Caret): void {
  CSS.highlights.delete(SELECTION_NAME);
  caret.clear();
}
