import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';
import { setInputValue } from '../native-acts.ts';
import { moveFocus } from './move-focus.ts';
import { slide } from './slide.ts';
import type { Stage } from './stage.ts';
import { sendChosen } from './step.ts';

/** A date, a time, a color, a number: the value as a whole. */
export function set({ field, value }: Allowed<'set'>, stage: Stage): Outcome {
  if (field.type === 'range') return slide(field, value, stage) ? 'done' : 'prevented';
  moveFocus(field, stage);
  const before = field.value;
  setInputValue(field, value);
  // What the field cannot hold empties it, and the customer's value would be lost.
  if (field.value === '' && value !== '') {
    setInputValue(field, before);
    return 'failed';
  }
  if (field.value !== before) sendChosen(field);
  return 'done';
}
