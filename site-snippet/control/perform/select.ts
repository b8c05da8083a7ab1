import type { Outcome } from '../../../protocol/errors.ts';
import type { Allowed } from '../guard.ts';
import { setOptionSelected, setSelectedIndex } from '../native-acts.ts';
import { moveFocus } from './move-focus.ts';
import type { Stage } from './stage.ts';
import { sendChosen } from './step.ts';

/** Chooses from a list. Nothing is sent when it was chosen already, as in the browser. */
export function select({ field, indices }: Allowed<'select'>, stage: Stage): Outcome {
  moveFocus(field, stage);
  const before = chosenIn(field);
  const [first] = indices;
  if (!field.multiple && first !== undefined) {
    setSelectedIndex(field, first);
  } else {
    for (const option of field.options) {
      if (!option.disabled) setOptionSelected(option, indices.includes(option.index));
    }
  }
  if (chosenIn(field) !== before) sendChosen(field);
  return 'done';
}

function chosenIn(field: HTMLSelectElement): string {
  return [...field.selectedOptions].map((option) => option.index).join(',');
}
