import type { NodeId } from '../../../protocol/node-id.ts';
import { nameOf, parentOf } from '../../native.ts';
import type { AttributeReader, TextReader } from './attributes.ts';
import { boxStyle } from './box.ts';
import { isRecordedAttribute } from './element-shapes.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import { tagOf } from './places.ts';
import type { RawSink } from '../raw-sink.ts';

export interface KnownNodesOptions {
  readonly numbers: NodeNumbers;
  readonly sink: RawSink;
  readonly readAttribute: AttributeReader;
  readonly readText: TextReader;
  /** It may be open from now on. */
  readonly onPopover: (element: Element, tag: string, id: NodeId) => void;
  /** Elements that stand as empty boxes, with the style of each. */
  readonly boxes: Map<Node, string>;
}

/** Attributes and texts that have changed on nodes which stay where they are. */
export interface KnownNodes {
  readonly attributes: ReadonlyMap<string, ReadonlySet<Element>>;
  readonly texts: Iterable<Node>;
  noteAttribute(element: Element, name: string): void;
  noteText(text: Node): void;
  /** @param firstNew nodes from this number on have been written in this batch, as they are now */
  write(firstNew: NodeId): void;
  clear(): void;
}

export function createKnownNodes({
  numbers,
  sink,
  readAttribute,
  readText,
  onPopover,
  boxes,
}: KnownNodesOptions): KnownNodes {
  let attributes = new Map<string, Set<Element>>();
  let texts = new Set<Node>();

  function writeAttribute(name: string, elements: ReadonlySet<Element>, firstNew: NodeId): void {
    // Neighbours mostly have one tag: it is judged once.
    let lastTag = '';
    let isRecordedThere = false;
    for (const element of elements) {
      const id = numbers.of(element);
      if (id === 0 || id >= firstNew) continue;
      if (boxes.has(element)) {
        if (name === 'style') writeBox(id, element);
        continue;
      }
      const tag = nameOf(element);
      if (tag !== lastTag) {
        lastTag = tag;
        isRecordedThere = isRecordedAttribute(tag, name);
      }
      if (name === 'popover') onPopover(element, tag, id);
      if (isRecordedThere) sink.attribute(id, element, tag, name, readAttribute(element, tag, name, false));
    }
  }

  function writeBox(id: NodeId, element: Element): void {
    const style = boxStyle(element);
    if (style === boxes.get(element)) return;
    boxes.set(element, style);
    sink.box(id, style);
  }

  function writeTexts(changed: ReadonlySet<Node>, firstNew: NodeId): void {
    for (const node of changed) {
      const id = numbers.of(node);
      if (id === 0 || id >= firstNew) continue;
      const { data } = node as Text;
      const parent = parentOf(node);
      const tag = tagOf(parent);
      sink.data(id, parent, tag, readText(tag, data));
    }
  }

  return {
    get attributes() {
      return attributes;
    },
    get texts() {
      return texts;
    },
    noteAttribute(element, name) {
      const elements = attributes.get(name);
      if (elements) elements.add(element);
      else attributes.set(name, new Set([element]));
    },
    noteText: (text) => void texts.add(text),
    write(firstNew) {
      const changed = { attributes, texts };
      attributes = new Map();
      texts = new Set();
      for (const [name, elements] of changed.attributes) writeAttribute(name, elements, firstNew);
      writeTexts(changed.texts, firstNew);
    },
    clear() {
      attributes.clear();
      texts.clear();
    },
  };
}
