import { MAX_STRING_UNITS, MAX_TREE_DEPTH, MAX_TREE_NODES } from './limits.ts';
import type { NodeId } from './node-id.ts';
import { createReader, type Reader } from './reader.ts';
import { applyDefinition, createDictionary, MAX_COLUMNS, MAX_SHAPES, type Dictionary, type Shape } from './shapes.ts';
import { TEXT_SEPARATOR } from './masked-text.ts';
import { DATA_COLUMN, FIELD, MARK, MARK_REASONS, NEW_DICTIONARY, TOKEN, VALUE_COLUMN } from './tree-writer.ts';
import { WireError } from './wire-error.ts';

export type FieldState =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'checked'; readonly checked: boolean | 'indeterminate' }
  | { readonly kind: 'selected'; readonly indices: readonly number[] };

/** Receives a batch in the order in which it must be applied. May throw `WireError` for numbers it does not know. */
export interface TreeHandler {
  /** First of all: take both lists out of the tree; `removed` for ever, `moved` to be placed again by `moved()`. */
  detach(removed: readonly NodeId[], moved: readonly NodeId[]): void;
  openRun(parent: NodeId, anchor: NodeId): void;
  /** @param values one for each of `shape.attributes`; the array is reused, so copy what is kept */
  openElement(shape: Shape, values: readonly string[]): void;
  text(text: string): void;
  openShadow(): void;
  moved(id: NodeId): void;
  /** Ends the element or shadow root opened last. Called for elements without children too. */
  close(): void;
  closeRun(): void;
  attribute(id: NodeId, name: string, value: string | null): void;
  data(id: NodeId, text: string): void;
  field(id: NodeId, state: FieldState): void;
  scroll(id: NodeId, x: number, y: number): void;
  mark(id: NodeId, bits: number): void;
}

export interface TreeReader {
  /** @throws WireError; the batch is then half applied and the mirror has lost step */
  read(body: Uint8Array, handler: TreeHandler): void;
}

const MAX_SCROLL = 100_000_000;
/** Bounds the arithmetic; what is really there is checked against the text block. */
const MAX_COUNT = 4_000_000;
const SEPARATOR_BYTE = TEXT_SEPARATOR.charCodeAt(0);
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function createTreeReader(): TreeReader {
  let dictionary: Dictionary = createDictionary();

  return {
    read(body, handler) {
      const reader = createReader(body);
      const flags = reader.u8();
      if (flags > NEW_DICTIONARY) throw new WireError('bad_token');
      if (flags === NEW_DICTIONARY) dictionary = createDictionary();
      const definitions = reader.varint(MAX_COUNT);
      const counts = readColumnCounts(reader);
      const sections = createReader(reader.bytes(body.length));
      const texts = readTexts(reader.rest(), definitions, counts, dictionary);
      readSections(sections, dictionary, texts, handler);
      sections.end();
      texts.end();
    },
  };
}

type Texts = ReturnType<typeof readTexts>;

function readColumnCounts(reader: Reader): { column: number; count: number }[] {
  const counts: { column: number; count: number }[] = [];
  let column = 0;
  for (let left = reader.varint(MAX_COLUMNS); left > 0; left -= 1) {
    const distance = reader.varint(MAX_COLUMNS);
    // Twice the same column: the first texts would be lost.
    if (distance === 0 && counts.length > 0) throw new WireError('bad_reference');
    column += distance;
    counts.push({ column, count: reader.varint(MAX_COUNT) });
  }
  return counts;
}

/** Applies the definitions and hands out the texts, column by column. */
function readTexts(
  block: Uint8Array,
  definitions: number,
  counts: readonly { column: number; count: number }[],
  dictionary: Dictionary,
) {
  const total = counts.reduce((sum, entry) => sum + entry.count, 0);
  if (total > MAX_COUNT) throw new WireError('too_many');
  // Decoded apart from the texts: a name that is kept would keep the whole string alive that it was cut from.
  const cut = total === 0 ? block.length : endOfItems(block, definitions);
  for (const definition of splitItems(block.subarray(0, cut), definitions)) {
    if (!applyDefinition(dictionary, definition)) throw new WireError('bad_token');
  }
  const items = splitItems(block.subarray(total > 0 && definitions > 0 ? cut + 1 : cut), total);
  const next = new Int32Array(dictionary.columnCount).fill(-1);
  const end = new Int32Array(dictionary.columnCount);
  let at = 0;
  let taken = 0;
  for (const { column, count } of counts) {
    if (column >= dictionary.columnCount) throw new WireError('bad_reference');
    next[column] = at;
    at += count;
    end[column] = at;
  }
  return {
    take(column: number): string {
      const index = next[column] ?? -1;
      const item = items[index];
      if (item === undefined || index >= (end[column] ?? 0)) throw new WireError('truncated');
      if (item.length > MAX_STRING_UNITS) throw new WireError('string_too_long');
      next[column] = index + 1;
      taken += 1;
      return item;
    },
    end(): void {
      if (taken !== total) throw new WireError('trailing_bytes');
    },
  };
}

/** Where the first `count` items of a text block end. The separator's byte is part of no other character of UTF-8. */
function endOfItems(block: Uint8Array, count: number): number {
  let end = count === 0 ? 0 : -1;
  for (let left = count; left > 0; left -= 1) {
    end = block.indexOf(SEPARATOR_BYTE, end + 1);
    if (end === -1) throw new WireError('truncated');
  }
  return end;
}

function splitItems(bytes: Uint8Array, count: number): string[] {
  if (count === 0) {
    if (bytes.length > 0) throw new WireError('trailing_bytes');
    return [];
  }
  // Never more items than were announced: a block of nothing but separators would become millions of them.
  const items = decoder.decode(bytes).split(TEXT_SEPARATOR, count + 1);
  if (items.length !== count) throw new WireError('truncated');
  return items;
}

