import { expect, test } from 'vitest';
import { MAX_STRING_UNITS } from '../../protocol/limits.ts';
import { clearColumn } from './masked-text.ts';

const SEPARATOR = '\u0001';
const cleared = (column: string, ...raw: string[]): string[] => clearColumn(column, raw).split(SEPARATOR);

test('texts that have nothing to hide stay as they are', () => {
  for (const column of ['#p', '#data', '=value', 'class', 'style', 'href', 'title', 'data-name']) {
    expect(cleared(column, 'a', '', 'b c')).toEqual(['a', '', 'b c']);
  }
});

test('no text can pass for two', () => {
  for (const column of ['#p', '=value', 'class', 'href', 'title', 'data-name']) {
    expect(cleared(column, 'a', `b${SEPARATOR}c`, SEPARATOR, 'd')).toEqual(['a', 'bc', '', 'd']);
  }
});

test('addresses go without query and fragment, in each column as its name says', () => {
  const address = 'https://shop.example/a?mail=a@b.example#token=1';
  const bare = 'https://shop.example/a';
  expect(cleared('href', 'x', address, '#top')).toEqual(['x', bare, '#top']);
  expect(cleared('data-url', 'x', address)).toEqual(['x', bare]);
  expect(cleared('title', address, 'Really? Yes')).toEqual([bare, 'Really? Yes']);
  expect(cleared('#p', address)).toEqual([address]);
  expect(cleared('class', address)).toEqual([address]);
});

test('records for scripts go, words stay', () => {
  expect(cleared('data-props', '{"name":"Ada"}', ' [1]', 'open', '[')).toEqual(['', '', 'open', '[']);
});

test('a text that is too long is cut, its neighbours are not', () => {
  const long = 'x'.repeat(MAX_STRING_UNITS + 5);
  const [first = '', second] = cleared('#p', long, 'y');
  expect(first).toHaveLength(MAX_STRING_UNITS);
  expect(second).toBe('y');
});
