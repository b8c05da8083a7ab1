import { MAX_TREE_DEPTH } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { Namespace } from '../../../protocol/shapes.ts';
import { TOKEN } from '../../../protocol/tree-writer.ts';
import {
  attributeNamesOf,
  attributeOf,
  firstOf,
  hostOf,
  nameOf,
  namespaceOf as namespaceUriOf,
  nextOf,
  parentOf,
  shadowOf,
  typeOf,
} from '../../native.ts';
import type { AttributeReader, TextReader } from './attributes.ts';
import type { Batch } from './batch.ts';
import { BOX_ATTRIBUTES, BOX_TAG, boxStyle } from './box.ts';
import { createElementPlans, tellsState, type ElementPlan } from './element-shapes.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import { isParked } from './parked.ts';
import { namespaceNamed, namespaceOf } from './namespaces.ts';
import { depthOf, tagOf } from './places.ts';
import type { RawSink } from '../raw-sink.ts';

const { ELEMENT_NODE, TEXT_NODE, CDATA_SECTION_NODE } = Node;

export interface SubtreeOptions {
  readonly numbers: NodeNumbers;
  readonly sink: RawSink;
  readonly batch: Batch;
  /** Our own widget: never looked at. */
  readonly host: Element;
  readonly readAttribute: AttributeReader;
  readonly readText: TextReader;
  /** Told of each element when it gets its number: fields, sheets and images have state of their own. */
  readonly onElement: (element: Element, tag: string, id: NodeId) => void;
  readonly onShadow: (root: ShadowRoot) => void;
  /** Something stands too deep to be told. */
  readonly onTooLarge: () => void;
}

/** Nodes that the other side does not have, with all that stands in them. */
export interface Subtrees {
  /** Before each batch. */
  begin(): void;
  /** A run of siblings, up to `anchor`. */
  write(parent: Node, first: Node | null, anchor: Node | null): void;
  writeShadow(shadow: ShadowRoot, parent: Node): void;
  /** After each batch. */
  end(): void;
}

