import { findAll, firstOf, hostOf, isElement, nextOf } from '../../native.ts';
import type { TellBeside } from '../beside.ts';
import type { NodeNumbers } from '../node-numbers.ts';

/**
 * Shadow roots in which a script says what stands in which slot (`slotAssignment: 'manual'`), and no name does. It is told
 * as names all the same: a slot's own, and the same of what stands in it.
 */
export interface ManualSlots {
  see(root: ShadowRoot): void;
  look(): void;
}

const MAX_ROOTS = 500;
/** The name of no slot. */
const NOWHERE = 'alongside-none';

export function createManualSlots(numbers: NodeNumbers, tell: TellBeside): ManualSlots {
  const roots = new Set<ShadowRoot>();

  function lookAt(root: ShadowRoot): void {
    const places = new Map<Node, string | null>();
    findAll(root, 'slot').forEach((slot, index) => {
      const assigned = (slot as HTMLSlotElement).assignedNodes();
      // A text has no attribute: only a slot without a name can have it.
      const name = assigned.some(isShownText) ? null : `alongside-${index}`;
      tell('name', slot, name);
      for (const node of assigned) places.set(node, name);
    });
    for (let child = firstOf(hostOf(root)); child !== null; child = nextOf(child)) {
      const place = places.get(child);
      if (isElement(child)) tell('slot', child, place === undefined ? NOWHERE : place);
    }
  }

  return {
    see: (root) => void (roots.size < MAX_ROOTS && roots.add(root)),
    look() {
      for (const root of roots) {
        if (numbers.of(root) === 0) roots.delete(root);
        else lookAt(root);
      }
    },
  };
}

function isShownText(node: Node): boolean {
  return !isElement(node) && (node as Text).data.trim() !== '';
}
