import { expect, test } from 'vitest';
import { MAX_STRING_UNITS } from '../../../protocol/limits.ts';
import { clearColumn } from './clear-column.ts';

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

test('so do records and code in whatever attribute a framework keeps them, encoded or not, and tokens', () => {
  const record = '{"ssn":"078"}';
  const records = [record, encodeURIComponent(record), encodeURIComponent(encodeURIComponent(record)), btoa(record)];
  for (const column of ['data-state', 'wire:snapshot', 'props', 'hx-headers', 'x-data', 'name']) {
    expect(cleared(column, ...records, 'open')).toEqual(['', '', '', '', 'open']);
  }
  expect(cleared('ng-init', "user={ssn:'078'}", 'x')).toEqual(['', 'x']);
  expect(cleared('x-on:click', "pay('078')", 'open = 078', 'toggle')).toEqual(['', '', 'toggle']);
  expect(cleared('data-on-click', "@post('/pay')", 'user={a:1}', 'click->menu#toggle')).toEqual([
    '',
    '',
    'click->menu#toggle',
  ]);
  expect(cleared('data-href', "javascript:pay('078')", 'data:text/csv,iban%0A078', 'Data: 5 GB')).toEqual([
    '',
    '',
    'Data: 5 GB',
  ]);
  const words = ['[New] Message (3)', 'Jane’s {name}', '"quoted" = 5', '50% off: now'];
  for (const column of ['title', 'aria-label', 'placeholder', 'value'])
    expect(cleared(column, ...words)).toEqual(words);
  const tips = ["Customer's name (optional)", 'Save ("draft")', '50% off: now', 'a = b', '5:00'];
  expect(cleared('data-tooltip', ...tips)).toEqual(tips);
  const drawn = [
    'rgb(124,181,236)',
    'var(--sky-1)',
    'url("#a")',
    'translate(5, 5)',
    "'Arial', sans-serif",
    '(min-width: 5px)',
  ];
  for (const column of ['fill', 'stop-color', 'flood-color', 'clip-path', 'transform', 'font-family', 'media'])
    expect(cleared(column, ...drawn)).toEqual(drawn);
});

test('what an address has in itself goes as well', () => {
  const links = [
    "javascript:pay('078')",
    ' JavaScript:pay()',
    'java\nscript:pay()',
    'data:text/csv,078',
    'mailto:a@b.example',
  ];
  expect(cleared('href', ...links)).toEqual([
    'javascript:',
    ' JavaScript:',
    'javascript:',
    'data:',
    'mailto:a@b.example',
  ]);
});

test('a text that is too long is cut, its neighbours are not', () => {
  const long = 'x'.repeat(MAX_STRING_UNITS + 5);
  const [first = '', second] = cleared('#p', long, 'y');
  expect(first).toHaveLength(MAX_STRING_UNITS);
  expect(second).toBe('y');
});
