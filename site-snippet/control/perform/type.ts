import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';
import { documentOf, isConnected, windowOf } from '../../native.ts';
import { focusedIn } from '../../record/states/focus.ts';
import { dispatch } from '../native-acts.ts';
import { isTextField, saidIn, textPlaceOf } from '../editable.ts';
import { isNamed } from '../path.ts';
import { edit } from './edit.ts';
import { keyboardEvent } from './keyboard-event.ts';
import { moveFocus } from './move-focus.ts';
import { withoutSubmit } from './no-submit.ts';
import type { Stage } from './stage.ts';

/** Longer texts were pasted: nobody types so much between two commands. */
const MAX_KEYED_UNITS = 32;

/** Key by key, as a person would; a longer text in one piece. */
export function type({ field, text }: Allowed<'type'>, stage: Stage): Outcome {
  moveFocus(field, stage);
  const refused = stage.judgeEdit(field, text.includes('\n') ? 'block' : 'text');
  if (refused) return refused;
  const isSingleLine = isNamed(field, 'input');
  // A line's end in a single-line field would be Enter, and Enter submits.
  const wanted = text.replace(/\r\n?/gu, '\n').replaceAll('\n', isSingleLine ? '' : '\n');
  if (wanted.length > MAX_KEYED_UNITS) return paste(field, wanted, stage) ? 'done' : 'prevented';
  if (isTextField(field)) return pressAll(field, wanted, stage) ? 'done' : 'prevented';
  const [first = '', ...rest] = wanted;
  const isTaken = pressAll(field, first, stage);
  if (rest.length > 0) stage.unfinished = pressLater(field, rest, stage);
  return isTaken ? 'done' : 'prevented';
}

function pressAll(field: Element, characters: string, stage: Stage): boolean {
  let isTaken = true;
  let at: Element | null = field;
  for (const character of characters) {
    at = ledFrom(at, stage);
    if (!at) return false;
    isTaken = press(at, character, stage) && isTaken;
  }
  return isTaken;
}

/** The next key goes where the page has moved the focus meanwhile; `null`: the agent may not type there. */
function ledFrom(field: Element, stage: Stage): Element | null {
  const active = focusedIn(documentOf(field));
  const next = (active && textPlaceOf(active)) ?? field;
  if (next === field || stage.customerField()) return field;
  return stage.judgeEntry(next) ? null : next;
}

/** Editors render what a key has changed in a microtask, and read where the next one goes from that. */
async function pressLater(field: Element, characters: readonly string[], stage: Stage): Promise<void> {
  let at: Element | null = field;
  for (const character of characters) {
    await Promise.resolve();
    at = isConnected(at) ? ledFrom(at, stage) : null;
    if (!at || stage.judgeEdit(at, character === '\n' ? 'block' : 'text')) return;
    const to = at;
    withoutSubmit(to, stage, () => press(to, character, stage));
  }
}

function press(field: Element, character: string, stage: Stage): boolean {
  const key = character === '\n' ? 'Enter' : character;
  const said = saidIn(field);
  const isDown = keyboardEvent('keydown', field, key);
  const target = ledFrom(field, stage);
  const isTaken = isDown && target !== null && keyboardEvent('keypress', target, key) && put(target, character, stage);
  // Masks of fields put in themselves what they keep the browser from putting in.
  const isPut = isTaken || saidIn(field) !== said;
  keyboardEvent('keyup', ledFrom(target ?? field, stage) ?? field, key);
  return isPut;
}

function put(target: Element, character: string, stage: Stage): boolean {
  if (character !== '\n') return edit(target, 'insertText', character, stage);
  return isNamed(target, 'textarea')
    ? edit(target, 'insertLineBreak', '\n', stage)
    : edit(target, 'insertParagraph', '', stage);
}

function paste(field: Element, text: string, stage: Stage): boolean {
  const view = windowOf(field);
  const clipboardData = new view.DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new view.ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData });
  // Many editors put it in themselves.
  if (!dispatch(field, event)) return true;
  if (isTextField(field)) return edit(field, 'insertFromPaste', text, stage);
  return text.split('\n').every((line, index) => {
    const isBroken = index === 0 || edit(field, 'insertParagraph', '', stage);
    return isBroken && (line === '' || edit(field, 'insertFromPaste', line, stage));
  });
}
