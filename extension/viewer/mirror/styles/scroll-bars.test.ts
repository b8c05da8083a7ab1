import { expect, test } from 'vitest';
import { createScrollBars } from './scroll-bars.ts';

const DESK = { scrollBar: 15, thinScrollBar: 11, fontSize: 16 };
const PHONE = { scrollBar: 0, thinScrollBar: 0, fontSize: 16 };
const CSS =
  'a { scrollbar-width: thin !important; scrollbar-color: red rgb(0, 0, 1) } b { scrollbar-width: auto; scrollbar-gutter: stable; scrollbar-color: auto }';

function answer(own: typeof DESK, told: typeof DESK): [string, string] {
  const bars = createScrollBars();
  bars.set(told, own);
  return [bars.answer(CSS), bars.rules];
}

test('where both have the same nothing is said', () => {
  expect(answer(DESK, DESK)).toEqual([CSS, '']);
  expect(answer(PHONE, PHONE)).toEqual([CSS, '']);
});

test('a phone’s take no room at a desk', () => {
  const [css, rules] = answer(DESK, PHONE);
  expect(css).toBe(
    'a { scrollbar-width:none !important; scrollbar-width:none } b { scrollbar-width: auto; scrollbar-gutter: stable; scrollbar-color: auto }',
  );
  expect(rules).toContain('width: 0');
  expect(rules).toContain('textarea { scrollbar-width: none; }');
});

test('a desk’s take their room where the agent’s take none', () => {
  const [css, rules] = answer(PHONE, DESK);
  expect(css).toBe(
    'a { --alongside-scroll-bar:11px !important;  } b { scrollbar-width: auto; scrollbar-gutter: stable; scrollbar-color: auto }',
  );
  expect(rules).toContain('{ --alongside-scroll-bar: 15px; }');
});

test('a sheet that names them may be answered otherwise later', () => {
  const bars = createScrollBars();
  expect([bars.areNamed(CSS), bars.areNamed('a { color: red }')]).toEqual([true, false]);
  bars.set(DESK, DESK);
  expect(bars.set(DESK, DESK)).toBe(false);
  expect(bars.set(PHONE, DESK)).toBe(true);
});
