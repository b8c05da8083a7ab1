import type { AgentMessage } from '../../../protocol/command.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { anchorAt } from './anchor.ts';

const MIN_INTERVAL_MS = 33;

/** The agent's pointer, and in Pointer mode their clicks: seen by the customer, felt by nobody. */
export function sendPointing(
  window: Window,
  idOf: (node: Node) => NodeId,
  send: (message: AgentMessage) => void,
  isPointing: () => boolean,
  signal: AbortSignal,
): void {
  const listening = { signal, capture: true, passive: true } as const;
  /** An event's path is gone once it has been dispatched, so its target is kept. */
  let latest: { target: EventTarget | null; clientX: number; clientY: number } | null = null;
  let timer = 0;
  let lastSent = 0;

  function flush(): void {
    timer = 0;
    if (!latest) return;
    const at = anchorAt(latest.target, latest.clientX, latest.clientY, idOf);
    latest = null;
    lastSent = performance.now();
    if (at) send({ type: 'pointer', at });
  }

  window.addEventListener(
    'pointermove',
    (event) => {
      latest = { target: event.composedPath()[0] ?? null, clientX: event.clientX, clientY: event.clientY };
      if (timer === 0) timer = setTimeout(flush, Math.max(0, MIN_INTERVAL_MS - (performance.now() - lastSent)));
    },
    listening,
  );
  window.addEventListener(
    'pointerout',
    (event) => {
      if (event.relatedTarget !== null) return;
      latest = null;
      send({ type: 'pointer-left' });
    },
    listening,
  );
  window.addEventListener(
    'pointerdown',
    (event) => {
      if (!isPointing()) return;
      const at = anchorAt(event.composedPath()[0] ?? null, event.clientX, event.clientY, idOf);
      if (at) send({ type: 'point', at });
    },
    listening,
  );
  signal.addEventListener('abort', () => clearTimeout(timer));
}
