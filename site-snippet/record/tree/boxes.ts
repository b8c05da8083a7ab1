import { boxStyle } from './box.ts';
import { inRounds } from '../in-rounds.ts';
import type { TreeRecorder } from './tree.ts';

/** Boxes that stand for what must not be seen grow, move and hide with it, of which nothing tells. */
export interface Boxes {
  /** At so many of them, going on from where it stopped. */
  look(): void;
}

/** Asking each for its style costs some hundredths of a millisecond. */
const BOXES_PER_LOOK = 50;

export function createBoxes(tree: TreeRecorder): Boxes {
  const some = inRounds(tree.boxes, BOXES_PER_LOOK);
  return {
    look: () =>
      some(([element, style]) => {
        if (boxStyle(element as Element) !== style) tree.touch(element as Element, 'style');
      }),
  };
}
