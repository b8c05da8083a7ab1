import type { Modifier } from '../../../protocol/command.ts';
import type { Outcome } from '../../../protocol/errors.ts';
import { editingHost, isReadOnly, isTextField, saidIn, textPlaceOf } from '../editable.ts';
import { submitsByEnter } from '../effects.ts';
import type { Allowed } from '../guard.ts';
import { boxOf, documentOf, isConnected, windowOf } from '../../native.ts';
import { dispatch, focusHtml, scrollElement } from '../native-acts.ts';
import { isNamed } from '../path.ts';
import { closedByEscape } from '../top-layer.ts';
import { moveCaret, selectAll } from './caret.ts';
import { announceEdit, edit } from './edit.ts';
import { pressModifiers, releaseModifiers } from './held-keys.ts';
import { keyboardEvent } from './keyboard-event.ts';
import { focusedIn } from '../../record/states/focus.ts';
import { pointerEvent } from './pointer.ts';
import type { Stage } from './stage.ts';
import { step } from './step.ts';
import { nextInTabOrder } from './tab-order.ts';

/** A key that is not text: its events, and unless the page prevented it what the browser would do. */
export function key(command: Allowed<'key'>, stage: Stage): Outcome {
  const { element, key: name, modifiers } = command;
  const isPlain = !modifiers.some((modifier) => modifier !== 'shift');
  const place = (isPlain ? EDITING : ERASING).test(name) ? textPlaceOf(element) : null;
  const said = place && saidIn(place);
  pressModifiers(element, modifiers);
  const before = focusedIn(documentOf(element));
  let isTaken = keyboardEvent('keydown', element, name, modifiers);
  const hasPress = isPlain && (name === 'Enter' || /^.$/u.test(name));
  const entry = isTaken && hasPress && name !== 'Enter' ? entryOf(element, before, stage) : null;
  if (isTaken && hasPress) isTaken = keyboardEvent('keypress', entry ?? element, name, modifiers);
  // A list was open, and the page has left the key to the form.
  const isSubmit = name === 'Enter' && submitsByEnter(element);
  if (isTaken && entry) edit(entry, 'insertText', name, stage);
  else if (isTaken && !isSubmit && name !== ' ') act(command, stage);
  if (isTaken && command.accessed) access(command.accessed);
  // The focus may have moved by now: the key goes up where it is.
  const active = focusedIn(documentOf(element));
  const release = (name === 'Tab' && active) || (isTaken && command.radio) || entry || element;
  const isReleased = !isConnected(release) || keyboardEvent('keyup', release, name, modifiers);
  releaseModifiers(release, modifiers);
  if (isTaken && isReleased && name === ' ' && isPlain && !entry) press(command);
  if (isTaken && isSubmit) return 'refused:submit';
  // A menu goes its own way with arrows, a mask with Backspace: what has come of nothing else is not done.
  return isTaken || place === null || saidIn(place) !== said ? 'done' : 'prevented';
}

/**
 * What a character is typed into though the agent's side did not know of it: nothing in its markup says that it is an
 * editor, or this key has opened it, or one just before, as in the cells of a spreadsheet.
 */
function entryOf(element: Element, before: Element | null, stage: Stage): Element | null {
  const active = focusedIn(documentOf(element));
  const isLed = active !== null && active !== before && !stage.customerField();
  const entry = textPlaceOf(isLed ? active : element);
  return entry && !stage.judgeEntry(entry) && !stage.judgeEdit(entry, 'text') ? entry : null;
}

/** Keys that change a text. Enter does other things as well: who prevents it sends a message, or takes what is chosen in a list. */
const EDITING = /^(?:.|Backspace|Delete)$/u;
/** A letter with Control is a command of the page's: bold, or a dialog. */
const ERASING = /^(?:Backspace|Delete)$/u;

