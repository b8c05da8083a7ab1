import { assertNever } from '../../../../protocol/assert-never.ts';
import type { FieldState } from '../../../../protocol/tree-reader.ts';
import {
  closest,
  hasAttribute,
  inputTypeOf,
  isChecked,
  localNameOf,
  setChecked,
  setFiles,
  setIndeterminate,
  setInputValue,
  setSelected,
  setSelectedIndex,
  setTextareaValue,
} from '../dom.ts';

/** What fields are told to say, which the browser may think better of when something else changes. */
export interface Fields {
  /** Puts state that markup does not show into a field. */
  set(element: Element, state: FieldState): void;
  /** An element is new, or an attribute of it. */
  see(element: Element): void;
  /** Something in it has come, gone or changed. */
  touch(parent: Node): void;
  /** Something has moved, fields perhaps. */
  touchAll(): void;
  /** At a batch's end: of a group of buttons the browser leaves one pressed, and of a list another chosen. */
  settle(isThere: (element: Element) => boolean): void;
  clear(): void;
}

/** Of several only their number is seen. */
const MAX_FILES = 1_000;
const OF_LISTS = new Set(['select', 'optgroup', 'option']);

/**
 * @param onChosen the browser is about to scroll a list to what is chosen there, be it where the customer did not see it
 *   happen: as a task of its own
 */
export function createFields(onChosen: (list: HTMLSelectElement) => void): Fields {
  let radios = new Set<HTMLInputElement>();
  let chosen = new WeakMap<Element, FieldState>();
  /** At the customer's, of every kind that can be: one may become a button of a group. */
  let pressed = new WeakMap<Element, boolean>();
  let touched = new Set<HTMLSelectElement>();
  let mayHaveChanged = false;

  function put(element: Element, state: FieldState): void {
    setField(element, state);
    if (element instanceof HTMLSelectElement && (element.multiple || element.size > 1)) onChosen(element);
  }

  function touch(parent: Node): void {
    if (!(parent instanceof Element)) return;
    const list = OF_LISTS.has(localNameOf(parent)) ? closest(parent, 'select') : null;
    if (list) touched.add(list as HTMLSelectElement);
  }

  return {
    set(element, state) {
      if (state.kind === 'selected') chosen.set(element, state);
      if (state.kind === 'checked') {
        pressed.set(element, state.checked === true);
        mayHaveChanged ||= radios.has(element as HTMLInputElement);
      }
      put(element, state);
    },
    see(element) {
      touch(element);
      if (!(element instanceof HTMLInputElement) || inputTypeOf(element) !== 'radio') return;
      mayHaveChanged = true;
      radios.add(element);
      if (!pressed.has(element)) pressed.set(element, hasAttribute(element, 'checked'));
    },
    touch,
    touchAll() {
      mayHaveChanged = true;
    },
    settle(isThere) {
      for (const list of touched) {
        const state = chosen.get(list);
        if (state) put(list, state);
      }
      touched.clear();
      if (!mayHaveChanged) return;
      mayHaveChanged = false;
      for (const radio of radios) {
        const isPressed = pressed.get(radio) === true;
        if (!isThere(radio)) radios.delete(radio);
        else if (inputTypeOf(radio) === 'radio' && isChecked(radio) !== isPressed) setChecked(radio, isPressed);
      }
      // One that was let go of now may have been taken for the group's.
      for (const radio of radios) if (pressed.get(radio) && inputTypeOf(radio) === 'radio') setChecked(radio, true);
    },
    clear() {
      radios = new Set();
      chosen = new WeakMap();
      pressed = new WeakMap();
      touched = new Set();
    },
  };
}

/** What does not fit the element is left out. */
function setField(element: Element, state: FieldState): void {
  switch (state.kind) {
    case 'value':
      if (element instanceof HTMLInputElement) setValue(element, state.value);
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

/** A file field takes no value from a script, but files: empty ones of the same names. */
function setValue(field: HTMLInputElement, value: string): void {
  if (inputTypeOf(field) !== 'file') {
    setInputValue(field, value);
    return;
  }
  const { items, files } = new DataTransfer();
  for (const name of value.split('/', MAX_FILES)) if (name !== '') items.add(new File([], name));
  setFiles(field, files);
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
