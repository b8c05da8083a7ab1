import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';
import { isNamed } from '../path.ts';
import { edit } from './edit.ts';
import { keyboardEvent } from './keyboard-event.ts';
import { moveFocus } from './move-focus.ts';
import type { Stage } from './stage.ts';

/** Longer texts were pasted: nobody types so much between two commands. */
const MAX_KEYED_UNITS = 32;

/** Key by key, as a person would; a longer text in one piece. */
export function type({ field, text }: Allowed<'type'>, stage: Stage): Outcome {
  moveFocus(field, stage);
  const isSingleLine = isNamed(field, 'input');
  // A line's end in a single-line field would be Enter, and Enter submits.
  const wanted = text.replace(/\r\n?/gu, '\n').replaceAll('\n', isSingleLine ? '' : '\n');
  let isPrevented = false;
  if (wanted.length > MAX_KEYED_UNITS) isPrevented = !paste(field, wanted, stage);
  else for (const character of wanted) isPrevented = !press(field, character, stage) || isPrevented;
  return isPrevented ? 'prevented' : 'done';
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
  if (isNamed(field, 'textarea') || isNamed(field, 'input')) return edit(field, 'insertFromPaste', text, stage);
  return text.split('\n').every((line, index) => {
    const isBroken = index === 0 || edit(field, 'insertParagraph', '', stage);
    return isBroken && (line === '' || edit(field, 'insertFromPaste', line, stage));
  });
}
