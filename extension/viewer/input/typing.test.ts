import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_TYPED_UNITS } from '../../../protocol/limits.ts';
import { createTyping, isText } from './typing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const sent: string[] = [];
  const ending = new AbortController();
  return { sent, ending, typing: createTyping((text) => sent.push(text), ending.signal) };
}

test('keys pressed quickly one after the other travel as one text', () => {
  const { sent, typing } = start();
  typing.add('a');
  typing.add('b');
  expect(sent).toEqual([]);
  vi.runAllTimers();
  typing.add('c');
  vi.runAllTimers();
  expect(sent).toEqual(['ab', 'c']);
});

test('what has gathered goes before anything else, and once', () => {
  const { sent, typing } = start();
  typing.add('a');
  typing.paste('pasted');
  vi.runAllTimers();
  expect(sent).toEqual(['a', 'pasted']);
});

test('a paste is cut to what one command may carry', () => {
  const { sent, typing } = start();
  typing.paste('x'.repeat(MAX_TYPED_UNITS + 1));
  expect(sent[0]).toHaveLength(MAX_TYPED_UNITS);
});

test('nothing is sent after the end', () => {
  const { sent, ending, typing } = start();
  typing.add('a');
  ending.abort();
  vi.runAllTimers();
  expect(sent).toEqual([]);
});

test.for([
  ['a letter', { key: 'a' }, true],
  ['a sign written with AltGr', { key: '@', ctrlKey: true, altKey: true, graph: true }, true],
  ['a letter of another script', { key: '語' }, true],
  ['a shortcut', { key: 'a', ctrlKey: true }, false],
  ['a named key', { key: 'Enter' }, false],
] as const)('%s is text or not', ([, pressed, wanted]) => {
  const { graph = false, ...held } = pressed as { readonly key: string; readonly graph?: boolean };
  const event = { ctrlKey: false, altKey: false, metaKey: false, ...held, getModifierState: () => graph };
  expect(isText(event)).toBe(wanted);
});
