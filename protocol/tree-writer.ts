import type { MaskedText } from './masked-text.ts';
import type { NodeId } from './node-id.ts';
import {
  createDictionary,
  defineColumn,
  defineShape,
  MAX_COLUMNS,
  MAX_DICTIONARY_UNITS,
  MAX_SHAPES,
  type Dictionary,
  type Namespace,
  type Shape,
} from './shapes.ts';
import { createWriter } from './writer.ts';

/** Between two texts of the text block. Masking takes it out of every text, so it needs no escape. */
export const TEXT_SEPARATOR = '\u0001';

/** What a run is made of. From `ELEMENT` on: `ELEMENT + 2 * shape + (children follow, then CLOSE)`. */
export const TOKEN = { CLOSE: 0, TEXT: 1, MOVED: 2, SHADOW: 3, ELEMENT: 8 } as const;
export const DATA_COLUMN = '#data';
export const VALUE_COLUMN = '=value';
/** First byte of a tree message's flags. */
export const NEW_DICTIONARY = 1;

/** What the agent must know of a node: bits of a mark. Masked: purple box; restricted: green box. */
export const MARK = { MASKED: 1, RESTRICTED: 2 } as const;
/** State that markup does not show. */
export const FIELD = { VALUE: 0, UNCHECKED: 1, CHECKED: 2, INDETERMINATE: 3, SELECTED: 4 } as const;

/** The sections that take texts, in the order in which they are read: a column's texts must stand in that order, too. */
const BANK = { RUNS: 0, ATTRIBUTES: 1, DATA: 2, FIELDS: 3 } as const;

const encoder = new TextEncoder();

/**
 * Collects one batch of changes to the tree and writes it as the body of a `tree` message: docs/protocol.md, "Tree".
 * A first snapshot is a batch like any other: one run under the document. Runs, attributes, data and fields may be told in
 * any order: they are written section by section.
 */
export interface TreeWriter {
  /** Grows by one when a new dictionary starts: shapes of an older one must not be used. */
  readonly dictionaryNumber: number;
  define(namespace: Namespace, tag: string, attributes: readonly string[]): Shape;

  /** The node and all below it are gone for ever. */
  removed(id: NodeId): void;
  /** New and moved siblings follow, to be put before `anchor` (0: at the end of `parent`). */
  openRun(parent: NodeId, anchor: NodeId): void;
  openElement(shape: Shape, hasChildren: boolean): void;
  /** One value for each of `shape.attributes`, in their order, after `openElement`. */
  value(column: number, value: MaskedText): void;
  /** @param under the shape of the element it stands in, or `null` directly in a run or a shadow root */
  text(under: Shape | null, text: MaskedText): void;
  /** The next node is its host's open shadow root; `close` ends it. */
  openShadow(): void;
  /** A node the other side has already, now standing here. */
  moved(id: NodeId): void;
  /** Ends an element with children, or a shadow root. */
  close(): void;
  closeRun(): void;

  attribute(id: NodeId, name: string, value: MaskedText | null): void;
  data(id: NodeId, text: MaskedText): void;
  fieldValue(id: NodeId, value: MaskedText): void;
  fieldChecked(id: NodeId, checked: boolean | 'indeterminate'): void;
  fieldSelected(id: NodeId, indices: readonly number[]): void;
  scroll(id: NodeId, x: number, y: number): void;
  /** @param bits of `MARK`, all that hold now */
  mark(id: NodeId, bits: number): void;

  readonly isEmpty: boolean;
  /** Bytes of structure and UTF-16 units of text and names so far: enough to decide when a message is full. */
  readonly roughSize: number;
  /** The body, and a clean start for the next batch. */
  finish(): Uint8Array;
}

