import { DOCUMENT_NODE_ID, type NodeId } from '../../../../protocol/node-id.ts';
import type { PageMessage } from '../../../../protocol/page-message.ts';
import { animationsIn } from '../dom.ts';
import type { Mirror } from '../mirror.ts';

/**
 * Styles come a moment after the elements that they are of, and the page's own transitions would lead from none to them.
 * At the customer's there was no such moment: what such transitions lead to is shown at once. All others run.
 */
export interface Transitions {
  /** A new picture: nothing in it is in transition until it is `whole`. */
  begin(): void;
  whole(): void;
  /**
   * Before a message is shown.
   * @returns to be called when it is, be it later
   */
  expect(type: PageMessage['type']): () => void;
}

const STYLES = new Set<PageMessage['type']>(
  'sheet sheet-file sheet-more sheet-media constructed adopted'.split(' ') as [],
);
/** What an element inherits changes when what it is in has been led to its end, and is in transition in its turn. */
const MAX_ROUNDS = 100;
const NONE = Infinity;

export function createTransitions(
  document: Document,
  mirror: Pick<Mirror, 'idOf' | 'nextId' | 'shadowRoots'>,
): Transitions {
  let isWhole = false;
  /** Elements with this number or a later one have come last, and their styles may be on their way. */
  let newest: NodeId = DOCUMENT_NODE_ID;
  let skippedFrom = NONE;

  function skip(from: NodeId): void {
    // Before the next frame is painted.
    if (skippedFrom === NONE) requestAnimationFrame(endAll);
    skippedFrom = Math.min(skippedFrom, from);
  }

  function endAll(): void {
    const from = skippedFrom;
    skippedFrom = NONE;
    for (let round = 0; round < MAX_ROUNDS && endRunning(from); round += 1);
  }

  /** @returns whether there were any */
  function endRunning(from: number): boolean {
    let hasEnded = false;
    for (const root of [document, ...mirror.shadowRoots]) {
      for (const animation of animationsIn(root)) {
        if (!(animation instanceof CSSTransition) || !(animation.effect instanceof KeyframeEffect)) continue;
        const { target } = animation.effect;
        if (target === null || mirror.idOf(target) < from) continue;
        animation.finish();
        hasEnded = true;
      }
    }
    return hasEnded;
  }

  return {
    begin() {
      isWhole = false;
      newest = DOCUMENT_NODE_ID;
    },
    whole() {
      isWhole = true;
    },
    expect(type) {
      if (type === 'tree' && isWhole) newest = mirror.nextId;
      const from = newest;
      return () => {
        if (!isWhole || STYLES.has(type)) skip(from);
      };
    },
  };
}
