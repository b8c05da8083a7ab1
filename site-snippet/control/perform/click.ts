import { editingHost, isTextField } from '../editable.ts';
import type { Allowed } from '../guard.ts';
import { documentOf, isConnected, outerHtmlOf } from '../../native.ts';
import { isNamed, pathOf } from '../path.ts';
import type { At } from './at.ts';
import { extendInEditor, extendInField, rangeOfClicks, selectByClicks } from './caret.ts';
import { followInThisTab } from './follow.ts';
import { pressModifiers, releaseModifiers } from './held-keys.ts';
import { heldKeys } from './keyboard-event.ts';
import { moveFocus } from './move-focus.ts';
import { watchCapture } from './pointer-capture.ts';
import { hover, mouseEvent, pointerEvent } from './pointer.ts';
import type { Stage } from './stage.ts';
import type { Steps } from './steps.ts';

/** The pointer comes, presses and lets go. What a click does by itself (links, boxes, labels) the browser does. */
export function* click(command: Allowed<'click'>, stage: Stage): Steps {
  const { element, modifiers } = command;
  // A real key goes where the focus is, which the agent may have no business with.
  pressModifiers(element, modifiers);
  const capture = watchCapture(pathOf(element));
  try {
    return yield* pressAndRelease(command, stage);
  } finally {
    capture.end();
    if (isConnected(element)) releaseModifiers(element, modifiers);
  }
}

function* pressAndRelease(command: Allowed<'click'>, stage: Stage): Steps {
  const { element, x, y, count, modifiers, atRelease } = command;
  const at: At = { element, x, y };
  const held = heldKeys(modifiers);
  hover(at, stage);
  const isPressed = pointerEvent('pointerdown', at, { buttons: 1, ...held });
  // A page that prevents `pointerdown` gets no mouse events, only the click.
  if (isPressed && mouseEvent('mousedown', at, { buttons: 1, detail: count, ...held })) {
    moveFocus(element, stage);
    placeCaret(command, stage);
  }
  let isHeld = true;
  try {
    yield;
    isHeld = false;
  } finally {
    if (isHeld) pointerEvent('pointercancel', at, { cancelable: false });
  }
  const { beneath: released } = atRelease();
  if (released === null) return 'gone';
  pointerEvent('pointerup', { element: released, x, y }, held);
  if (isPressed) mouseEvent('mouseup', { element: released, x, y }, { detail: count, ...held });
  const { beneath, refused } = atRelease();
  if (beneath === null || refused !== null) return refused ?? 'gone';
  const end: At = { element: beneath, x, y };
  const drawn = isBox(beneath) && drawnAround(beneath);
  const isDone = followInThisTab(beneath, modifiers, () => pointerEvent('click', end, { detail: count, ...held }));
  if (count === 2) mouseEvent('dblclick', end, { detail: count, ...held });
  // Routers prevent every link's default and do what it says; a box that does not tick is another matter.
  if (isDone || drawn === false) return 'done';
  // Unless the tick is a drawing of the page's own, which it may change a turn later.
  yield;
  return drawnAround(beneath) === drawn ? 'prevented' : 'done';
}

function isBox(element: Element): boolean {
  return isNamed(element, 'input') && (element.type === 'checkbox' || element.type === 'radio');
}

function drawnAround(box: Element): string | undefined {
  const [, around] = pathOf(box);
  return around && outerHtmlOf(around);
}

/**
 * Where the agent clicked in the text; a second click takes the word, a third the line, and with Shift all from where the
 * caret was. Only the real mouse's press does this by itself.
 */
function placeCaret({ element, x, y, count, modifiers }: Allowed<'click'>, stage: Stage): void {
  const isExtending = modifiers.includes('shift');
  const document = documentOf(element) as Document & {
    caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null;
  };
  const position = document.caretPositionFromPoint?.(x, y) ?? null;
  // The caret is the customer's while they type there.
  if (isTextField(element)) {
    if (element.selectionStart === null || stage.customerField() === element) return;
    const end = position?.offsetNode === element ? position.offset : element.value.length;
    if (isExtending) extendInField(element, end);
    else element.setSelectionRange(...rangeOfClicks(element, end, count));
    return;
  }
  const host = editingHost(pathOf(element));
  if (!host || !position || stage.customerField() || !host.contains(position.offsetNode)) return;
  if (isExtending) extendInEditor(host, position.offsetNode, position.offset);
  else selectByClicks(host, position.offsetNode, position.offset, count);
}
