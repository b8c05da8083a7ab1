import { NO_NODE_ID, type NodeId } from '../../../protocol/node-id.ts';
import { firstOf, isConnected, nextOf, parentOf as parentNodeOf, previousOf, typeOf } from '../../native.ts';
import type { AttributeReader, TextReader } from './attributes.ts';
import { createBatch, type Resume } from './batch.ts';
import { createKnownNodes } from './known-nodes.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import { isParked } from './parked.ts';
import { isClosed, isRecorded, parentOf, shadowOf } from './places.ts';
import type { RawSink } from '../raw-sink.ts';
import { createSubtrees } from './subtree.ts';

export interface TreeOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly sink: RawSink;
  /** Our own widget: never looked at. */
  readonly host: Element;
  readonly readAttribute: AttributeReader;
  readonly readText: TextReader;
  /** Told of each element when it gets its number: fields, sheets and images have state of their own. */
  readonly onElement: (element: Element, tag: string, id: NodeId) => void;
  /** An element that has its number may be open as a popover from now on. */
  readonly onPopover: (element: Element, tag: string, id: NodeId) => void;
  readonly onShadow: (root: ShadowRoot) => void;
  /** A known node goes to another place. */
  readonly onMove: (node: Node) => void;
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
  /** Some of its children are still to be written. */
  isUnfinished(parent: Node): boolean;
  /** What to begin with, by parent. @returns whether anything is left to write */
  hurry(find: () => Map<Node, Node>): boolean;
  /** Elements for which only empty boxes stand, with the style of each. */
  readonly boxes: ReadonlyMap<Node, string>;
  /** Only an empty box stands for it. */
  isBox(element: Element): boolean;
  /** Writes changes until the time is used up. @returns whether something is left to write */
  write(deadline: number): boolean;
  stop(): void;
}

