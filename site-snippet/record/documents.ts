import { MAX_FRAME_DOCUMENTS, MAX_FRAMES } from '../../protocol/limits.ts';
import { frameOf, nodeInFrame, ownNumberOf, type NodeId } from '../../protocol/node-id.ts';
import { documentOf } from '../native.ts';
import type { NodeNumbers } from './node-numbers.ts';

/** The documents of one picture, by number: 0 the page's own, from 1 on those in its frames. */
export interface Documents {
  /** @returns its number, which is `next` */
  add(document: Document, numbers: NodeNumbers): number;
  readonly next: number;
  /** Whether one more may begin. */
  readonly hasRoom: boolean;
  remove(frame: number): void;
  /** Numbers have run out: only a new picture has new ones. */
  readonly areSpent: boolean;
  readonly numbers: PictureNumbers;
  /** Until when a recorder may work that begins now: all together have the time of one slice. */
  sliceUntil(now: number): number;
  /** The same of one that has a turn of its own, and goes on with what it has begun. */
  sliceFrom(now: number): number;
}

/** Nodes by the number that all of a session know: of the page's own document and of those in frames. */
export type PictureNumbers = Pick<NodeNumbers, 'of' | 'node'>;

interface Recorded {
  readonly document: Document;
  readonly numbers: NodeNumbers;
}

/** A picture is written in slices, so that the page can breathe between them. */
const SLICE_MS = 4;
/** What a recorder gets when the others have used the slice up: its changes must not wait for ever. */
const MIN_SLICE_MS = 0.5;
/** Recorders that begin within this time after the first have the same slice. */
const SAME_SLICE_MS = 6;

export function createDocuments(): Documents {
  const documents = new Map<number, Recorded>();
  let next = 0;
  let sliceBegan = -SAME_SLICE_MS;

  return {
    add(document, numbers) {
      const frame = next;
      next += 1;
      documents.set(frame, { document, numbers });
      return frame;
    },
    get next() {
      return next;
    },
    // The page's own document is one more than those in frames.
    get hasRoom() {
      return next <= MAX_FRAME_DOCUMENTS && documents.size <= MAX_FRAMES;
    },
    remove: (frame) => void documents.delete(frame),
    get areSpent() {
      return next > MAX_FRAME_DOCUMENTS;
    },
    numbers: {
      of(node) {
        const document = documentOf(node) ?? node;
        for (const [frame, recorded] of documents) {
          if (recorded.document === document) return nodeInFrame(frame, recorded.numbers.of(node));
        }
        return 0 as NodeId;
      },
      node: (id) => documents.get(frameOf(id))?.numbers.node(ownNumberOf(id)),
    },
    sliceUntil(now) {
      if (now - sliceBegan >= SAME_SLICE_MS) sliceBegan = now;
      return Math.max(sliceBegan + SLICE_MS, now + MIN_SLICE_MS);
    },
    sliceFrom: (now) => (sliceBegan = now) + SLICE_MS,
  };
}
