import { editContextOf, isTextField, type EditContextLike, type TextField } from '../editable.ts';
import { documentOf, windowOf } from '../../native.ts';
import { dispatch, focusHtml, runCommand, setInputValue, setTextareaValue } from '../native-acts.ts';
import type { EditKind } from '../edit-reach.ts';
import { isNamed, pathOf } from '../path.ts';
import { editContext } from './edit-context.ts';
import { nextWord, previousWord } from './words.ts';
import { focusedIn } from '../../record/states/focus.ts';
import type { Stage } from './stage.ts';

export type InsertType =
  | 'insertText'
  | 'insertFromPaste'
  | 'insertCompositionText'
  | 'insertLineBreak'
  | 'insertParagraph';
export type DeleteType = 'deleteContentBackward' | 'deleteContentForward' | 'deleteWordBackward' | 'deleteWordForward';

const WITH_TEXT: ReadonlySet<string> = new Set(['insertText', 'insertFromPaste', 'insertCompositionText']);

/**
 * One edit, as the browser makes it: `beforeinput`, the change unless the page prevented it, the caret, `input`.
 * @returns `false` when the page prevented it
 */
export function edit(target: Element, inputType: InsertType | DeleteType, text: string, stage: Stage): boolean {
  return isTextField(target)
    ? editField(target, inputType, text, stage)
    : editContent(target as HTMLElement, inputType, text, stage);
}

/** Says what would be edited, where nothing is: a line's end in a field of one line. */
export function announceEdit(field: Element, inputType: InsertType): void {
  sendInput(field, 'beforeinput', inputType, null, []);
}

// --- Fields ---

/** What the agent has typed into a number field so far: it has no value while it reads `1.` or `-`. */
const unfinishedNumbers = new WeakMap<TextField, { readonly text: string; readonly value: string }>();

function editField(field: TextField, inputType: InsertType | DeleteType, text: string, stage: Stage): boolean {
  const data = WITH_TEXT.has(inputType) ? text : null;
  if (!sendInput(field, 'beforeinput', inputType, data, [])) return false;
  // Read now: the page may have changed the value while it was asked.
  const before = field.value;
  const after = isNumber(field) ? typedNumber(field) : before;
  const [start, end] = selectionOf(field, after);
  const change = inputType.startsWith('delete')
    ? cut(after, start, end, inputType as DeleteType)
    : put(after, start, end, fitting(field, text, after.length - (end - start)));
  if (change.value === after) return true;
  stage.commits.edited(field, before);
  setText(field, change.value);
  if (field.selectionStart !== null) field.setSelectionRange(change.caret, change.caret);
  sendInput(field, 'input', inputType, data, []);
  return true;
}

interface Change {
  readonly value: string;
  readonly caret: number;
}

function put(value: string, start: number, end: number, text: string): Change {
  return { value: value.slice(0, start) + text + value.slice(end), caret: start + text.length };
}

function cut(value: string, start: number, end: number, type: DeleteType): Change {
  if (start !== end) return put(value, start, end, '');
  const isWord = type.startsWith('deleteWord');
  if (type.endsWith('Backward')) {
    return put(value, isWord ? previousWord(value, start) : start - lengthOfLast(value.slice(0, start)), start, '');
  }
  return put(value, start, isWord ? nextWord(value, start) : start + lengthOfFirst(value.slice(start)), '');
}

/** Backspace takes a whole emoji, flag or accented letter. */
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Looking for the last one does not read a whole page of text. */
const MAX_CHARACTER_UNITS = 64;

function lengthOfFirst(text: string): number {
  for (const { segment } of characters.segment(text.slice(0, MAX_CHARACTER_UNITS))) return segment.length;
  return 0;
}

function lengthOfLast(text: string): number {
  let length = 0;
  for (const { segment } of characters.segment(text.slice(-MAX_CHARACTER_UNITS))) ({ length } = segment);
  return length;
}

/** `maxlength` holds for people, not for scripts, so it is on us to keep it; for numbers it holds for nobody. */
function fitting(field: TextField, text: string, taken: number): string {
  return field.maxLength < 0 || isNumber(field) ? text : text.slice(0, Math.max(0, field.maxLength - taken));
}

/** Email and number fields do not tell: there all is selected, or the caret is at the end. */
function selectionOf(field: TextField, value: string): readonly [number, number] {
  const { selectionStart, selectionEnd } = field;
  return [selectionStart ?? (isSelected(field, value) ? 0 : value.length), selectionEnd ?? value.length];
}

/** Of the field that has the focus, Chrome says as the document's what text is selected. */
function isSelected(field: TextField, value: string): boolean {
  const document = documentOf(field);
  return focusedIn(document) === field && String(document.getSelection()) === value;
}

