import { MAX_TREE_DEPTH } from '../../protocol/limits.ts';
import { NO_NODE_ID, type NodeId } from '../../protocol/node-id.ts';
import type { Namespace } from '../../protocol/shapes.ts';
import { TOKEN } from '../../protocol/tree-writer.ts';
import {
  attributeNamesOf,
  attributeOf,
  firstOf,
  hostOf,
  isConnected,
  nameOf,
  namespaceOf as namespaceUriOf,
  nextOf,
  parentOf as parentNodeOf,
  previousOf,
  typeOf,
} from '../native.ts';
import { BOX_ATTRIBUTES, BOX_TAG, boxStyle } from './box.ts';
import {
  createElementPlans,
  isOpaque,
  isRecordedAttribute,
  mayHostShadow,
  tellsState,
  type ElementPlan,
} from './element-shapes.ts';
import { isRewritten } from './attributes.ts';
import type { NodeNumbers } from './node-numbers.ts';
import type { RawSink } from './raw-sink.ts';

const SVG = 'http://www.w3.org/2000/svg';
const MATHML = 'http://www.w3.org/1998/Math/MathML';
const { ELEMENT_NODE, TEXT_NODE, CDATA_SECTION_NODE, DOCUMENT_FRAGMENT_NODE } = Node;
/** The clock, and the room that is left, are looked at once in so many nodes. */
const NODES_PER_LOOK = 64;

/** Rewrites an attribute before masking: URLs of assets become `asset:N`. */
export type AttributeReader = (element: Element, tag: string, name: string, isPlain: boolean) => string | null;

export interface TreeOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly sink: RawSink;
  /** Our own widget: never looked at. */
  readonly host: Element;
  readonly readAttribute: AttributeReader;
  readonly readText: (tag: string, text: string) => string;
  /** Told of each element when it gets its number: fields, sheets and images have state of their own. */
  readonly onElement: (element: Element, tag: string, id: NodeId) => void;
  readonly onShadow: (root: ShadowRoot) => void;
  /** Wraps what the browser calls, so that no exception reaches the page. */
  readonly safely: <Args extends unknown[]>(act: (...args: Args) => void) => (...args: Args) => void;
  /** Something waits to be written. */
  readonly onDirty: () => void;
  readonly maxNodes: number;
  readonly onTooLarge: () => void;
}

/**
 * The tree and its changes, by one road: a batch is what differs between what the other side has (nodes with a number)
 * and what is there now. A first picture is the batch in which nothing has a number yet.
 */
export interface TreeRecorder {
  /** The whole document is to be sent. */
  start(): void;
  /** An attribute is to be read again though nothing changed it. */
  touch(element: Element, name: string): void;
  /** An element has something in it that was not there before, and that no observer tells of. */
  revisit(element: Element): void;
  /** Only an empty box stands for it. */
  isBox(element: Element): boolean;
  /** Writes changes until the time is used up. @returns whether something is left to write */
  write(deadline: number): boolean;
  stop(): void;
}

