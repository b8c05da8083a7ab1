import { expect, test } from 'vitest';
import { createScreenLengths } from './screen-lengths.ts';

function answered(css: string, { insets = [0, 0, 0, 0], heights = [0, 0, 0] }): string {
  const lengths = createScreenLengths();
  lengths.set({ insets, heights });
  return lengths.answer(css);
}

/** A phone of 390 × 660 that shows its address bar: 56 pixels more when that has gone. */
const WITH_BAR = { heights: [716, 0, 0] };

test.for([
  ['a{height:100vh}', 'a{height:716px}'],
  ['a{min-height:calc(50LVH - 2rem)}', 'a{min-height:calc(358px - 2rem)}'],
  ['height: -1.5vh', 'height: -10.74px'],
  ['a{height:100dvh;top:100svh}', 'a{height:100dvh;top:100svh}'],
  ['a{width:10vmin;height:20vmax}', 'a{width:min(10vw,71.6px);height:max(20vw,143.2px)}'],
  ['.min-h-\\[100vh\\]{--full:100vh}', '.min-h-\\[100vh\\]{--full:716px}'],
  ['.a:not(.b) .h-100vh:hover{top:1vh}.c{}', '.a:not(.b) .h-100vh:hover{top:7.16px}.c{}'],
  ['a{width:100vw;height:100px;margin:v5vh}', 'a{width:100vw;height:100px;margin:v5vh}'],
])('what goes by the height of a phone that shows its bar: %s', ([css, expected]) => {
  expect(answered(css as string, WITH_BAR)).toBe(expected);
});

test('the bar has gone: what goes by the small height is less', () => {
  expect(answered('a{height:100svh;top:100vh}', { heights: [0, 660, 0] })).toBe('a{height:660px;top:100vh}');
});

test.for([
  ['a{padding-bottom:env(safe-area-inset-bottom)}', 'a{padding-bottom:34px}'],
  ['a{top:calc(ENV( safe-area-inset-top , 20px ) + 1px)}', 'a{top:calc(47px + 1px)}'],
  ['padding: env(safe-area-inset-left) env(keyboard-inset-height)', 'padding: 0px env(keyboard-inset-height)'],
])('what the edges of a screen take: %s', ([css, expected]) => {
  expect(answered(css as string, { insets: [47, 0, 34, 0] })).toBe(expected);
});

test('of a browser at a desk nothing is changed, and a phone’s is told once', () => {
  const lengths = createScreenLengths();
  const desk = { insets: [0, 0, 0, 0], heights: [0, 0, 0] };
  expect(lengths.set(desk)).toBe(false);
  expect(lengths.answer('a{height:100vh;top:env(safe-area-inset-top)}')).toBe(
    'a{height:100vh;top:env(safe-area-inset-top)}',
  );
  expect(lengths.set({ ...desk, ...WITH_BAR })).toBe(true);
  expect(lengths.set({ ...desk, ...WITH_BAR })).toBe(false);
  expect(lengths.set(desk)).toBe(true);
});
