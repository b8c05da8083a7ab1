import type { Act } from '../../../protocol/command.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { anchorAt } from './anchor.ts';

/** A pointer that stays this long means what lies under it. */
const REST_MS = 120;

/** Where the agent's pointer rests, so that menus open on the customer's page as well; each place once. */
export function sendHovering(
  window: Window,
  idOf: (node: Node) => NodeId,
  isWriting: () => boolean,
  act: (act: Act) => void,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rested: NodeId | null = null;

  // A click says where the pointer is as well; one that only points does not.
  window.addEventListener(
    'pointerdown',
    (event) => {
      clearTimeout(timer);
      const at = anchorAt(event.composedPath()[0] ?? null, event.clientX, event.clientY, idOf);
      rested = isWriting() ? (at?.node ?? null) : null;
    },
    { capture: true, passive: true, signal },
  );
  window.addEventListener(
    'pointermove',
    (event) => {
      clearTimeout(timer);
      if (!isWriting() || event.buttons !== 0) return;
      const at = anchorAt(event.composedPath()[0] ?? null, event.clientX, event.clientY, idOf);
      if (!at || at.node === rested) return;
      timer = setTimeout(() => {
        rested = at.node;
        act({ act: 'hover', at });
      }, REST_MS);
    },
    { capture: true, passive: true, signal },
  );
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
}
