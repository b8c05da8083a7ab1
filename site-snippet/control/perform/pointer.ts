import { innermostAt } from '../../innermost.ts';
import { documentOf, isConnected, viewOf, windowOf } from '../../native.ts';
import { isRendered } from '../focusable.ts';
import { dispatch } from '../native-acts.ts';
import { pathOf } from '../path.ts';
import type { At } from './at.ts';
import type { Stage } from './stage.ts';

interface Details {
  readonly detail?: number;
  readonly button?: number;
  readonly buttons?: number;
  readonly relatedTarget?: Element | null;
  readonly bubbles?: boolean;
  readonly cancelable?: boolean;
  readonly shiftKey?: boolean;
  readonly ctrlKey?: boolean;
  readonly altKey?: boolean;
  readonly metaKey?: boolean;
}

/** A mouse's `pointer…` event. @returns `false` when the page prevented its default */
export function pointerEvent(type: string, { element, x, y }: At, details: Details = {}): boolean {
  const view = windowOf(element);
  const bubbles = details.bubbles ?? true;
  return dispatch(
    element,
    new view.PointerEvent(type, {
      ...place(view, x, y),
      ...details,
      bubbles,
      composed: bubbles,
      cancelable: details.cancelable ?? bubbles,
      pointerId: 1,
      pointerType: 'mouse',
      isPrimary: true,
      pressure: details.buttons ? 0.5 : 0,
    }),
  );
}

/** @returns `false` when the page prevented its default */
export function mouseEvent(type: string, { element, x, y }: At, details: Details = {}): boolean {
  const view = windowOf(element);
  const bubbles = details.bubbles ?? true;
  return dispatch(
    element,
    new view.MouseEvent(type, { ...place(view, x, y), ...details, bubbles, composed: bubbles, cancelable: bubbles }),
  );
}

function place(view: Window, x: number, y: number) {
  return {
    view: view as Window & typeof globalThis,
    clientX: x,
    clientY: y,
    screenX: view.screenX + x,
    screenY: view.screenY + y,
  };
}

/** A pointer event in which no button changes says so (Pointer Events, "button"); a mouse event cannot. */
const NO_BUTTON = -1;

/**
 * The pointer comes to the element from where it was: menus that open under it listen to these.
 * @param button which one's change brought it there; none, when it moved
 */
export function hover(at: At, stage: Stage, buttons = 0, button = NO_BUTTON): void {
  const { pointer } = stage;
  // Two clicks at one place: the pointer has not moved.
  if (pointer?.element === at.element && pointer.x === at.x && pointer.y === at.y) return;
  // A frame that has gone has taken its window along, though what was in it still hangs together.
  const last = pointer && isConnected(pointer.element) && viewOf(pointer.element) ? pointer : null;
  const from = last && (isRendered(last.element) ? last.element : leaveHidden(last));
  stage.pointer = at;
  if (from !== at.element) {
    cross(from, at, pointerEvent, 'pointer', { button, buttons });
    cross(from, at, mouseEvent, 'mouse', { button: 0, buttons });
  }
  pointerEvent('pointermove', at, { button, buttons });
  mouseEvent('mousemove', at, { buttons });
  if (buttons === 0) stage.hoverStyle.show(at.element);
}

/**
 * A menu that closes when something in it is chosen is left in that moment, though the pointer stands still.
 * @returns what the pointer is in since then, of all that it was in
 */
function leaveHidden(last: At): Element | null {
  const beneath = innermostAt(documentOf(last.element), last.x, last.y);
  const around = beneath ? pathOf(beneath) : [];
  const to = pathOf(last.element).find((element) => around.includes(element)) ?? null;
  leave(last, to, pointerEvent, 'pointer', { button: NO_BUTTON });
  leave(last, to, mouseEvent, 'mouse', {});
  return to;
}

type Send = typeof mouseEvent;

function cross(from: Element | null, at: At, send: Send, kind: 'pointer' | 'mouse', details: Details): void {
  const into = pathOf(at.element);
  const outOf = from ? pathOf(from) : [];
  if (from) leave({ ...at, element: from }, at.element, send, kind, details);
  send(`${kind}over`, at, { ...details, relatedTarget: from });
  for (const element of [...into].reverse()) {
    if (!outOf.includes(element))
      send(`${kind}enter`, { ...at, element }, { ...details, relatedTarget: from, bubbles: false });
  }
}

/** @param to where the pointer goes from there; `null`: nowhere */
export function leave(from: At, to: Element | null, send: Send, kind: 'pointer' | 'mouse', details: Details): void {
  const into = to ? pathOf(to) : [];
  send(`${kind}out`, from, { ...details, relatedTarget: to });
  for (const element of pathOf(from.element)) {
    if (!into.includes(element))
      send(`${kind}leave`, { ...from, element }, { ...details, relatedTarget: to, bubbles: false });
  }
}