export function createSubtrees(options: SubtreeOptions): Subtrees {
  const { numbers, sink, batch, host, onElement, readAttribute, readText } = options;
  const { tokens } = sink;
  const plans = createElementPlans(sink);
  /** `sink.hasNames`, which each element would have to ask. */
  let hasNames = false;
  /** Of the element being written. */
  const values: string[] = [];
  /** UTF-16 units put down without a call. */
  let units = 0;

  /**
   * The code that every node of a page comes through, mostly while it is cold: as few calls as can be.
   * @param under the plan of `parent`, or `null` directly in a run or a shadow root
   * @param isPlain `sink.isPlain` in `parent`
   */
  function writeSiblings(
    parent: Node,
    first: Node | null,
    anchor: Node | null,
    under: ElementPlan | null,
    namespace: Namespace,
    depth: number,
    isPlain: boolean,
  ): void {
    let last: Node | null = null;
    for (let node = first; node !== null && node !== anchor; node = nextOf(node)) {
      if (batch.outOfTime) {
        // The rest waits, moved nodes aside: the other side has taken them out of their old places.
        if (batch.moved.size === 0) {
          batch.deferred.set(parent, last !== null && numbers.of(last) !== 0 ? { last, anchor } : null);
          return;
        }
        batch.deferred.set(parent, null);
        if (!batch.moved.has(node)) continue;
      }
      last = node;
      // Of all nodes in a new place, only moved ones are known.
      if (batch.moved.size > 0 && batch.moved.delete(node)) {
        sink.moved(numbers.of(node));
        continue;
      }
      if ((batch.untilLook -= 1) <= 0) batch.look();
      if (batch.isFull) continue;
      const nodeType = typeOf(node);
      if (nodeType === ELEMENT_NODE) {
        if (node !== host) writeElement(node as Element, namespace, depth, isPlain);
      } else if (nodeType === TEXT_NODE || nodeType === CDATA_SECTION_NODE) {
        numbers.add(node);
        const { data } = node as Text;
        if (isPlain && under !== null && !under.rewritesText) {
          tokens.push(TOKEN.TEXT);
          under.shape.texts.push(data);
          units += data.length + 1;
        } else {
          writeText(node, under, data);
        }
      }
    }
  }

  function writeText(node: Node, under: ElementPlan | null, data: string): void {
    if (under === null) sink.text(null, readText(tagOf(parentOf(node)), data));
    else sink.text(under.shape, under.rewritesText ? readText(under.shape.tag, data) : data);
  }

  function writeElement(element: Element, parentNamespace: Namespace, depth: number, isPlain: boolean): void {
    const tag = nameOf(element);
    // Asking each element for its namespace costs a call; under HTML markup has no others that can differ.
    const isHtml = parentNamespace === 'html' && tag !== 'svg' && tag !== 'math';
    let namespace: Namespace = isHtml ? 'html' : namespaceNamed(namespaceUriOf(element));
    let attributeNames = attributeNamesOf(element);
    // The name alone says what was chosen, and a shape that nobody uses is told as well.
    if ((tag === 'option' || tag === 'input') && attributeNames.some(tellsState) && sink.isVeiled(element)) {
      attributeNames = attributeNames.filter((name) => !tellsState(name));
    }
    let plan = plans.of(namespace, tag, attributeNames, element);
    if (plan.mayBeForeign) {
      namespace = namespaceOf(element);
      plan = plans.of(namespace, tag, attributeNames, element);
    }
    const isNamed = hasNames && sink.isNamed(element);
    const isPlainHere = isPlain && !isNamed && !plan.shape.isJudged;
    if (!isPlainHere && (isNamed || plan.mayBeBoxed || sink.mayBox) && sink.isBoxed(element)) {
      writeBox(element);
      return;
    }
    const id = numbers.add(element);
    const isClosed = plan.opaque || (plan.mayBeParked && parks(element));
    const shadow = plan.mayHostShadow && !isClosed ? shadowOf(element) : null;
    let first = isClosed ? null : firstOf(element);
    if (first !== null && batch.ahead.size > 0) first = batch.startIn(element, first);
    if (depth >= MAX_TREE_DEPTH - 2 && first !== null) {
      first = null;
      options.onTooLarge();
    }
    const hasChildren = first !== null || shadow !== null;
    const { names, rewritten, shape } = plan;
    if (isPlainHere) tokens.push(hasChildren ? shape.token + 1 : shape.token);
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as string;
      const value =
        (rewritten[index] ? readAttribute(element, tag, name, isPlainHere) : attributeOf(element, name)) ?? '';
      if (isPlainHere) {
        (shape.values[index] as string[]).push(value);
        units += value.length + 1;
      } else {
        values[index] = value;
      }
    }
    if (!isPlainHere) sink.openElement(id, element, shape, values, hasChildren);
    else if (shape.maySubmit) sink.markSubmit(id, element);
    if (plan.noted) onElement(element, tag, id);
    if (!hasChildren) return;
    if (shadow !== null) {
      if (batch.outOfTime) batch.deferred.set(element, null);
      else writeShadowRoot(shadow, depth + 1);
    }
    const isPlainInside = (isPlainHere && shadow === null) || sink.isPlain;
    writeSiblings(element, first, null, plan, namespace, depth + 1, isPlainInside);
    if (!isPlainHere) sink.close();
    else {
      tokens.push(TOKEN.CLOSE);
      if (shadow !== null) sink.closePlain();
    }
  }

  function parks(element: Element): boolean {
    if (!isParked(element)) return false;
    batch.boxes.set(element, boxStyle(element));
    batch.parked.add(element);
    return true;
  }

  /** In place of what must not be seen stands a box of its size, with nothing of it inside. */
  function writeBox(element: Element): void {
    const { shape } = plans.of('html', BOX_TAG, BOX_ATTRIBUTES, element);
    const id = numbers.add(element);
    values[0] = boxStyle(element);
    batch.boxes.set(element, values[0]);
    sink.openElement(id, element, shape, values, false);
  }

  function writeShadowRoot(shadow: ShadowRoot, depth: number): void {
    numbers.add(shadow);
    options.onShadow(shadow);
    sink.openShadow(shadow);
    hasNames = sink.hasNames;
    const first = firstOf(shadow);
    writeSiblings(shadow, first && batch.startIn(shadow, first), null, null, 'html', depth + 1, sink.isPlain);
    sink.closeShadow(hostOf(shadow));
  }

  return {
    begin() {
      plans.renew();
      hasNames = sink.hasNames;
    },
    write(parent, first, anchor) {
      writeSiblings(parent, first, anchor, null, namespaceOf(parent), depthOf(parent), sink.isPlain);
    },
    writeShadow(shadow, parent) {
      writeShadowRoot(shadow, depthOf(parent) + 1);
    },
    end() {
      sink.wrote(units);
      units = 0;
    },
  };
}
