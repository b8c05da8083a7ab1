import type { MaskedText } from '../../protocol/masked-text.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import type { Namespace } from '../../protocol/shapes.ts';
import { asItIs } from '../../protocol/test-random.ts';
import { createTreeWriter, type TreeWriter } from '../../protocol/tree-writer.ts';

/** An element as an enemy would write it: `svg:` and `mathml:` before the tag name another namespace. */
export type Forged = string | readonly [tag: string, attributes: Readonly<Record<string, string>>, ...Forged[]];

/** The body of a `tree` message with these under the document, in a dictionary of its own. */
export function forgeTree(...forged: readonly Forged[]): Uint8Array {
  const writer = createTreeWriter(asItIs);
  writer.openRun(1 as NodeId, 0 as NodeId);
  for (const part of forged) put(writer, part);
  writer.closeRun();
  return writer.finish();
}

/** Nobody has masked it: that is the point. */
export function forgedText(text: string): MaskedText {
  return text as MaskedText;
}

function put(writer: TreeWriter, part: Forged, under: Parameters<TreeWriter['text']>[0] = null): void {
  if (typeof part === 'string') {
    writer.text(under, forgedText(part));
    return;
  }
  const [name, attributes, ...children] = part;
  const [, prefix, tag] = /^(?:(svg|mathml):)?(.*)$/u.exec(name) ?? [];
  const shape = writer.define((prefix ?? 'html') as Namespace, tag ?? '', Object.keys(attributes));
  writer.openElement(shape, Object.values(attributes).map(forgedText), children.length > 0);
  for (const child of children) put(writer, child, shape);
  if (children.length > 0) writer.close();
}
