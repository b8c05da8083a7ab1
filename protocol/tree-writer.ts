import { TEXT_SEPARATOR, type MaskedText } from './masked-text.ts';
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
import { createWriter, zigzag, type Writer } from './writer.ts';

/** What a run is made of. From `ELEMENT` on: `ELEMENT + 2 * shape + (children follow, then CLOSE)`. */
export const TOKEN = { CLOSE: 0, TEXT: 1, MOVED: 2, SHADOW: 3, ELEMENT: 8 } as const;
export const DATA_COLUMN = '#data';
export const VALUE_COLUMN = '=value';
/** First byte of a tree message's flags. */
export const NEW_DICTIONARY = 1;

/** What the agent must know of a node: bits of a mark. Masked: purple box; restricted: green box. */
export const MARK = { MASKED: 1, RESTRICTED: 2 } as const;
/** Why, in the upper four bits of a mark; a rule of the site, if nothing else is said. */
export const MARK_REASONS = ['rule', 'password', 'card', 'code', 'identity', 'customer', 'submit', 'file'] as const;
export type MarkReason = (typeof MARK_REASONS)[number];

/** @param bits of `MARK` */
export function markWith(bits: number, reason: MarkReason): number {
  return bits | (MARK_REASONS.indexOf(reason) << 4);
}

export function reasonOfMark(mark: number): MarkReason {
  return MARK_REASONS[mark >> 4] ?? 'rule';
}
/** State that markup does not show. */
export const FIELD = { VALUE: 0, UNCHECKED: 1, CHECKED: 2, INDETERMINATE: 3, SELECTED: 4 } as const;

const SEPARATOR_BYTE = TEXT_SEPARATOR.charCodeAt(0);

/** A shape, and where elements of that shape are collected. */
export interface OpenShape extends Shape {
  /** One more when children follow, then `CLOSE`. */
  readonly token: number;
  /** One array for each attribute: each element has a value in each. */
  readonly values: readonly string[][];
  /** Of the texts directly under such an element. */
  readonly texts: string[];
}

/**
 * All texts of a column as they may leave, made one text with `TEXT_SEPARATOR` between each two: the writer writes no
 * text that has not come through here.
 * @param column its name, as shapes.ts has it
 */
export type ColumnMask = (column: string, texts: readonly string[]) => MaskedText;

/**
 * Collects one batch of changes to the tree and writes it as the body of a `tree` message: docs/protocol.md, "Tree".
 * A first snapshot is a batch like any other: one run under the document. Runs, attributes, data and fields may be told in
 * any order: they are written section by section.
 */
export interface TreeWriter {
  /** Grows by one when a new dictionary starts: shapes of an older one must not be used. */
  readonly dictionaryNumber: number;
  define(namespace: Namespace, tag: string, attributes: readonly string[]): OpenShape;
  /** What runs are made of, for who writes tens of thousands of nodes and has no time for a call for each. */
  readonly tokens: number[];
  /** Tells of what was put onto `tokens` and into shapes directly: UTF-16 units of text. */
  wrote(units: number): void;

  /** The node and all below it are gone for ever. */
  removed(id: NodeId): void;
  /** New and moved siblings follow, to be put before `anchor` (0: at the end of `parent`). */
  openRun(parent: NodeId, anchor: NodeId): void;
  /** @param values one for each of `shape.attributes`, in their order */
  openElement(shape: OpenShape, values: readonly string[], hasChildren: boolean): void;
  /** @param under the shape of the element it stands in, or `null` directly in a run or a shadow root */
  text(under: Shape | null, text: string): void;
  /** The next node is its host's open shadow root; `close` ends it. */
  openShadow(): void;
  /** A node the other side has already, now standing here. */
  moved(id: NodeId): void;
  /** Ends an element with children, or a shadow root. */
  close(): void;
  closeRun(): void;

  attribute(id: NodeId, name: string, value: string | null): void;
  data(id: NodeId, text: string): void;
  fieldValue(id: NodeId, value: string): void;
  fieldChecked(id: NodeId, checked: boolean | 'indeterminate'): void;
  fieldSelected(id: NodeId, indices: readonly number[]): void;
  scroll(id: NodeId, x: number, y: number): void;
  /** @param mark `markWith`: all that holds now */
  mark(id: NodeId, mark: number): void;

  readonly isEmpty: boolean;
  /** Numbers of structure and UTF-16 units of text and names so far: enough to decide when a message is full. */
  readonly roughSize: number;
  /** The body, and a clean start for the next batch. */
  finish(): Uint8Array;
}

