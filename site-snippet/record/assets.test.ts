import { expect, test } from 'vitest';
import { createAssets } from './assets.ts';

const shop = (): string => 'https://shop.example/list/';

test('one file has one name, however it is written', () => {
  const assets = createAssets(new AbortController().signal, () => Promise.reject(new Error('nowhere')));
  expect(assets.name('a.png', shop)).toBe('asset:0');
  expect(assets.name('/list/a.png', shop)).toBe('asset:0');
  expect(assets.name('https://shop.example/list/a.png', shop)).toBe('asset:0');
  expect(assets.name('a.png', () => 'https://shop.example/other/')).toBe('asset:1');
});

test('an address that is whole needs no base, with letters of any alphabet in it', () => {
  const assets = createAssets(new AbortController().signal, () => Promise.reject(new Error('nowhere')));
  expect(assets.name('https://files.example/größe 1.png', shop)).toBe('asset:0');
  expect(assets.at(0)).toBe('https://files.example/gr%C3%B6%C3%9Fe%201.png');
});

test('what cannot be fetched has no name, and what is there already keeps its own', () => {
  const assets = createAssets(new AbortController().signal, () => Promise.reject(new Error('nowhere')));
  expect(assets.name('javascript:alert(1)', shop)).toBe('');
  expect(assets.name('data:image/png;base64,AA==', shop)).toBe('data:image/png;base64,AA==');
});