export function createTreeWriter(): TreeWriter {
  let dictionary: Dictionary = createDictionary();
  let dictionaryNumber = 1;
  let announceDictionary = true;
  let definitions: string[] = [];
  /** Texts of this batch, by the section that takes them and by column. */
  let banks = createBanks();
  /** How many texts a column has, in all banks. */
  let counts: number[] = [];
  let used: number[] = [];
  let units = 0;

  const removed = createSection();
  const moved = createSection();
  const runs = createSection();
  const attributes = createSection();
  const data = createSection();
  const fields = createSection();
  const scrolls = createSection();
  const marks = createSection();
  const allSections = [removed, moved, runs, attributes, data, fields, scrolls, marks];
  const sections = createWriter();
  const message = createWriter();

  function put(bank: string[][], column: number, text: string): void {
    const list = (bank[column] ??= []);
    const count = counts[column] ?? 0;
    if (count === 0) used.push(column);
    counts[column] = count + 1;
    list.push(text);
    units += text.length + 1;
  }

  function columnOf(name: string): number {
    if (!dictionary.hasColumn(name)) addDefinition(defineColumn(name));
    return dictionary.column(name);
  }

  function addDefinition(definition: string): void {
    definitions.push(definition);
    units += definition.length + 1;
  }

  /** At half, so that one more batch always fits. */
  function renewDictionaryWhenFull(): void {
    const { shapes, columnCount } = dictionary;
    const isHalfFull = shapes.length >= MAX_SHAPES / 2 || columnCount >= MAX_COLUMNS / 2;
    if (!isHalfFull && dictionary.units < MAX_DICTIONARY_UNITS / 2) return;
    dictionary = createDictionary();
    dictionaryNumber += 1;
    announceDictionary = true;
    banks = createBanks();
    counts = [];
  }

  function writeColumnCounts(): void {
    used.sort((a, b) => a - b);
    message.varint(used.length);
    let last = 0;
    for (const column of used) {
      message.varint(column - last);
      message.varint(counts[column] ?? 0);
      last = column;
    }
  }

  /** Definitions first, then column after column. One call of the encoder for all of it. */
  function writeTextBlock(): void {
    const block = definitions;
    for (const column of used) {
      for (const bank of banks) {
        const list = bank[column];
        if (list === undefined || list.length === 0) continue;
        block.push(list.join(TEXT_SEPARATOR));
        bank[column] = [];
      }
      counts[column] = 0;
    }
    message.rest(encoder.encode(block.join(TEXT_SEPARATOR)));
    definitions = [];
    used = [];
    units = 0;
  }

  return {
    get dictionaryNumber() {
      return dictionaryNumber;
    },
    get isEmpty() {
      return allSections.every((section) => section.count === 0);
    },
    get roughSize() {
      return allSections.reduce((size, section) => size + section.out.length, units);
    },
    define(namespace, tag, names) {
      addDefinition(defineShape(namespace, tag, names));
      return dictionary.addShape(namespace, tag, names);
    },
    removed: removed.id,
    openRun(parent, anchor) {
      runs.id(parent);
      runs.out.signed(anchor === 0 ? 0 : anchor - parent);
    },
    openElement(shape, hasChildren) {
      runs.out.varint(TOKEN.ELEMENT + shape.index * 2 + (hasChildren ? 1 : 0));
    },
    value(column, value) {
      put(banks[BANK.RUNS], column, value);
    },
    text(under, text) {
      runs.out.u8(TOKEN.TEXT);
      put(banks[BANK.RUNS], under === null ? columnOf(DATA_COLUMN) : under.textColumn, text);
    },
    openShadow() {
      runs.out.u8(TOKEN.SHADOW);
    },
    moved(id) {
      moved.id(id);
      runs.out.u8(TOKEN.MOVED);
    },
    close() {
      runs.out.u8(TOKEN.CLOSE);
    },
    closeRun() {
      runs.out.u8(TOKEN.CLOSE);
    },
    attribute(id, name, value) {
      attributes.id(id);
      const column = columnOf(name);
      attributes.out.varint(column * 2 + (value === null ? 1 : 0));
      if (value !== null) put(banks[BANK.ATTRIBUTES], column, value);
    },
    data(id, text) {
      data.id(id);
      put(banks[BANK.DATA], columnOf(DATA_COLUMN), text);
    },
    fieldValue(id, value) {
      fields.id(id);
      fields.out.u8(FIELD.VALUE);
      put(banks[BANK.FIELDS], columnOf(VALUE_COLUMN), value);
    },
    fieldChecked(id, checked) {
      fields.id(id);
      fields.out.u8(checked === 'indeterminate' ? FIELD.INDETERMINATE : checked ? FIELD.CHECKED : FIELD.UNCHECKED);
    },
    fieldSelected(id, indices) {
      fields.id(id);
      fields.out.u8(FIELD.SELECTED);
      fields.out.varint(indices.length);
      for (const index of indices) fields.out.varint(index);
    },
    scroll(id, x, y) {
      scrolls.id(id);
      scrolls.out.signed(x);
      scrolls.out.signed(y);
    },
    mark(id, bits) {
      marks.id(id);
      marks.out.u8(bits);
    },
    finish() {
      sections.reset();
      for (const section of allSections) section.writeTo(sections);
      message.reset();
      message.u8(announceDictionary ? NEW_DICTIONARY : 0);
      message.varint(definitions.length);
      writeColumnCounts();
      message.bytes(sections.finish());
      writeTextBlock();
      const body = message.finish();
      announceDictionary = false;
      renewDictionaryWhenFull();
      return body;
    },
  };
}

function createBanks(): [string[][], string[][], string[][], string[][]] {
  return [[], [], [], []];
}

/** Entries that each begin with a node's number, written as the distance from the one before. */
function createSection() {
  const out = createWriter();
  let last = 0;
  let count = 0;
  return {
    out,
    get count() {
      return count;
    },
    id(id: NodeId): void {
      out.signed(id - last);
      last = id;
      count += 1;
    },
    writeTo(message: ReturnType<typeof createWriter>): void {
      message.varint(count);
      message.rest(out.finish());
      out.reset();
      last = 0;
      count = 0;
    },
  };
}