/** Where the children of a parent were left: after `last`, to be put before `anchor`. Holds while nothing was added. */
interface Resume {
  readonly last: Node;
  readonly anchor: Node | null;
}
export function createTreeRecorder(options: TreeOptions): TreeRecorder {
  const { document, numbers, sink, host, onElement, readAttribute } = options;
  const { tokens } = sink;
  const plans = createElementPlans(sink);
  /** Added or moved since the last batch; where a run of new siblings may begin. */
  let added = new Set<Node>();
  /** Known parents with children that have not been sent for lack of time, and where to go on. */
  let deferred = new Map<Node, Resume | null>();
  let attributes = new Map<string, Set<Element>>();
  let texts = new Set<Node>();
  let removedIds: NodeId[] = [];
  let deadline = 0;
  let untilLook = NODES_PER_LOOK;
  let outOfTime = false;
  let isFull = false;
  /** `sink.hasNames`, which each element would have to ask. */
  let hasNames = false;
  let firstNew = 0;
  let moved = new Set<Node>();
  /** Of the element being written. */
  const values: string[] = [];
  /** UTF-16 units put down without a call. */
  let units = 0;
  /** Known elements that stand as empty boxes: what is in them is not the mirror's business. */
  const boxes = new Set<Node>();

  const observer = new MutationObserver(
    options.safely((records: MutationRecord[]) => {
      collect(records);
      options.onDirty();
    }),
  );

  function observe(root: Node): void {
    // No old values: they double the observer's cost, and the batch compares states anyway.
    observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  }

  function collect(records: readonly MutationRecord[]): void {
    if (records.length > 0) sink.changed();
    const taken: Node[] = [];
    for (const record of records) {
      const { target } = record;
      if (record.type === 'attributes') {
        if (record.attributeName !== null) noteAttribute(target as Element, record.attributeName);
      } else if (record.type === 'characterData') {
        texts.add(target);
      } else {
        const { addedNodes, removedNodes } = record;
        for (let index = 0; index < addedNodes.length; index += 1) added.add(addedNodes[index] as Node);
        for (let index = 0; index < removedNodes.length; index += 1) taken.push(removedNodes[index] as Node);
      }
    }
    for (const node of taken) if (!stands(node)) drop(node);
  }

  function noteAttribute(element: Element, name: string): void {
    const elements = attributes.get(name);
    if (elements) elements.add(element);
    else attributes.set(name, new Set([element]));
  }

  /**
   * A node that is out of the tree when the observer reports loses its number at once: what happens to it outside goes
   * unseen, so if it comes back it is sent anew.
   */
  function drop(node: Node): void {
    added.add(node);
    forgetBelow(node);
  }

  function sendAnew(node: Node): void {
    if (numbers.of(node) === 0) return;
    drop(node);
    added.add(node);
  }

  function forgetBelow(node: Node): void {
    const id = numbers.of(node);
    // One that was moved here since the last batch still stands somewhere else in the mirror.
    if (added.delete(node) && id !== 0) removedIds.push(id);
    numbers.forget(node);
    deferred.delete(node);
    boxes.delete(node);
    const shadow = shadowOf(node);
    if (shadow) forgetBelow(shadow);
    for (let child = firstOf(node); child; child = nextOf(child)) forgetBelow(child);
  }

  /** Whether a node is in the recorded tree, or will be once its new ancestors are written. */
  function stands(node: Node): boolean {
    let current: Node = node;
    for (;;) {
      const parent = parentOf(current);
      if (parent === null || current === host) return false;
      if (isClosed(parent)) return false;
      if (numbers.of(parent) !== 0 && !moved.has(parent)) return isConnected(parent);
      current = parent;
    }
  }

  // --- A batch ------------------------------------------------------------------------------------------------------

  function write(until: number): boolean {
    collect(observer.takeRecords());
    deadline = until;
    outOfTime = false;
    look();
    firstNew = numbers.next;
    moved = new Set();
    for (const element of sink.renewed(attributes)) sendAnew(element);
    for (const node of added) {
      const id = numbers.of(node);
      if (id === 0) continue;
      if (!stands(node)) drop(node);
      else if (sink.mayMove(id, node)) moved.add(node);
      // Into a mask or out of one: as new nodes.
      else sendAnew(node);
    }
    // What leaves and what moves is applied first: a batch with nodes that may be among it must be out before.
    if (removedIds.length > 0 || moved.size > 0) sink.flush();
    plans.renew();
    hasNames = sink.hasNames;
    writeRuns();
    sink.wrote(units);
    units = 0;
    dropUnplacedMoves();
    writeRemoved();
    writeAttributes();
    writeTexts();
    return deferred.size > 0;
  }

  function writeRuns(): void {
    const starts = added;
    added = new Set();
    for (const node of starts) {
      const parent = parentOf(node);
      if (parent !== null && canWriteInto(parent)) writeRunAround(node, parent);
    }
    const parents = deferred;
    deferred = new Map();
    for (const [parent, resume] of parents) {
      // What was added may stand where the rest was to go.
      if (outOfTime) deferred.set(parent, starts.size === 0 ? resume : null);
      else writeMissingChildren(parent, starts.size === 0 ? resume : null);
    }
  }

  function canWriteInto(parent: Node): boolean {
    if (numbers.of(parent) === 0) return false;
    return !isClosed(parent);
  }

  function isClosed(parent: Node): boolean {
    return typeOf(parent) === ELEMENT_NODE && (isOpaque(nameOf(parent as Element)) || boxes.has(parent));
  }

  function writeMissingChildren(parent: Node, resume: Resume | null): void {
    if (!isConnected(parent)) return;
    const shadow = shadowOf(parent);
    if (shadow && numbers.of(shadow) === 0) writeShadow(shadow, parent);
    if (resume !== null && isStillRight(resume, parent)) {
      // Nothing was added since, so all that stands before it has been written.
      writeRun(nextOf(resume.last), parent, resume.anchor);
      return;
    }
    for (let child = firstOf(parent); child !== null; child = nextOf(child)) {
      if (inRun(child)) writeRun(child, parent, anchorAfter(child));
      if (outOfTime) break;
    }
    if (outOfTime && !deferred.has(parent)) deferred.set(parent, null);
  }

  function isStillRight({ last, anchor }: Resume, parent: Node): boolean {
    const isIn = (node: Node): boolean => parentNodeOf(node) === parent && numbers.of(node) !== 0;
    return isIn(last) && (anchor === null || isIn(anchor));
  }

  /** New or moved: what a run is made of. */
  function inRun(node: Node): boolean {
    return isRecorded(node) && (numbers.of(node) === 0 || moved.has(node));
  }

  function writeRunAround(node: Node, parent: Node): void {
    if (!inRun(node)) return;
    let first = node;
    for (let before = previousOf(node); before !== null; before = previousOf(before)) {
      if (inRun(before)) first = before;
      else if (isRecorded(before)) break;
    }
    writeRun(first, parent, anchorAfter(node));
  }

  /** The sibling that the other side has already and that stays where it is. */
  function anchorAfter(node: Node): Node | null {
    let anchor = nextOf(node);
    while (anchor !== null && (inRun(anchor) || !isRecorded(anchor))) anchor = nextOf(anchor);
    return anchor;
  }

  function writeRun(first: Node | null, parent: Node, anchor: Node | null): void {
    if (first === anchor) return;
    const isSpent = outOfTime;
    if (!isSpent || moved.size > 0) {
      sink.openRun(numbers.of(parent), anchor === null ? NO_NODE_ID : numbers.of(anchor), parent);
      writeSiblings(parent, first, anchor, null, namespaceOf(parent), depthOf(parent), sink.isPlain);
      sink.closeRun();
    }
    if (isSpent && !deferred.has(parent)) deferred.set(parent, null);
  }

  function writeShadow(shadow: ShadowRoot, parent: Node): void {
    sink.openRun(numbers.of(parent), NO_NODE_ID, parent);
    writeShadowRoot(shadow, depthOf(parent) + 1);
    sink.closeRun();
  }

  // --- A new subtree --------------------------------------------------------------------------------------------------

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
      if (outOfTime) {
        // The rest waits, moved nodes aside: the other side has taken them out of their old places.
        if (moved.size === 0) {
          deferred.set(parent, last !== null && numbers.of(last) !== 0 ? { last, anchor } : null);
          return;
        }
        deferred.set(parent, null);
        if (!moved.has(node)) continue;
      }
      last = node;
      // Of all nodes in a new place, only moved ones are known.
      if (moved.size > 0 && moved.delete(node)) {
        sink.moved(numbers.of(node));
        continue;
      }
      if ((untilLook -= 1) <= 0) look();
      if (isFull) continue;
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
    if (under === null) sink.text(null, options.readText(parentTag(node), data));
    else sink.text(under.shape, under.rewritesText ? options.readText(under.shape.tag, data) : data);
  }

  function writeElement(element: Element, parentNamespace: Namespace, depth: number, isPlain: boolean): void {
    const tag = nameOf(element);
    // Asking each element for its namespace costs a call; under HTML only these two can differ.
    const isHtml = parentNamespace === 'html' && tag !== 'svg' && tag !== 'math';
    const namespace = isHtml ? 'html' : namespaceNamed(namespaceUriOf(element));
    let attributeNames = attributeNamesOf(element);
    // The name alone says what was chosen, and a shape that nobody uses is told as well.
    if ((tag === 'option' || tag === 'input') && attributeNames.some(tellsState) && sink.isVeiled(element)) {
      attributeNames = attributeNames.filter((name) => !tellsState(name));
    }
    const plan = plans.of(namespace, tag, attributeNames);
    const isNamed = hasNames && sink.isNamed(element);
    const isPlainHere = isPlain && !isNamed && !plan.shape.isJudged;
    if (!isPlainHere && (isNamed || plan.mayBeBoxed || sink.mayBox) && sink.isBoxed(element)) {
      writeBox(element);
      return;
    }
    const id = numbers.add(element);
    const shadow = plan.mayHostShadow ? element.shadowRoot : null;
    const first = plan.opaque || depth >= MAX_TREE_DEPTH - 2 ? null : firstOf(element);
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
      if (outOfTime) deferred.set(element, null);
      else writeShadowRoot(shadow, depth + 1);
    }
    writeSiblings(element, first, null, plan, namespace, depth + 1, isPlainHere || sink.isPlain);
    if (isPlainHere) tokens.push(TOKEN.CLOSE);
    else sink.close();
  }

  /** In place of what must not be seen stands a box of its size, with nothing of it inside. */
  function writeBox(element: Element): void {
    const { shape } = plans.of('html', BOX_TAG, BOX_ATTRIBUTES);
    const id = numbers.add(element);
    boxes.add(element);
    values[0] = boxStyle(element);
    sink.openElement(id, element, shape, values, false);
  }

  function writeShadowRoot(shadow: ShadowRoot, depth: number): void {
    numbers.add(shadow);
    observe(shadow);
    options.onShadow(shadow);
    sink.openShadow(shadow);
    hasNames = sink.hasNames;
    writeSiblings(shadow, firstOf(shadow), null, null, 'html', depth + 1, sink.isPlain);
    sink.close();
  }

  /** Once in so many nodes: is there time, and room? What the mirror holds now is what counts, not what has come and gone. */
  function look(): void {
    untilLook = NODES_PER_LOOK;
    outOfTime ||= performance.now() >= deadline;
    isFull = numbers.size + NODES_PER_LOOK > options.maxNodes;
    if (isFull) options.onTooLarge();
  }

  // --- The rest of a batch ----------------------------------------------------------------------------------------------

  /** Its new place will be written in a later batch; until then the other side must not keep it in the old one. */
  function dropUnplacedMoves(): void {
    for (const node of moved) drop(node);
    moved = new Set();
  }

  function writeRemoved(): void {
    for (const id of removedIds) sink.removed(id);
    removedIds = [];
  }

  function writeAttributes(): void {
    const changed = attributes;
    attributes = new Map();
    for (const [name, elements] of changed) writeAttribute(name, elements);
  }

  function writeAttribute(name: string, elements: ReadonlySet<Element>): void {
    // Neighbours mostly have one tag: it is judged once.
    let lastTag = '';
    let isRecordedThere = false;
    let isAsItIs = false;
    for (const element of elements) {
      const id = numbers.of(element);
      // What is new has been written with the attributes it has now.
      if (id === 0 || id >= firstNew || boxes.has(element)) continue;
      const tag = nameOf(element);
      if (tag !== lastTag) {
        lastTag = tag;
        isRecordedThere = isRecordedAttribute(tag, name);
        isAsItIs = !isRewritten(tag, name);
      }
      if (!isRecordedThere) continue;
      sink.attribute(
        id,
        element,
        name,
        isAsItIs ? attributeOf(element, name) : readAttribute(element, tag, name, false),
      );
    }
  }

  function writeTexts(): void {
    const changed = texts;
    texts = new Set();
    for (const node of changed) {
      const id = numbers.of(node);
      if (id === 0 || id >= firstNew) continue;
      const { data } = node as Text;
      const parentNode = parentNodeOf(node);
      sink.data(id, parentNode, isSheet(parentNode) ? options.readText('style', data) : data);
    }
  }

  function isRecorded(node: Node): boolean {
    const nodeType = typeOf(node);
    return (nodeType === ELEMENT_NODE && node !== host) || nodeType === TEXT_NODE || nodeType === CDATA_SECTION_NODE;
  }

  return {
    start() {
      observe(document);
      deferred.set(document, null);
    },
    touch: noteAttribute,
    isBox: (element) => boxes.has(element),
    revisit(element) {
      if (canWriteInto(element) && !deferred.has(element)) deferred.set(element, null);
    },
    write,
    stop() {
      observer.disconnect();
      added.clear();
      deferred.clear();
      attributes.clear();
      texts.clear();
    },
  };
}

