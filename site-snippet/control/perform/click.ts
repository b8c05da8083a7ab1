import type { Outcome } from '../../../protocol/errors.ts';
import { editingHost, isTextField } from '../editable.ts';
import type { Allowed } from '../guard.ts';
import { documentOf } from '../../native.ts';
import { isNamed, pathOf } from '../path.ts';
import { rangeOfClicks, selectByClicks } from './caret.ts';
import { followInThisTab } from './follow.ts';
import { moveFocus } from './move-focus.ts';
import { hover, mouseEvent, pointerEvent, type At } from './pointer.ts';
import type { Stage } from './stage.ts';

/** The pointer comes, presses and lets go. What a click does by itself (links, boxes, labels) the browser does. */
export function click({ element, x, y, count, judgeAgain }: Allowed<'click'>, stage: Stage): Outcome {
  const at: At = { element, x, y };
  hover(at, stage);
  const isPressed = pointerEvent('pointerdown', at, { buttons: 1 });
  // A page that prevents `pointerdown` gets no mouse events, only the click.
  if (isPressed && mouseEvent('mousedown', at, { buttons: 1, detail: count })) {
    moveFocus(element, stage);
    placeCaret(at, count, stage);
  }
  pointerEvent('pointerup', at);
  if (isPressed) mouseEvent('mouseup', at, { detail: count });
  const refused = judgeAgain();
  if (refused) return refused;
  const isDone = followInThisTab(element, () => pointerEvent('click', at, { detail: count }));
  if (count === 2) mouseEvent('dblclick', at, { detail: count });
  // Routers prevent every link's default and do what it says; a box that does not tick is another matter.
  return isDone || !isBox(element) ? 'done' : 'prevented';
}

function isBox(element: Element): boolean {
  return isNamed(element, 'input') && (element.type === 'checkbox' || element.type === 'radio');
}

/** Where the agent clicked in the text; a second click takes the word, a third the line. Only the real mouse's press does this by itself. */
function placeCaret({ element, x, y }: At, count: number, stage: Stage): void {
  const document = documentOf(element) as Document & {
    caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null;
  };
  const position = document.caretPositionFromPoint?.(x, y) ?? null;
  // The caret is the customer's while they type there.
  if (isTextField(element)) {
    if (element.selectionStart === null || stage.customerField() === element) return;
    const end = position?.offsetNode === element ? position.offset : element.value.length;
    element.setSelectionRange(...rangeOfClicks(element, end, count));
    return;
  }
  const host = editingHost(pathOf(element));
  if (!host || !position || stage.customerField() || !host.contains(position.offsetNode)) return;
  selectByClicks(host, position.offsetNode, position.offset, count);
}
