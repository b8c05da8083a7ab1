import type { NodeId } from '../../protocol/node-id.ts';
import type { PageMessage } from '../../protocol/page-message.ts';
import { createTreeReader, type TreeHandler } from '../../protocol/tree-reader.ts';

/** The numbers of a picture's elements by their `id`, as an agent works them out: nodes are numbered as they come. */
export function numbersById(messages: readonly PageMessage[]): Map<string, NodeId> {
  const begun = messages.findLastIndex(({ type }) => type === 'begin');
  const numbers = new Map<string, NodeId>();
  const reader = createTreeReader();
  // The document is 1.
  let last = 1;
  const count = (): number => (last += 1);
  const nothing = (): void => {};
  const handler: TreeHandler = {
    openElement({ attributes }, values) {
      const number = count() as NodeId;
      const id = values[attributes.indexOf('id')];
      if (id !== undefined) numbers.set(id, number);
    },
    text: count,
    openShadow: count,
    detach: nothing,
    openRun: nothing,
    moved: nothing,
    close: nothing,
    closeRun: nothing,
    attribute: nothing,
    data: nothing,
    field: nothing,
    scroll: nothing,
    mark: nothing,
  };
  for (const message of messages.slice(begun)) if (message.type === 'tree') reader.read(message.body, handler);
  return numbers;
}
