import { windowOf } from '../../native.ts';
import type { EditContextLike } from '../editable.ts';

/**
 * An editor that draws its text itself and takes what is typed from an `EditContext` (W3C EditContext API), as Monaco
 * does: the text changes there, and `textupdate` tells the editor.
 * @param remove how many units before (negative) or after the caret go when nothing is selected
 */
export function editContext(host: Element, context: EditContextLike, text: string, remove: number): void {
  const { selectionStart, selectionEnd, text: before } = context;
  let start = Math.min(selectionStart, selectionEnd);
  let end = Math.max(selectionStart, selectionEnd);
  if (start === end) {
    start = Math.max(0, start + Math.min(0, remove));
    end = Math.min(before.length, end + Math.max(0, remove));
  }
  if (start === end && text === '') return;
  const caret = start + text.length;
  context.updateText(start, end, text);
  context.updateSelection(caret, caret);
  const { TextUpdateEvent } = windowOf(host) as unknown as {
    TextUpdateEvent: new (type: string, init: object) => Event;
  };
  context.dispatchEvent(
    new TextUpdateEvent('textupdate', {
      cancelable: true,
      text,
      updateRangeStart: start,
      updateRangeEnd: end,
      selectionStart: caret,
      selectionEnd: caret,
    }),
  );
}