export function createTreeWriter(mask: ColumnMask): TreeWriter {
  let dictionary: Dictionary = createDictionary();
  let dictionaryNumber = 1;
  let announceDictionary = true;
  let definitions: string[] = [];
  const runTexts: string[][] = [];
  let units = 0;
  let lastName = '';
  let lastColumn = 0;
  const attributeTexts: string[][] = [];
  const dataTexts: string[][] = [];
  const fieldTexts: string[][] = [];
  /** Texts by column, in the order in which their sections are read. */
  const banks: string[][][] = [runTexts, attributeTexts, dataTexts, fieldTexts];

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
    (bank[column] ??= []).push(text);
    units += text.length + 1;
  }

  /** Thousands of changes in a row are of one name. */
  function columnOf(name: string): number {
    if (name === lastName) return lastColumn;
    if (!dictionary.hasColumn(name)) addDefinition(defineColumn(name));
    lastName = name;
    lastColumn = dictionary.column(name);
    return lastColumn;
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
    for (const bank of banks) bank.length = 0;
    lastName = '';
  }

  /** @returns the columns that hold texts, after writing how many each holds */
  function writeColumnCounts(): number[] {
    const columns: number[] = [];
    const counts: number[] = [];
    let last = 0;
    for (let column = 0; column < dictionary.columnCount; column += 1) {
      let count = 0;
      for (const bank of banks) count += bank[column]?.length ?? 0;
      if (count === 0) continue;
      columns.push(column);
      counts.push(column - last, count);
      last = column;
    }
    message.varint(columns.length);
    message.varints(counts);
    return columns;
  }

  /**
   * Definitions first, then column after column. Each is encoded by itself: most hold nothing but ASCII, which is copied,
   * and one foreign letter in one of them does not make the others slow.
   */
  function writeTextBlock(columns: readonly number[]): void {
    let isFirst = true;
    function write(texts: string): void {
      if (!isFirst) message.u8(SEPARATOR_BYTE);
      isFirst = false;
      message.text(texts);
    }
    if (definitions.length > 0) write(definitions.join(TEXT_SEPARATOR));
    for (const column of columns) {
      for (const bank of banks) {
        const texts = bank[column];
        if (texts === undefined || texts.length === 0) continue;
        write(mask(dictionary.columnName(column) ?? '', texts));
        texts.length = 0;
      }
    }
    definitions = [];
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
      const shape = dictionary.addShape(namespace, tag, names);
      return {
        ...shape,
        token: TOKEN.ELEMENT + shape.index * 2,
        values: shape.columns.map((column) => (runTexts[column] ??= [])),
        texts: (runTexts[shape.textColumn] ??= []),
      };
    },
    tokens: runs.out,
    wrote(more) {
      units += more;
    },
    removed: removed.id,
    openRun(parent, anchor) {
      runs.id(parent);
      runs.out.push(zigzag(anchor === 0 ? 0 : anchor - parent));
    },
    openElement(shape, values, hasChildren) {
      runs.out.push(shape.token + (hasChildren ? 1 : 0));
      shape.values.forEach((column, at) => {
        const value = values[at] as string;
        column.push(value);
        units += value.length + 1;
      });
    },
    text(under, text) {
      runs.out.push(TOKEN.TEXT);
      put(runTexts, under === null ? columnOf(DATA_COLUMN) : under.textColumn, text);
    },
    openShadow() {
      runs.out.push(TOKEN.SHADOW);
    },
    moved(id) {
      moved.id(id);
      runs.out.push(TOKEN.MOVED);
    },
    close() {
      runs.out.push(TOKEN.CLOSE);
    },
    closeRun() {
      runs.out.push(TOKEN.CLOSE);
    },
    attribute(id, name, value) {
      attributes.id(id);
      const column = columnOf(name);
      attributes.out.push(column * 2 + (value === null ? 1 : 0));
      if (value !== null) put(attributeTexts, column, value);
    },
    data(id, text) {
      data.id(id);
      put(dataTexts, columnOf(DATA_COLUMN), text);
    },
    fieldValue(id, value) {
      fields.id(id);
      fields.out.push(FIELD.VALUE);
      put(fieldTexts, columnOf(VALUE_COLUMN), value);
    },
    fieldChecked(id, checked) {
      fields.id(id);
      fields.out.push(checked === 'indeterminate' ? FIELD.INDETERMINATE : checked ? FIELD.CHECKED : FIELD.UNCHECKED);
    },
    fieldSelected(id, indices) {
      fields.id(id);
      fields.out.push(FIELD.SELECTED);
      fields.out.push(indices.length);
      for (const index of indices) fields.out.push(index);
    },
    scroll(id, x, y) {
      scrolls.id(id);
      scrolls.out.push(zigzag(x));
      scrolls.out.push(zigzag(y));
    },
    mark(id, mark) {
      marks.id(id);
      marks.out.push(mark);
    },
    finish() {
      sections.reset();
      for (const section of allSections) section.writeTo(sections);
      message.reset();
      message.reserve(units + runs.out.length * 2);
      message.u8(announceDictionary ? NEW_DICTIONARY : 0);
      message.varint(definitions.length);
      const columns = writeColumnCounts();
      message.bytes(sections.finish());
      writeTextBlock(columns);
      const body = message.finish();
      announceDictionary = false;
      renewDictionaryWhenFull();
      return body;
    },
  };
}

/**
 * Entries that each begin with a node's number, written as the distance from the one before. Everything in them is a
 * varint; pushing numbers and making bytes of all of them at once is what costs least while the code is still cold.
 */
function createSection() {
  const out: number[] = [];
  let last = 0;
  let count = 0;
  return {
    out,
    get count() {
      return count;
    },
    id(id: NodeId): void {
      out.push(zigzag(id - last));
      last = id;
      count += 1;
    },
    writeTo(message: Writer): void {
      message.varint(count);
      message.varints(out);
      out.length = 0;
      last = 0;
      count = 0;
    },
  };
}