function readSections(reader: Reader, dictionary: Dictionary, texts: Texts, handler: TreeHandler): void {
  const removed = readIds(reader);
  const moved = readIds(reader);
  handler.detach(removed, moved);
  readRuns(reader, dictionary, texts, moved, handler);
  readEach(reader, (id) => readAttribute(reader, id, dictionary, texts, handler));
  readEach(reader, (id) => handler.data(id, texts.take(columnNamed(dictionary, DATA_COLUMN))));
  readEach(reader, (id) => handler.field(id, readField(reader, dictionary, texts)));
  readEach(reader, (id) => handler.scroll(id, readPosition(reader), readPosition(reader)));
  readEach(reader, (id) => handler.mark(id, readMark(reader)));
}

/** Numbers are written as the distance from the one before, within one section. */
function readEach(reader: Reader, entry: (id: NodeId) => void): void {
  let last = 0;
  for (let left = reader.varint(MAX_COUNT); left > 0; left -= 1) {
    last = readId(reader, last);
    entry(last as NodeId);
  }
}

function readId(reader: Reader, base: number): NodeId {
  const id = base + reader.signed();
  if (!(id > 0 && id <= Number.MAX_SAFE_INTEGER)) throw new WireError('bad_reference');
  return id as NodeId;
}

function readIds(reader: Reader): NodeId[] {
  const ids: NodeId[] = [];
  readEach(reader, (id) => {
    if (ids.length >= MAX_TREE_NODES) throw new WireError('too_many');
    ids.push(id);
  });
  return ids;
}

function readRuns(
  reader: Reader,
  dictionary: Dictionary,
  texts: Texts,
  moved: readonly NodeId[],
  handler: TreeHandler,
): void {
  const dataColumn = () => columnNamed(dictionary, DATA_COLUMN);
  const values: string[] = [];
  const openShapes: (Shape | null)[] = [];
  let movedCount = 0;

  readEach(reader, (parent) => {
    const distance = reader.signed();
    const anchor = distance === 0 ? 0 : parent + distance;
    if (anchor < 0) throw new WireError('bad_reference');
    handler.openRun(parent, anchor as NodeId);
    openShapes.length = 0;
    for (;;) {
      const token = reader.varint(TOKEN.ELEMENT + 2 * MAX_SHAPES + 1);
      if (token === TOKEN.CLOSE) {
        if (openShapes.length === 0) break;
        openShapes.pop();
        handler.close();
      } else if (token === TOKEN.TEXT) {
        const shape = openShapes.at(-1);
        handler.text(texts.take(shape ? shape.textColumn : dataColumn()));
      } else if (token === TOKEN.MOVED) {
        const id = moved[movedCount++];
        if (id === undefined) throw new WireError('bad_reference');
        handler.moved(id);
      } else if (token === TOKEN.SHADOW) {
        open(null);
        handler.openShadow();
      } else {
        openElement(token - TOKEN.ELEMENT);
      }
    }
    handler.closeRun();
  });
  if (movedCount !== moved.length) throw new WireError('bad_reference');

  function open(shape: Shape | null): void {
    if (openShapes.length >= MAX_TREE_DEPTH) throw new WireError('too_deep');
    openShapes.push(shape);
  }

  function openElement(code: number): void {
    const shape = dictionary.shapes[code >> 1];
    if (code < 0 || !shape) throw new WireError('bad_reference');
    values.length = 0;
    for (const column of shape.columns) values.push(texts.take(column));
    handler.openElement(shape, values);
    if (code % 2 === 1) open(shape);
    else handler.close();
  }
}

function readAttribute(reader: Reader, id: NodeId, dictionary: Dictionary, texts: Texts, handler: TreeHandler): void {
  const code = reader.varint(MAX_COLUMNS * 2 + 1);
  const column = code >> 1;
  const name = dictionary.columnName(column);
  if (name === undefined) throw new WireError('bad_reference');
  handler.attribute(id, name, code % 2 === 1 ? null : texts.take(column));
}

function readField(reader: Reader, dictionary: Dictionary, texts: Texts): FieldState {
  switch (reader.u8()) {
    case FIELD.VALUE:
      return { kind: 'value', value: texts.take(columnNamed(dictionary, VALUE_COLUMN)) };
    case FIELD.UNCHECKED:
      return { kind: 'checked', checked: false };
    case FIELD.CHECKED:
      return { kind: 'checked', checked: true };
    case FIELD.INDETERMINATE:
      return { kind: 'checked', checked: 'indeterminate' };
    case FIELD.SELECTED: {
      const indices: number[] = [];
      for (let left = reader.varint(MAX_TREE_NODES); left > 0; left -= 1) indices.push(reader.varint(MAX_TREE_NODES));
      return { kind: 'selected', indices };
    }
    default:
      throw new WireError('bad_token');
  }
}

function readMark(reader: Reader): number {
  const mark = reader.u8();
  const isKnown = (mark & 0b1111 & ~(MARK.MASKED | MARK.RESTRICTED)) === 0 && mark >> 4 < MARK_REASONS.length;
  if (!isKnown) throw new WireError('bad_token');
  return mark;
}

/** Right-to-left boxes scroll to negative positions. */
function readPosition(reader: Reader): number {
  const position = reader.signed();
  if (Math.abs(position) > MAX_SCROLL) throw new WireError('number_too_large');
  return position;
}

function columnNamed(dictionary: Dictionary, name: string): number {
  if (!dictionary.hasColumn(name)) throw new WireError('bad_reference');
  return dictionary.column(name);
}
