import type { Act } from '../../../protocol/command.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { anchorAt } from './anchor.ts';

/** A scroll this soon after the agent's wheel is the agent's; any other came from the customer's page. */
const WHEEL_LASTS_MS = 300;
const MIN_INTERVAL_MS = 100;

interface Turned {
  readonly target: EventTarget | null;
  readonly clientX: number;
  readonly clientY: number;
  readonly x: number;
  readonly y: number;
}

/** The mirror scrolls by itself under the agent's wheel; in Write mode the customer's page follows. */
export function sendScrolling(
  window: Window,
  idOf: (node: Node) => NodeId,
  isWriting: () => boolean,
  act: (act: Act) => void,
  signal: AbortSignal,
): void {
  const listening = { capture: true, passive: true, signal } as const;
  let wheeledAt = -WHEEL_LASTS_MS;
  let scrolled: Node | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What of the wheel has gathered since it was last told. */
  let wheeled: Turned | null = null;
  let turning: ReturnType<typeof setTimeout> | undefined;

  function send(): void {
    timer = undefined;
    const id = scrolled ? idOf(scrolled) : 0;
    if (id === 0 || !isWriting()) return;
    const { scrollLeft, scrollTop } = scrolled instanceof Element ? scrolled : pageScroll(window);
    act({ act: 'scroll', node: id, x: pixels(scrollLeft), y: pixels(scrollTop) });
  }

  function turn(): void {
    turning = undefined;
    const at = wheeled && anchorAt(wheeled.target, wheeled.clientX, wheeled.clientY, idOf);
    if (at && wheeled && isWriting()) act({ act: 'wheel', at, x: Math.round(wheeled.x), y: Math.round(wheeled.y) });
    wheeled = null;
  }

  window.addEventListener(
    'wheel',
    (event) => {
      wheeledAt = performance.now();
      if (!isWriting()) return;
      const { clientX, clientY, deltaX, deltaY } = event;
      const before = wheeled ?? { x: 0, y: 0 };
      const target = event.composedPath()[0] ?? null;
      wheeled = { target, clientX, clientY, x: before.x + deltaX, y: before.y + deltaY };
      turning ??= setTimeout(turn, MIN_INTERVAL_MS);
    },
    listening,
  );
  window.addEventListener(
    'scroll',
    ({ target }) => {
      if (!isWriting() || performance.now() - wheeledAt > WHEEL_LASTS_MS || !(target instanceof Node)) return;
      scrolled = target;
      timer ??= setTimeout(send, MIN_INTERVAL_MS);
    },
    listening,
  );
  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      clearTimeout(turning);
    },
    { once: true },
  );
}

function pageScroll(window: Window): { readonly scrollLeft: number; readonly scrollTop: number } {
  return { scrollLeft: window.scrollX, scrollTop: window.scrollY };
}

/** Right-to-left boxes scroll to negative positions, which the command cannot say. */
function pixels(position: number): number {
  return Math.max(0, Math.round(position));
}
