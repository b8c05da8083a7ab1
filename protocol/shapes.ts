/**
 * The dictionary both ends keep in step: a *shape* is an element's namespace, tag and attribute names; a *column*
 * gathers the values of one attribute name, or the texts under one tag, so that like stands beside like when the message
 * is deflated. Both grow in the order in which definitions are written, so their numbers cost nothing.
 * (Columns and shapes gave 0.87 times the bytes of deflated `outerHTML`; docs/protocol.md, "Tree".)
 */

import { MAX_ATTRIBUTES_PER_NODE } from './limits.ts';

export type Namespace = 'html' | 'svg' | 'mathml';

export interface Shape {
  readonly index: number;
  readonly namespace: Namespace;
  readonly tag: string;
  readonly attributes: readonly string[];
  /** The column of each attribute, in the order of `attributes`. */
  readonly columns: readonly number[];
  /** The column of the texts directly under such an element. */
  readonly textColumn: number;
}

/** More than any real page needs; a page that gets there makes the writer start a new dictionary. */
export const MAX_SHAPES = 20_000;
export const MAX_COLUMNS = 20_000;
/** Of one definition in UTF-16 units: 256 attribute names of 200 units, and the tag. */
export const MAX_DEFINITION_UNITS = 64 * 1024;
/** Of all names in a dictionary: what it may keep in memory for as long as it lives. */
export const MAX_DICTIONARY_UNITS = 8 * 1024 * 1024;

/** Attributes that no page has, for what is told beside an element's markup: `alongside:before`. */
export const SAID_PREFIX = 'alongside:';

const NAMESPACE_LETTERS = { html: 'h', svg: 's', mathml: 'm' } as const;

export interface Dictionary {
  readonly shapes: readonly Shape[];
  readonly columnCount: number;
  /** UTF-16 units of all names so far. */
  readonly units: number;
  /** Adds a shape and the columns it names for the first time. */
  addShape(namespace: Namespace, tag: string, attributes: readonly string[]): Shape;
  /** The column of an attribute name (`class`), of texts (`#p`), or one of the fixed ones. Added when new. */
  column(name: string): number;
  /** The attribute name of a column. */
  columnName(column: number): string | undefined;
  hasColumn(name: string): boolean;
}

export function createDictionary(): Dictionary {
  const shapes: Shape[] = [];
  const columns = new Map<string, number>();
  const names: string[] = [];
  let units = 0;

  function column(name: string): number {
    const known = columns.get(name);
    if (known !== undefined) return known;
    columns.set(name, names.length);
    names.push(name);
    units += name.length;
    return names.length - 1;
  }

  return {
    shapes,
    get columnCount() {
      return names.length;
    },
    get units() {
      return units;
    },
    addShape(namespace, tag, attributes) {
      const shape: Shape = {
        index: shapes.length,
        namespace,
        tag,
        attributes,
        columns: attributes.map(column),
        textColumn: column(`#${tag}`),
      };
      shapes.push(shape);
      for (const name of attributes) units += name.length;
      return shape;
    },
    column,
    columnName: (index) => names[index],
    hasColumn: (name) => columns.has(name),
  };
}

/** `hdiv class id`: how a shape is written when it is first used. Names hold no white space (the recorder sees to it). */
export function defineShape(namespace: Namespace, tag: string, attributes: readonly string[]): string {
  return [NAMESPACE_LETTERS[namespace] + tag, ...attributes].join(' ');
}

/** `@class`: how a column that no shape named is written when it is first used. */
export function defineColumn(name: string): string {
  return `@${name}`;
}

/** Applies a definition of the other side. `false`: not a definition. */
export function applyDefinition(dictionary: Dictionary, definition: string): boolean {
  if (definition.length < 2 || definition.length > MAX_DEFINITION_UNITS) return false;
  if (dictionary.shapes.length >= MAX_SHAPES || dictionary.columnCount >= MAX_COLUMNS) return false;
  if (dictionary.units >= MAX_DICTIONARY_UNITS) return false;
  if (definition.startsWith('@')) {
    dictionary.column(definition.slice(1));
    return true;
  }
  const namespace = namespaceOf(definition);
  const [tag, ...attributes] = definition.slice(1).split(' ');
  if (namespace === null || !tag || attributes.length > MAX_ATTRIBUTES_PER_NODE || attributes.includes(''))
    return false;
  dictionary.addShape(namespace, tag, attributes);
  return true;
}

function namespaceOf(definition: string): Namespace | null {
  switch (definition[0]) {
    case 'h':
      return 'html';
    case 's':
      return 'svg';
    case 'm':
      return 'mathml';
    default:
      return null;
  }
}
