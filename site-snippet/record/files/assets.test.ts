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

test('long pictures in base64 are files; texts, and those after too many, stay where they are', () => {
  const assets = createAssets(new AbortController().signal, () => Promise.reject(new Error('nowhere')));
  const picture = (at: number): string => `data:image/png;base64,${String(at).padStart(20_000, 'A')}`;
  const text = `data:image/svg+xml,${'x'.repeat(20_000)}`;
  expect(assets.name(text, shop)).toBe(text);
  for (let at = 0; at < 200; at += 1) expect(assets.name(picture(at), shop)).toBe(`asset:${at}`);
  expect(assets.name(picture(7), shop)).toBe('asset:7');
  // A camera's picture in every frame must not take the numbers of all files to come.
  expect(assets.name(picture(200), shop)).toBe(picture(200));
  expect(assets.name('a.png', shop)).toBe('asset:200');
});
