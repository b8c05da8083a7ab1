import { assertNever } from '../../../protocol/assert-never.ts';
import type { FieldState } from '../../../protocol/tree-reader.ts';
import { setChecked, setIndeterminate, setInputValue, setSelected, setSelectedIndex, setTextareaValue } from './dom.ts';

/** Puts state that markup does not show into a field of the mirror. What does not fit the element is left out. */
export function setField(element: Element, state: FieldState): void {
  switch (state.kind) {
    case 'value':
      // A file field takes no value from a script.
      if (element instanceof HTMLInputElement && element.type !== 'file') setInputValue(element, state.value);
      else if (element instanceof HTMLTextAreaElement) setTextareaValue(element, state.value);
      break;
    case 'checked':
      if (element instanceof HTMLInputElement) {
        setIndeterminate(element, state.checked === 'indeterminate');
        if (state.checked !== 'indeterminate') setChecked(element, state.checked);
      }
      break;
    case 'selected':
      if (element instanceof HTMLSelectElement) select(element, new Set(state.indices));
      break;
    default:
      assertNever(state);
  }
}

function select(field: HTMLSelectElement, indices: ReadonlySet<number>): void {
  if (indices.size === 0 && !field.multiple) {
    setSelectedIndex(field, -1);
    return;
  }
  const { options } = field;
  for (let index = 0; index < options.length; index += 1) {
    const option = options[index];
    if (option) setSelected(option, indices.has(index));
  }
}
