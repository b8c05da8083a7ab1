import { boxStyle } from './box.ts';
import type { TreeRecorder } from './tree.ts';

/** Boxes that stand for what must not be seen grow, move and hide with it, of which nothing tells. */
export interface Boxes {
  /** At so many of them, going on from where it stopped. */
  look(): void;
}

/** Asking each for its style costs some hundredths of a millisecond. */
const BOXES_PER_LOOK = 50;

export function createBoxes(tree: TreeRecorder): Boxes {
  const { boxes } = tree;
  let ahead = boxes.entries();
  return {
    look() {
      for (let left = Math.min(BOXES_PER_LOOK, boxes.size); left > 0; left -= 1) {
        let next = ahead.next();
        if (next.done) {
          ahead = boxes.entries();
          next = ahead.next();
        }
        if (next.done) return;
        const [element, style] = next.value;
        if (boxStyle(element as Element) !== style) tree.touch(element as Element, 'style');
      }
    },
  };
}