export function createTreeRecorder(options: TreeOptions): TreeRecorder {
  const { document, numbers, sink, host } = options;
  const batch = createBatch(numbers, options.maxNodes, options.onTooLarge);
  const known = createKnownNodes({ ...options, boxes: batch.boxes });
  const subtrees = createSubtrees({ ...options, batch, onShadow });
  /** Added or moved since the last batch; where a run of new siblings may begin. */
  let added = new Set<Node>();
  let removedIds: NodeId[] = [];

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

  function onShadow(root: ShadowRoot): void {
    observe(root);
    options.onShadow(root);
  }

  function collect(records: readonly MutationRecord[]): void {
    if (records.length > 0) sink.changed();
    const taken: Node[] = [];
    for (const record of records) {
      const { target } = record;
      if (record.type === 'attributes') {
        const name = record.attributeName as string;
        known.noteAttribute(target as Element, name);
        // Of `xlink:href`, `xml:lang` and `xml:space` only the last part is told. Asking each record costs as much as its name.
        if ((name === 'href' || name === 'lang' || name === 'space') && record.attributeNamespace)
          known.noteAttribute(target as Element, (name === 'href' ? 'xlink:' : 'xml:') + name);
      } else if (record.type === 'characterData') {
        known.noteText(target);
      } else {
        const { addedNodes, removedNodes } = record;
        for (let index = 0; index < addedNodes.length; index += 1) added.add(addedNodes[index] as Node);
        for (let index = 0; index < removedNodes.length; index += 1) taken.push(removedNodes[index] as Node);
      }
    }
    for (const node of taken) {
      if (!stands(node)) drop(node);
      // Nobody says that it was added where it stands if that is a shadow root of which nothing is known yet.
      else added.add(node);
    }
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
    const id = numbers.forget(node);
    // One that was moved here since the last batch still stands somewhere else in the mirror.
    const isMoving = batch.moved.size > 0 && batch.moved.delete(node);
    const isTop = added.size > 0 && added.delete(node);
    if ((isTop || isMoving) && id !== 0) removedIds.push(id);
    // Lists go by the thousand rows, and half of their nodes are texts.
    if (typeOf(node) === Node.TEXT_NODE) return;
    batch.deferred.delete(node);
    batch.boxes.delete(node);
    batch.parked.delete(node as Element);
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
      if (isClosed(parent, batch.boxes)) return false;
      if (numbers.of(parent) !== 0 && !batch.moved.has(parent)) return isConnected(parent);
      current = parent;
    }
  }

  function write(deadline: number): boolean {
    collect(observer.takeRecords());
    batch.begin(deadline);
    const firstNew = numbers.next;
    for (const element of sink.renewed(known.attributes, [known.texts, added])) sendAnew(element);
    for (const element of batch.parked) if (!isParked(element)) sendAnew(element);
    for (const node of added) {
      const id = numbers.of(node);
      if (id === 0) continue;
      if (!stands(node)) drop(node);
      else if (sink.mayMove(id, node)) {
        batch.moved.add(node);
        options.onMove(node);
      }
      // Into a mask or out of one: as new nodes.
      else sendAnew(node);
    }
    // What leaves and what moves is applied first: a batch with nodes that may be among it must be out before.
    if (removedIds.length > 0 || batch.moved.size > 0) sink.flush();
    const starts = added;
    added = new Set();
    subtrees.begin();
    writeRuns(starts);
    subtrees.end();
    dropUnplacedMoves();
    writeRemoved();
    known.write(firstNew);
    if (batch.deferred.size > 0) return true;
    batch.ahead.clear();
    return false;
  }

  /** Siblings that are new or have moved, run by run: those of one run share their parent and what they stand before. */
  function writeRuns(starts: ReadonlySet<Node>): void {
    // What moves may be in something that moves too, and then has to wait for that to be in its place.
    const late = writeStarts(starts);
    for (const node of writeStarts(late)) batch.deferred.set(parentOf(node) as Node, null);
    const parents = batch.deferred;
    batch.deferred = new Map();
    for (const [parent, resume] of parents) {
      // What was added may stand where the rest was to go.
      const still = starts.size === 0 ? resume : null;
      if (batch.outOfTime || !hasPlace(parent)) batch.deferred.set(parent, still);
      else writeMissingChildren(parent, still);
    }
  }

  /** @returns those in something that moves and is not in its new place yet: it may be taken out in this batch instead */
  function writeStarts(starts: Iterable<Node>): Node[] {
    const late: Node[] = [];
    let placed: Node | null = null;
    for (const node of starts) {
      const parent = parentOf(node);
      if (parent === null || !canWriteInto(parent)) continue;
      if (parent !== placed && !hasPlace(parent)) {
        late.push(node);
        continue;
      }
      // Thousands share theirs.
      placed = parent;
      if ((batch.outOfTime || batch.isFull) && !batch.moved.has(node)) defer(node, parent);
      else writeRunAround(node, parent);
    }
    return late;
  }

  /** Neither it nor anything around it waits to be put elsewhere. */
  function hasPlace(node: Node): boolean {
    if (batch.moved.size === 0) return true;
    for (let above: Node | null = node; above !== null; above = parentOf(above))
      if (batch.moved.has(above)) return false;
    return true;
  }

  /** Without a look at its neighbours: thousands may wait beside it, and each would look at all of them. */
  function defer(node: Node, parent: Node): void {
    if (inRun(node) && !batch.isFull && !batch.deferred.has(parent)) batch.deferred.set(parent, null);
  }

  function writeMissingChildren(parent: Node, resume: Resume | null): void {
    if (!isConnected(parent)) return;
    const shadow = shadowOf(parent);
    if (shadow && numbers.of(shadow) === 0) writeShadow(shadow, parent);
    const start = batch.ahead.get(parent);
    // First what is in view, or as much of a run as was left; what else is missing is looked for when that is whole.
    if (start !== undefined && parentNodeOf(start) === parent && inRun(start)) {
      writeRun(start, parent, anchorAfter(start));
    } else if (resume !== null && isStillRight(resume, parent)) {
      writeRun(nextOf(resume.last), parent, resume.anchor);
    }
    for (let child = firstOf(parent); child !== null && !batch.outOfTime; child = nextOf(child)) {
      if (inRun(child)) writeRun(child, parent, anchorAfter(child));
    }
    if (batch.outOfTime && !batch.deferred.has(parent)) batch.deferred.set(parent, null);
  }

  function isStillRight({ last, anchor }: Resume, parent: Node): boolean {
    const isIn = (node: Node): boolean => parentNodeOf(node) === parent && numbers.of(node) !== 0;
    return isIn(last) && (anchor === null || isIn(anchor));
  }

  /** New or moved: what a run is made of. */
  function inRun(node: Node): boolean {
    return isRecorded(node, host) && (numbers.of(node) === 0 || batch.moved.has(node));
  }

  function writeRunAround(node: Node, parent: Node): void {
    if (!inRun(node)) return;
    let first = node;
    for (let before = previousOf(node); before !== null; before = previousOf(before)) {
      if (inRun(before)) first = before;
      else if (isRecorded(before, host)) break;
    }
    writeRun(first, parent, anchorAfter(node));
  }

  /** The sibling that the other side has already and that stays where it is. */
  function anchorAfter(node: Node): Node | null {
    let anchor = nextOf(node);
    while (anchor !== null && (inRun(anchor) || !isRecorded(anchor, host))) anchor = nextOf(anchor);
    return anchor;
  }

  function writeRun(first: Node | null, parent: Node, anchor: Node | null): void {
    if (first === anchor) return;
    const isSpent = batch.outOfTime;
    if (!isSpent || batch.moved.size > 0) {
      sink.openRun(numbers.of(parent), anchor === null ? NO_NODE_ID : numbers.of(anchor), parent);
      subtrees.write(parent, first, anchor);
      sink.closeRun();
    }
    if (isSpent && !batch.deferred.has(parent)) batch.deferred.set(parent, null);
  }

  function writeShadow(shadow: ShadowRoot, parent: Node): void {
    sink.openRun(numbers.of(parent), NO_NODE_ID, parent);
    subtrees.writeShadow(shadow, parent);
    sink.closeRun();
  }

  function canWriteInto(parent: Node): boolean {
    return numbers.of(parent) !== 0 && !isClosed(parent, batch.boxes);
  }

  /** Its new place will be written in a later batch; until then the other side must not keep it in the old one. */
  function dropUnplacedMoves(): void {
    for (const node of batch.moved) drop(node);
    batch.moved = new Set();
  }

  function writeRemoved(): void {
    for (const id of removedIds) sink.removed(id);
    removedIds = [];
  }

  return {
    start() {
      observe(document);
      batch.deferred.set(document, null);
    },
    hurry(find) {
      if (batch.deferred.size === 0) return false;
      batch.ahead = find();
      return true;
    },
    touch: known.noteAttribute,
    boxes: batch.boxes,
    isBox: (element) => batch.boxes.has(element),
    revisit(element) {
      if (canWriteInto(element) && !batch.deferred.has(element)) batch.deferred.set(element, null);
    },
    isUnfinished: (parent) => batch.deferred.has(parent),
    write,
    stop() {
      observer.disconnect();
      added.clear();
      batch.deferred.clear();
      known.clear();
    },
  };
}
