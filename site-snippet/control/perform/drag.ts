import { attributeOf, isConnected, windowOf } from '../../native.ts';
import { dispatch } from '../native-acts.ts';
import type { Allowed } from '../guard.ts';
import { isNamed, pathOf } from '../path.ts';
import type { At } from './at.ts';
import { moveFocus } from './move-focus.ts';
import { watchCapture, type Capture } from './pointer-capture.ts';
import { hover, leave, mouseEvent, pointerEvent } from './pointer.ts';
import type { Stage } from './stage.ts';
import type { Steps } from './steps.ts';

/** Enough for libraries that start a drag after some pixels, and look where it goes. */
const STEPS = 8;
/** Some look where the pointer is only every 50 ms. */
const SETTLING_STEPS = 3;

/** Press, move, let go: by HTML's drag and drop where the page offers it, else by the pointer alone. */
export function* drag(command: Allowed<'drag'>, stage: Stage): Steps {
  const { from } = command;
  hover(from, stage);
  const capture = watchCapture(pathOf(from.element));
  try {
    const isPressed = pointerEvent('pointerdown', from, { buttons: 1 });
    const isStarted = isPressed && mouseEvent('mousedown', from, { buttons: 1, detail: 1 });
    const source = isStarted ? draggableOf(from.element) : null;
    if (source) return yield* dragData(source, command, stage);
    if (isStarted) moveFocus(from.element, stage);
    return yield* dragPointer(command, capture, isPressed, stage);
  } finally {
    capture.end();
  }
}

function* dragPointer(
  { from, to, allowedAt }: Allowed<'drag'>,
  capture: Capture,
  hasMouse: boolean,
  stage: Stage,
): Steps {
  const holder = capture.holder();
  const captured = holder !== null && isConnected(holder) ? holder : null;
  if (captured) pointerEvent('gotpointercapture', { ...from, element: captured });
  const under = (x: number, y: number): Element | null => captured ?? allowedAt(x, y);
  const settling = Array.from({ length: SETTLING_STEPS }, () => to);
  let isHeld = true;
  try {
    for (const { x, y } of [...placesBetween(from, to), ...settling]) {
      yield;
      // What is dragged may have come under the pointer, which stands still by then.
      const element = under(x, y);
      if (element) hover({ element, x, y }, stage, 1);
    }
    isHeld = false;
  } finally {
    if (isHeld) pointerEvent('pointercancel', from, { cancelable: false });
  }
  // The page may have moved something under the pointer, or taken it away.
  const element = under(to.x, to.y) ?? to.element;
  if (!isConnected(element)) return 'gone';
  const end: At = { element, x: to.x, y: to.y };
  pointerEvent('pointerup', end);
  if (hasMouse) mouseEvent('mouseup', end, { detail: 1 });
  if (captured && isConnected(captured)) pointerEvent('lostpointercapture', { ...end, element: captured });
  const clicked = pathOf(element).find((one) => pathOf(from.element).includes(one));
  if (clicked) pointerEvent('click', { ...end, element: clicked }, { detail: 1 });
  // Nobody holds the pointer any more: it is over what is really there.
  const beneath = captured && allowedAt(to.x, to.y);
  if (beneath && beneath !== captured) hover({ ...end, element: beneath }, stage, 0, 0);
  return 'done';
}

function* dragData(source: Element, { from, to, allowedAt }: Allowed<'drag'>, stage: Stage): Steps {
  const data = dataOf(source);
  const send = (type: string, at: At, details: DragDetails = {}): boolean => dragEvent(type, at, data, details);
  if (!send('dragstart', { ...from, element: source })) return 'prevented';
  pointerEvent('pointercancel', from, { cancelable: false });
  leave(from, null, pointerEvent, 'pointer', {});
  let over: Element | null = null;
  let mayDrop = false;
  let end: At = from;
  try {
    for (const { x, y } of placesBetween(from, to)) {
      yield;
      send('drag', { element: source, x, y });
      const element = x === to.x && y === to.y ? (allowedAt(x, y) ?? to.element) : allowedAt(x, y);
      if (element && element !== over) {
        send('dragenter', { element, x, y }, { relatedTarget: over });
        if (over && isConnected(over)) send('dragleave', { element: over, x, y }, { relatedTarget: element });
        over = element;
      }
      mayDrop = over !== null && isConnected(over) && !send('dragover', { element: over, x, y });
    }
    if (over && isConnected(over)) {
      if (mayDrop) send('drop', { ...to, element: over });
      else send('dragleave', { ...to, element: over });
    }
    end = to;
  } finally {
    stage.pointer = null;
    if (isConnected(source)) send('dragend', { ...end, element: source });
  }
  return mayDrop ? 'done' : 'prevented';
}

interface DragDetails {
  readonly relatedTarget?: Element | null;
}

/** @returns `false` when the page prevented its default, which for `dragover` means: it may be dropped here */
function dragEvent(type: string, { element, x, y }: At, dataTransfer: DataTransfer, details: DragDetails): boolean {
  const view = windowOf(element);
  const isNews = type === 'dragleave' || type === 'dragend';
  // Chrome tells of the button that is held only when the drag begins.
  const buttons = type === 'dragstart' ? 1 : 0;
  return dispatch(
    element,
    new view.DragEvent(type, {
      ...details,
      bubbles: true,
      composed: true,
      cancelable: !isNews,
      view,
      clientX: x,
      clientY: y,
      buttons,
      dataTransfer,
    }),
  );
}

/** Links and pictures can be dragged by themselves, other elements when they say so. */
function draggableOf(element: Element): HTMLElement | null {
  for (const passed of pathOf(element)) {
    if ('draggable' in passed && passed.draggable === true) return passed as HTMLElement;
    if (attributeOf(passed, 'draggable') === 'false') return null;
  }
  return null;
}

function dataOf(source: Element): DataTransfer {
  const data = new (windowOf(source).DataTransfer)();
  data.effectAllowed = 'all';
  if (isNamed(source, 'a')) {
    data.setData('text/uri-list', source.href);
    data.setData('text/plain', source.href);
  }
  return data;
}

function placesBetween(from: At, to: At): { readonly x: number; readonly y: number }[] {
  const places = [];
  for (let step = 1; step <= STEPS; step += 1) {
    const part = step / STEPS;
    places.push({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
  }
  return places;
}