function act(command: Allowed<'key'>, stage: Stage): void {
  const { element, key: name, modifiers } = command;
  const isShifted = modifiers.includes('shift');
  const isField = (isTextField(element) && !isReadOnly(element)) || editingHost([element]) !== null;
  const isCommand = modifiers.includes('control') || modifiers.includes('meta');
  // Macs have Alt for it.
  const isFar = modifiers.includes('control') || modifiers.includes('alt');
  switch (name) {
    case 'Tab':
      if (!isCommand) tab(element, modifiers, stage);
      break;
    case 'Enter':
      if (!isReadOnly(element)) enter(command, isField, isShifted, stage);
      break;
    case 'Escape':
      escape(element);
      break;
    case 'Backspace':
      if (isField) edit(element, isFar ? 'deleteWordBackward' : 'deleteContentBackward', '', stage);
      break;
    case 'Delete':
      if (isField) edit(element, isFar ? 'deleteWordForward' : 'deleteContentForward', '', stage);
      break;
    case 'PageUp':
    case 'PageDown':
      if (!isField) turnPage(element, name === 'PageDown' ? 1 : -1);
      break;
    default:
      if (isCommand && name.toLowerCase() === 'a') selectAll(element);
      else if (command.radio) choose(command.radio);
      else if (!step(element, name) && isField) moveCaret(element, { key: name, isExtending: isShifted, isFar });
  }
}

function tab(element: Element, modifiers: readonly Modifier[], stage: Stage): void {
  const { tabFrom } = stage;
  const isNowhere = tabFrom && isConnected(tabFrom) && element === documentOf(tabFrom).body;
  const next = nextInTabOrder(isNowhere ? tabFrom : element, modifiers.includes('shift'));
  stage.commits.commit(next);
  if (!next || stage.customerField()) return;
  focusHtml(next);
  if (isTextField(next) && isNamed(next, 'input')) next.select();
}

function enter(command: Allowed<'key'>, isField: boolean, isShifted: boolean, stage: Stage): void {
  const { element } = command;
  if (isNamed(element, 'textarea')) edit(element, 'insertLineBreak', '\n', stage);
  else if (isTextField(element)) {
    announceEdit(element, 'insertLineBreak');
    stage.commits.commit();
  } else if (isField) edit(element, isShifted ? 'insertLineBreak' : 'insertParagraph', '', stage);
  else press(command);
}

const BUTTON_TYPES = new Set(['button', 'reset', 'color']);
const BOX_TYPES = new Set(['checkbox', 'radio']);

/** Enter and Space click what has the focus. */
function press({ element, key: name, judgeAgain }: Allowed<'key'>): void {
  const isButton = isNamed(element, 'button') || isNamed(element, 'summary');
  const isLink = name === 'Enter' && element.localName === 'a';
  const isInput =
    isNamed(element, 'input') && (BUTTON_TYPES.has(element.type) || (name === ' ' && BOX_TYPES.has(element.type)));
  if (!isButton && !isLink && !isInput) return;
  if (!isConnected(element) || judgeAgain() !== null) return;
  clickAtCentre(element);
}

function access(accessed: HTMLElement): void {
  focusHtml(accessed);
  clickAtCentre(accessed);
}

function choose(radio: HTMLInputElement): void {
  focusHtml(radio);
  clickAtCentre(radio);
}

function clickAtCentre(element: Element): void {
  const box = boxOf(element);
  pointerEvent('click', { element, x: box.left + box.width / 2, y: box.top + box.height / 2 });
}

/** As the browser's own close request does. */
function escape(element: Element): void {
  const closed = closedByEscape(documentOf(element));
  if (closed?.popover) closed.hidePopover();
  else if (closed && dispatch(closed, new (windowOf(closed).Event)('cancel', { cancelable: true })))
    (closed as HTMLDialogElement).close();
}

/** A little of the old page stays in sight. */
const PAGE = 0.875;

function turnPage(element: Element, direction: number): void {
  const root = documentOf(element).scrollingElement;
  if (root) scrollElement(root, { top: root.scrollTop + root.clientHeight * PAGE * direction, behavior: 'instant' });
}
