import { parentOf } from '../../native.ts';
import type { NodeNumbers } from '../node-numbers.ts';

/** The clock, and the room that is left, are looked at once in so many nodes. */
const NODES_PER_LOOK = 64;

/** Where the children of a parent were left: after `last`, to be put before `anchor`. Holds while nothing was added. */
export interface Resume {
  readonly last: Node;
  readonly anchor: Node | null;
}

/** What is under way: shared by who finds what is to be written and who writes it. */
export interface Batch {
  /** Known nodes that stand in another place now, and have not been written there yet. */
  moved: Set<Node>;
  /** Known parents with children that have not been sent for lack of time, and where to go on. */
  deferred: Map<Node, Resume | null>;
  /** By parent: the child to begin with, because what stands before it is not in view. */
  ahead: Map<Node, Node>;
  /** Known elements that stand as empty boxes, with the style of each: what is in them is not the mirror's business. */
  readonly boxes: Map<Node, string>;
  /** Those of them whose content waits there for another place. */
  readonly parked: Set<Element>;
  outOfTime: boolean;
  /** The mirror takes no more nodes. */
  isFull: boolean;
  /** Nodes until `look` is due. */
  untilLook: number;
  /** Is there time, and room? What the mirror holds now is what counts, not what has come and gone. */
  look(): void;
  begin(deadline: number): void;
  /** Where to begin with a parent whose children are all new. */
  startIn<Child extends Node>(parent: Node, first: Child): Child;
}

export function createBatch(numbers: NodeNumbers, maxNodes: number, onTooLarge: () => void): Batch {
  let deadline = 0;

  function lookForRoom(): void {
    batch.untilLook = NODES_PER_LOOK;
    batch.isFull = numbers.size + NODES_PER_LOOK > maxNodes;
    if (batch.isFull) onTooLarge();
  }

  const batch: Batch = {
    moved: new Set(),
    deferred: new Map(),
    ahead: new Map(),
    boxes: new Map(),
    parked: new Set(),
    outOfTime: false,
    isFull: false,
    untilLook: NODES_PER_LOOK,
    look() {
      batch.outOfTime ||= performance.now() >= deadline;
      lookForRoom();
    },
    begin(until) {
      deadline = until;
      batch.outOfTime = false;
      batch.moved = new Set();
      // Something is written in each slice, even if masking has used it up: otherwise a busy machine's mirror would stand still.
      lookForRoom();
    },
    startIn<Child extends Node>(parent: Node, first: Child) {
      const start = batch.ahead.get(parent) as Child | undefined;
      if (start === undefined || parentOf(start) !== parent) return first;
      // The others are looked for when there is time.
      batch.deferred.set(parent, null);
      return start;
    },
  };
  return batch;
}
