import { expect, test } from 'vitest';
import { createScrollBars } from './scroll-bars.ts';

const DESK = { normal: 15, thin: 11 };
const PHONE = { normal: 0, thin: 0 };
const CSS =
  'a { scrollbar-width: thin !important; scrollbar-color: red rgb(0, 0, 1) } b { scrollbar-width: auto; scrollbar-gutter: stable; scrollbar-color: auto }';

function answer(own: typeof DESK, told: typeof DESK): [string, string] {
  const bars = createScrollBars(own);
  bars.set(told);
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
});

test('a desk’s take their room where the agent’s take none', () => {
  const [css, rules] = answer(PHONE, DESK);
  expect(css).toBe(
    'a { --alongside-scroll-bar:11px !important;  } b { scrollbar-width: auto; scrollbar-gutter: stable; scrollbar-color: auto }',
  );
  expect(rules).toContain('{ --alongside-scroll-bar: 15px; }');
});

test('a sheet that names them may be answered otherwise later', () => {
  const bars = createScrollBars(DESK);
  expect([bars.areNamed(CSS), bars.areNamed('a { color: red }')]).toEqual([true, false]);
  expect(bars.set(DESK)).toBe(false);
  expect(bars.set(PHONE)).toBe(true);
});