function shadowOf(node: Node): ShadowRoot | null {
  if (typeOf(node) !== ELEMENT_NODE) return null;
  return mayHostShadow(nameOf(node as Element)) ? (node as Element).shadowRoot : null;
}

function parentOf(node: Node): Node | null {
  const parent = parentNodeOf(node);
  if (parent !== null) return parent;
  return typeOf(node) === DOCUMENT_FRAGMENT_NODE && 'host' in node ? hostOf(node as ShadowRoot) : null;
}

function depthOf(node: Node): number {
  let depth = 0;
  for (let above = parentOf(node); above !== null && depth < MAX_TREE_DEPTH; above = parentOf(above)) depth += 1;
  return depth;
}

function isSheet(parent: Node | null): boolean {
  return parent !== null && typeOf(parent) === ELEMENT_NODE && nameOf(parent as Element) === 'style';
}

function parentTag(node: Node): string {
  const parent = parentNodeOf(node);
  return parent !== null && typeOf(parent) === ELEMENT_NODE ? nameOf(parent as Element) : '';
}

function namespaceOf(node: Node): Namespace {
  if (typeOf(node) !== ELEMENT_NODE) return 'html';
  return namespaceNamed(namespaceUriOf(node as Element));
}

function namespaceNamed(uri: string | null): Namespace {
  if (uri === SVG) return 'svg';
  return uri === MATHML ? 'mathml' : 'html';
}
