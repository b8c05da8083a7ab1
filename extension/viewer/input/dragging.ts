import type { Act } from '../../../protocol/command.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { Anchor } from '../../../protocol/page-message.ts';
import { firstChildOf, getAttribute, localNameOf, parentOf } from '../mirror/dom.ts';
import { anchorAt } from './anchor.ts';
import { isSlider } from './mirrored-field.ts';

export interface Dragging {
  /** Whether this click is only the end of a drag, or of selecting text. */
  isEnd(event: MouseEvent): boolean;
}

/** A press that moves less is a click. */
const MIN_DISTANCE_PX = 6;
/** A crosshair is for drawing: on maps, plans and pictures. */
const DRAG_CURSORS = /grab|move|resize|all-scroll|crosshair/u;
const DRAWN_ON = new Set(['canvas', 'svg']);
/** Libraries' own sliders and scroll bars may look like any other box. */
const DRAGGED_ROLES = new Set(['slider', 'scrollbar']);

interface Press {
  readonly x: number;
  readonly y: number;
  /** What would be dragged; `null`: text would be selected. */
  readonly from: Anchor | null;
}

/** Press, move, let go in the mirror: a drag on the customer's page where something can be dragged, or anywhere with Alt. */
export function sendDragging(
  window: Window,
  idOf: (node: Node) => NodeId,
  isWriting: () => boolean,
  act: (act: Act) => void,
  signal: AbortSignal,
): Dragging {
  const listening = { capture: true, passive: true, signal } as const;
  let press: Press | null = null;
  let isDragged = false;

  window.addEventListener(
    'pointerdown',
    (event) => {
      isDragged = false;
      press = null;
      if (!isWriting() || event.button !== 0) return;
      const [target] = event.composedPath();
      const at = anchorAt(target ?? null, event.clientX, event.clientY, idOf);
      const isDrag = target instanceof Element && (event.altKey || canBeDragged(target));
      const from = isDrag ? at : null;
      press = { x: event.clientX, y: event.clientY, from };
    },
    listening,
  );
  window.addEventListener(
    'pointerup',
    (event) => {
      const started = press;
      press = null;
      if (!started || Math.hypot(event.clientX - started.x, event.clientY - started.y) < MIN_DISTANCE_PX) return;
      isDragged = true;
      const to = anchorAt(event.composedPath()[0] ?? null, event.clientX, event.clientY, idOf);
      if (started.from && to && isWriting()) act({ act: 'drag', from: started.from, to });
    },
    listening,
  );

  return { isEnd: ({ detail }) => isDragged && detail > 0 };
}

/** The page's own code is not here, so what can be dragged is told by what it looks like. */
function canBeDragged(target: Element): boolean {
  if (isSlider(target)) return false;
  const style = getComputedStyle(target);
  if (DRAG_CURSORS.test(style.cursor)) return true;
  for (let at: Node | null = target; at instanceof Element; at = parentOf(at)) {
    if (keepsTouches(at)) return true;
    if (getAttribute(at, 'draggable') === 'true' || DRAWN_ON.has(localNameOf(at))) return true;
    if (DRAGGED_ROLES.has(getAttribute(at, 'role') ?? '')) return true;
  }
  // A knob: it says that it can be pressed, and there is no text in it that could be selected.
  if (style.cursor === 'pointer' && firstChildOf(target) === null) return true;
  return style.userSelect === 'none' && localNameOf(target) !== 'button';
}

/** Not inherited, but it holds for all that is inside: a slider says it once, for its handles as well. */
function keepsTouches(element: Element): boolean {
  // Some pages do so only to be no larger or smaller by two fingers.
  if (localNameOf(element) === 'body' || localNameOf(element) === 'html') return false;
  return getComputedStyle(element).touchAction === 'none';
}
