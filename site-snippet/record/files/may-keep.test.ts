import { expect, test } from 'vitest';
import { mayKeep } from './may-keep.ts';

const response = (headers: Record<string, string>, url = 'https://shop.example/a') => ({
  url,
  headers: new Headers(headers),
});

test.each<[Record<string, string>, boolean, boolean]>([
  [{}, true, false],
  [{ 'cache-control': 'public, max-age=0' }, true, true],
  [{ 'cache-control': 'max-age=31536000, immutable' }, true, true],
  [{ 'cache-control': 'max-age=0' }, true, false],
  [{ 'cache-control': 'no-cache' }, true, false],
  [{ 'cache-control': 'private, max-age=600' }, false, false],
  [{ 'cache-control': 'No-Store' }, false, false],
  [{ 'cache-control': 'public', vary: 'Accept-Encoding' }, true, true],
  [{ 'cache-control': 'public', vary: 'Accept-Encoding, Cookie' }, false, false],
  [{ 'cache-control': 'public', vary: '*' }, false, false],
])('%j: style sheets and fonts %s, pictures %s', (headers, others, pictures) => {
  expect(mayKeep(response(headers), false)).toBe(others);
  expect(mayKeep(response(headers), true)).toBe(pictures);
});

test('what scripts of the page made is never kept', () => {
  expect(mayKeep(response({ 'cache-control': 'public' }, 'blob:https://shop.example/1'), true)).toBe(false);
});
