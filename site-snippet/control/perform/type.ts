import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';
import { isConnected, windowOf } from '../../native.ts';
import { dispatch } from '../native-acts.ts';
import { isTextField } from '../editable.ts';
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
  const [first = '', ...rest] = wanted;
  let isTaken = first === '' || press(field, first, stage);
  if (isTextField(field)) for (const character of rest) isTaken = press(field, character, stage) && isTaken;
  else void pressLater(field, rest, stage);
  return isTaken ? 'done' : 'prevented';
}

/**
 * Editors render what a key has changed in a microtask, and read where the next one goes from that. All of these run
 * before the next command can come.
 */
async function pressLater(field: Element, characters: readonly string[], stage: Stage): Promise<void> {
  for (const character of characters) {
    await Promise.resolve();
    if (!isConnected(field) || stage.judgeEdit(field, character === '\n' ? 'block' : 'text')) return;
    withoutSubmit(field, stage, () => press(field, character, stage));
  }
}

function press(field: Element, character: string, stage: Stage): boolean {
  const key = character === '\n' ? 'Enter' : character;
  const lineEnd = isNamed(field, 'textarea') ? 'insertLineBreak' : 'insertParagraph';
  const isTaken =
    keyboardEvent('keydown', field, key) &&
    keyboardEvent('keypress', field, key) &&
    (character === '\n'
      ? edit(field, lineEnd, isNamed(field, 'textarea') ? '\n' : '', stage)
      : edit(field, 'insertText', character, stage));
  keyboardEvent('keyup', field, key);
  return isTaken;
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
