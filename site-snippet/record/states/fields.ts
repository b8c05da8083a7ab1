import { findAll } from '../../native.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import type { RawSink } from '../raw-sink.ts';
import { listen } from '../../listen.ts';
import { valueOf } from '../../field-value.ts';

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Values, checks and selections: what people and scripts put into fields. Scripts set them without any event, so all
 * fields are looked at now and then, and whenever one reports an event.
 */
export interface Fields {
  see(element: Element, tag: string, id: NodeId): void;
  /**
   * Shows masking every value there is, before the first text is written.
   * @returns whether that was all; otherwise there is more to show when there is time again
   */
  announce(until: number): boolean;
  /** New fields first; all of them when there was an event, or when asked to `look`. */
  write(): void;
  /** Scripts may have set something: the next `write` goes through all fields. */
  look(): void;
}

const RECHECK_EVERY_MS = 1_000;
/** At a stretch. */
const RECHECK_MS = 2;
/** Asking for the time takes as long as asking a field for its value. */
const FIELDS_AT_A_TIME = 8;

export interface FieldOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly sink: RawSink;
  readonly signal: AbortSignal;
  readonly onDirty: () => void;
}

export function createFields(options: FieldOptions): Fields {
  const { document, numbers, sink, signal, onDirty } = options;
  /** What the other side has: at first what the markup says. `null`: an editor, whose texts are nodes like all others. */
  const written = new Map<Field, string | null>();
  let fresh: Field[] = [];
  let unannounced: ArrayIterator<HTMLInputElement | HTMLTextAreaElement> | null = null;
  let mayHaveChanged = false;
  let rechecked: MapIterator<Field> | null = null;
  let recheckedAt = 0;

  function note(): void {
    mayHaveChanged = true;
    onDirty();
  }

  for (const type of ['input', 'change', 'reset'] as const) {
    listen(document, type, note, { signal, capture: true, passive: true });
  }

  function writeField(field: Field, before: string | null): void {
    const id = numbers.of(field);
    if (id === 0) {
      written.delete(field);
      return;
    }
    if (before === null) return;
    const now = stateOf(field);
    if (now === before) return;
    written.set(field, now);
    if (isSelect(field)) sink.fieldSelected(id, field, selectedIndices(field));
    else if (isCheckable(field)) {
      sink.fieldChecked(id, field, field.indeterminate ? 'indeterminate' : field.checked);
    } else sink.fieldValue(id, field, valueOf(field));
  }

  /** A label may have come, or say something else than when the field was written. */
  function recheck(): void {
    const now = performance.now();
    if (rechecked === null && now - recheckedAt < RECHECK_EVERY_MS) return;
    rechecked ??= written.keys();
    recheckedAt = now;
    for (let { value, done } = rechecked.next(); !done; { value, done } = rechecked.next()) {
      sink.recheck(value as Field);
      if (performance.now() - now > RECHECK_MS) return; // Goes on next time.
    }
    rechecked = null;
  }

  return {
    see(element, tag) {
      if (tag === 'input' || tag === 'textarea' || tag === 'select') {
        written.set(element as Field, defaultStateOf(element as Field));
        fresh.push(element as Field);
      }
    },
    announce(until) {
      unannounced ??= (findAll(document, TYPED) as NodeListOf<HTMLInputElement | HTMLTextAreaElement>).values();
      let announced = 0;
      for (const field of unannounced) {
        // What only shares the name, in a drawing, has no value.
        if (field.value) sink.expect(field);
        // The very first has the labels of all looked up.
        if (announced % FIELDS_AT_A_TIME === 0 && performance.now() >= until) return false;
        announced += 1;
      }
      return true;
    },
    write() {
      const seen = fresh;
      fresh = [];
      if (mayHaveChanged) {
        // Fields may say that they are what they are: `<input role="textbox">`.
        for (const editor of sink.editors.splice(0) as Field[]) if (!written.has(editor)) written.set(editor, null);
        recheck();
        for (const [field, before] of written) writeField(field, before);
      } else for (const field of seen) writeField(field, written.get(field) ?? '');
      mayHaveChanged = false;
    },
    look() {
      mayHaveChanged = true;
    },
  };
}

/** Their values are what the page says. */
const UNTYPED = 'checkbox radio button submit reset image file'.split(' ');
const TYPED = `input:not(${UNTYPED.map((type) => `[type=${type} i]`).join()}),textarea`;

// By name: fields of a frame are of another window's classes.
function isSelect(field: Field): field is HTMLSelectElement {
  return field.localName === 'select';
}

function isCheckable(field: Field): field is HTMLInputElement {
  return field.localName === 'input' && (field.type === 'checkbox' || field.type === 'radio');
}

function stateOf(field: Field): string {
  if (isSelect(field)) return selectedIndices(field).join(',');
  if (isCheckable(field)) return inMarkup(field, field.indeterminate ? 'indeterminate' : String(field.checked));
  return inMarkup(field, valueOf(field));
}

/** What the mirror shows when it has only the markup. */
function defaultStateOf(field: Field): string {
  if (isSelect(field)) return 'markup';
  if (isCheckable(field)) return inMarkup(field, String(field.defaultChecked));
  return inMarkup(field, field.type === 'file' ? '' : field.defaultValue);
}

/** With what the markup says beside it: where that changes the mirror shows it, and the field may say what it did before. */
function inMarkup(field: HTMLInputElement | HTMLTextAreaElement, state: string): string {
  return `${state}|${isCheckable(field) ? field.defaultChecked : field.defaultValue}`;
}

function selectedIndices(select: HTMLSelectElement): number[] {
  // Nothing may be chosen: a script said so, or it is a list.
  if (!select.multiple) return select.selectedIndex < 0 ? [] : [select.selectedIndex];
  return [...select.selectedOptions].map((option) => option.index);
}
