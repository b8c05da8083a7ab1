import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyDefinition,
  createDictionary,
  defineColumn,
  defineShape,
  MAX_COLUMNS,
  MAX_DEFINITION_UNITS,
  MAX_DICTIONARY_UNITS,
  MAX_SHAPES,
} from './shapes.ts';
import { holds } from './test-random.ts';

const anyName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'class', '#p', '=value', '@x', 'h'),
  fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !name.includes(' ')),
);
const anyDefinition = fc.oneof(
  fc.record({
    namespace: fc.constantFrom('html' as const, 'svg' as const, 'mathml' as const),
    tag: anyName,
    attributes: fc.array(anyName, { maxLength: 5 }),
  }),
  anyName,
);

describe('two dictionaries', () => {
  test('stay in step whatever is defined', () => {
    holds(
      fc.property(fc.array(anyDefinition), (definitions) => {
        const here = createDictionary();
        const there = createDictionary();
        for (const definition of definitions) {
          if (typeof definition === 'string') {
            here.column(definition);
            expect(applyDefinition(there, defineColumn(definition))).toBe(true);
          } else {
            const { namespace, tag, attributes } = definition;
            here.addShape(namespace, tag, attributes);
            expect(applyDefinition(there, defineShape(namespace, tag, attributes))).toBe(true);
          }
        }
        expect(there.shapes).toEqual(here.shapes);
        expect(there.columnCount).toBe(here.columnCount);
        expect(there.units).toBe(here.units);
        for (let column = 0; column < here.columnCount; column += 1) {
          expect(there.columnName(column)).toBe(here.columnName(column));
        }
      }),
    );
  });

  test('give an attribute the same column in every shape', () => {
    const dictionary = createDictionary();
    const one = dictionary.addShape('html', 'p', ['class', 'id']);
    const other = dictionary.addShape('html', 'div', ['id']);
    expect(one.columns).toEqual([0, 1]);
    expect(one.textColumn).toBe(2);
    expect(other.columns).toEqual([1]);
    expect(other.textColumn).toBe(3);
  });

  test('have no column that nobody defined', () => {
    const dictionary = createDictionary();
    expect(dictionary.hasColumn('__proto__')).toBe(false);
    expect(dictionary.columnName(0)).toBeUndefined();
    expect(dictionary.columnName(-1)).toBeUndefined();
  });
});

describe('a definition of the other side', () => {
  test('is refused when it is none', () => {
    const dictionary = createDictionary();
    for (const text of ['', 'h', '@', 'p', 'xp', 'h ', 'h class', 'hp ', 'hp  class', ' hp']) {
      expect(applyDefinition(dictionary, text)).toBe(false);
    }
    expect(dictionary.columnCount).toBe(0);
  });

  test('is refused when it is too long or the dictionary is full', () => {
    const dictionary = createDictionary();
    expect(applyDefinition(dictionary, `h${'p'.repeat(MAX_DEFINITION_UNITS)}`)).toBe(false);
    for (let count = 0; count < MAX_SHAPES; count += 1) applyDefinition(dictionary, 'hp');
    expect(dictionary.shapes).toHaveLength(MAX_SHAPES);
    expect(applyDefinition(dictionary, 'hp')).toBe(false);

    const columns = createDictionary();
    for (let count = 0; count < MAX_COLUMNS; count += 1) applyDefinition(columns, `@${count}`);
    expect(applyDefinition(columns, '@one-more')).toBe(false);
  });

  test('is refused when the names would fill the memory', () => {
    const dictionary = createDictionary();
    const long = 'x'.repeat(MAX_DEFINITION_UNITS - 10);
    let taken = 0;
    while (taken < 1_000 && applyDefinition(dictionary, `@${taken}${long}`)) taken += 1;
    expect(taken).toBe(Math.ceil(MAX_DICTIONARY_UNITS / (long.length + 2)));
  });
});
