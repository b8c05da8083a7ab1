import { describe, expect, test } from 'vitest';
import { typeSessionId } from './session-id-typing.ts';

/** `|` is the caret. */
function type(before: string): string {
  const caret = before.indexOf('|');
  const typed = typeSessionId({ text: before.replace('|', ''), caret });
  return `${typed.text.slice(0, typed.caret)}|${typed.text.slice(typed.caret)}`;
}

describe('typing a session ID', () => {
  test('groups the digits by three', () => {
    expect(type('123|')).toBe('123|');
    expect(type('1234|')).toBe('123-4|');
    expect(type('123-456789|')).toBe('123-456-789|');
  });

  test('takes a paste with any separators', () => {
    expect(type(' 123 456.789 |')).toBe('123-456-789|');
    expect(type('１２３４５６７８９|')).toBe('123-456-789|');
  });

  test('keeps the caret after the digit just typed in the middle', () => {
    expect(type('19|2-345')).toBe('19|2-345');
    expect(type('129|3-45')).toBe('129|-345');
  });

  test('keeps the caret in place when a separator is deleted, so that the next one deletes the digit', () => {
    expect(type('123|456')).toBe('123|-456');
  });

  test('leaves text alone that is not a number', () => {
    expect(type('12a4|5')).toBe('12a4|5');
  });
});