function isNumber(field: TextField): boolean {
  return field.type === 'number';
}

function typedNumber(field: TextField): string {
  const typed = unfinishedNumbers.get(field);
  return typed && typed.value === field.value ? typed.text : field.value;
}

function setText(field: TextField, value: string): void {
  if (isNamed(field, 'textarea')) {
    setTextareaValue(field, value);
    return;
  }
  const before = field.value;
  setInputValue(field, value);
  if (!isNumber(field)) return;
  // `1.` on the way to `1.5` must not empty the field.
  if (field.value === '' && value !== '' && /^[-+]?[\d.]*(?:e[-+]?\d*)?$/iu.test(value)) setInputValue(field, before);
  unfinishedNumbers.set(field, { text: value, value: field.value });
}

// --- Editors ---

const COMMANDS: Readonly<Record<InsertType | DeleteType, readonly [command: string, kind: EditKind]>> = {
  insertText: ['insertText', 'text'],
  insertFromPaste: ['insertText', 'text'],
  insertCompositionText: ['insertText', 'text'],
  insertLineBreak: ['insertLineBreak', 'text'],
  insertParagraph: ['insertParagraph', 'block'],
  deleteContentBackward: ['delete', 'backward'],
  deleteContentForward: ['forwardDelete', 'forward'],
  deleteWordBackward: ['delete', 'whole'],
  deleteWordForward: ['forwardDelete', 'whole'],
};

function editContent(host: HTMLElement, inputType: InsertType | DeleteType, text: string, stage: Stage): boolean {
  const document = documentOf(host);
  const busy = stage.customerField();
  const data = text === '' ? null : text;
  const context = editContextOf(host);
  if (context) return editInContext(host, context, inputType, text);
  if (busy && busy !== host) return editAside(host, inputType, text);
  if (focusedIn(document) !== host) focusHtml(host, { preventScroll: true });
  const selection = document.getSelection();
  if (!selection) return false;
  if (!host.contains(selection.anchorNode)) {
    selection.selectAllChildren(host);
    selection.collapseToEnd();
  }
  const ranges = selection.rangeCount > 0 ? [new StaticRange(selection.getRangeAt(0))] : [];
  if (!sendInput(host, 'beforeinput', inputType, data, ranges)) return false;
  const [command, kind] = COMMANDS[inputType];
  // The page was asked, and may have moved the focus or the caret.
  const active = focusedIn(document);
  if ((active && !pathOf(active).includes(host)) || stage.judgeEdit(host, kind)) return false;
  if (inputType.startsWith('deleteWord') && selection.isCollapsed) {
    selection.modify('extend', inputType === 'deleteWordBackward' ? 'backward' : 'forward', 'word');
  }
  // The browser's own editing: it keeps the undo history, and sends `input` itself.
  return runCommand(document, command, false, text);
}

/** Line ends are the editor's own business. */
function editInContext(
  host: HTMLElement,
  context: EditContextLike,
  inputType: InsertType | DeleteType,
  text: string,
): boolean {
  const isText = WITH_TEXT.has(inputType);
  if (!sendInput(host, 'beforeinput', inputType, isText ? text : null, [])) return false;
  if (isText) editContext(host, context, text, 0);
  else if (inputType === 'deleteContentBackward') {
    editContext(host, context, '', -lengthOfLast(context.text.slice(0, context.selectionStart)));
  } else if (inputType === 'deleteContentForward') {
    editContext(host, context, '', lengthOfFirst(context.text.slice(context.selectionEnd)));
  }
  return true;
}

/** Without the focus there is no selection to edit at: text goes to the end. */
function editAside(host: HTMLElement, inputType: InsertType | DeleteType, text: string): boolean {
  if (!WITH_TEXT.has(inputType)) return false;
  const range = documentOf(host).createRange();
  range.selectNodeContents(host);
  range.collapse(false);
  if (!sendInput(host, 'beforeinput', inputType, text, [new StaticRange(range)])) return false;
  range.insertNode(documentOf(host).createTextNode(text));
  host.normalize();
  sendInput(host, 'input', inputType, text, []);
  return true;
}

function sendInput(
  target: Element,
  type: 'beforeinput' | 'input',
  inputType: string,
  data: string | null,
  targetRanges: StaticRange[],
): boolean {
  const view = windowOf(target);
  const cancelable = type === 'beforeinput';
  return dispatch(
    target,
    new view.InputEvent(type, { bubbles: true, composed: true, cancelable, view, inputType, data, targetRanges }),
  );
}
