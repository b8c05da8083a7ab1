import type { Modifier } from '../../../protocol/command.ts';
import { windowOf } from '../../native.ts';
import { dispatch } from '../native-acts.ts';

interface Code {
  /** `KeyboardEvent.code` on a US keyboard. */
  readonly code: string;
  /** The old number, which many pages still read. */
  readonly keyCode: number;
}

const NAMED: Record<string, number> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  Shift: 16,
  Control: 17,
  Alt: 18,
  Escape: 27,
  PageUp: 33,
  PageDown: 34,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  Insert: 45,
  Delete: 46,
  Meta: 91,
  ContextMenu: 93,
};

const SIDED = new Set(['Shift', 'Control', 'Alt', 'Meta']);

/** Each key without and with shift, its name and number. */
const SIGNS: readonly (readonly [string, string, number])[] = [
  [' ', 'Space', 32],
  [';:', 'Semicolon', 186],
  ['=+', 'Equal', 187],
  [',<', 'Comma', 188],
  ['-_', 'Minus', 189],
  ['.>', 'Period', 190],
  ['/?', 'Slash', 191],
  ['`~', 'Backquote', 192],
  ['[{', 'BracketLeft', 219],
  ['\\|', 'Backslash', 220],
  [']}', 'BracketRight', 221],
  ['\'"', 'Quote', 222],
];
const SHIFTED_DIGITS = ')!@#$%^&*(';

/** @returns `false` when the page prevented its default */
export function keyboardEvent(
  type: 'keydown' | 'keypress' | 'keyup',
  target: Element,
  key: string,
  modifiers: readonly Modifier[] = [],
): boolean {
  const view = windowOf(target);
  const { code, keyCode } = codeOf(key);
  const charCode = key === 'Enter' ? 13 : (key.codePointAt(0) ?? 0);
  const isPress = type === 'keypress';
  // UI Events, "legacy key attributes": browsers take the old numbers, TypeScript's dictionary has them not.
  const options: KeyboardEventInit & OldNumbers = {
    bubbles: true,
    composed: true,
    cancelable: true,
    view,
    key,
    code,
    keyCode: isPress ? charCode : keyCode,
    charCode: isPress ? charCode : 0,
    ...heldKeys(modifiers),
  };
  return dispatch(target, new view.KeyboardEvent(type, options));
}

/** What is held, as events of the keyboard and of the mouse say it. */
export function heldKeys(modifiers: readonly Modifier[]) {
  return {
    shiftKey: modifiers.includes('shift'),
    ctrlKey: modifiers.includes('control'),
    altKey: modifiers.includes('alt'),
    metaKey: modifiers.includes('meta'),
  };
}

interface OldNumbers {
  readonly keyCode: number;
  readonly charCode: number;
}

function codeOf(key: string): Code {
  if (/^[a-z]$/iu.test(key)) return { code: `Key${key.toUpperCase()}`, keyCode: key.toUpperCase().charCodeAt(0) };
  if (/^\d$/u.test(key)) return { code: `Digit${key}`, keyCode: key.charCodeAt(0) };
  if (/^F\d+$/u.test(key)) return { code: key, keyCode: 111 + Number(key.slice(1)) };
  const named = NAMED[key];
  if (named !== undefined) return { code: SIDED.has(key) ? `${key}Left` : key, keyCode: named };
  const digit = SHIFTED_DIGITS.indexOf(key);
  if (digit >= 0 && key.length === 1) return { code: `Digit${digit}`, keyCode: 48 + digit };
  const sign = SIGNS.find(([signs]) => key.length === 1 && signs.includes(key));
  return sign ? { code: sign[1], keyCode: sign[2] } : { code: '', keyCode: 0 };
}
