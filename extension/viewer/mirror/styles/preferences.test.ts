import { expect, test } from 'vitest';
import type { Preferences } from '../../../../protocol/page-message.ts';
import { holdingNow } from '../../../../protocol/preferences.ts';
import { createMirroredPreferences } from './preferences.ts';

/** The agent's browser: a mouse, nothing preferred. */
const DESK = ['(prefers-color-scheme: light)', '(hover: hover)', '(pointer: fine)', '(any-pointer: fine)'];
const agent = { matchMedia: (query: string) => ({ matches: DESK.includes(query) }), devicePixelRatio: 1 };

const OWN = { scrollBar: 15, thinScrollBar: 11, fontSize: 16 };

const told = (holding: readonly string[], devicePixelRatio = 1, fontSize = 16): Preferences => ({
  holding: holdingNow((query) => holding.includes(query)),
  devicePixelRatio,
  pageScheme: 'normal',
  sizes: { ...OWN, fontSize },
  rootFontSize: fontSize,
  insets: [0, 0, 0, 0],
  heights: [0, 0, 0],
});

function draw(holding: Preferences, css: string, kind: 'drawSheet' | 'drawMedia' = 'drawSheet'): string {
  const preferences = createMirroredPreferences(agent as unknown as Window, () => OWN);
  preferences.set(holding);
  let drawn = '';
  preferences[kind](
    {},
    css,
    () => true,
    (answered) => (drawn = answered),
  );
  return drawn;
}

/** Whether what the query asks holds, as the browser will see it. */
const holds = (holding: Preferences, query: string): string =>
  draw(holding, query, 'drawMedia').replace('(min-width:0)', 'yes').replace('(max-width:-1px)', 'no');

const PHONE = told(['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(pointer: coarse)'], 3);

test('questions about the browser are answered as at the customer’s', () => {
  expect(holds(PHONE, '(prefers-color-scheme: dark)')).toBe('yes');
  expect(holds(PHONE, '( PREFERS-COLOR-SCHEME:light )')).toBe('no');
  expect(holds(PHONE, 'screen and (prefers-reduced-motion)')).toBe('screen and yes');
  expect(holds(PHONE, 'not all and (hover)')).toBe('not all and no');
  expect(holds(PHONE, '(pointer: fine)')).toBe('no');
  expect(holds(PHONE, '(pointer)')).toBe('yes');
  expect(holds(PHONE, '(any-pointer: what-is-that)')).toBe('no');
  expect(holds(PHONE, '(min-resolution: 192dpi)')).toBe('yes');
  expect(holds(PHONE, '(-webkit-max-device-pixel-ratio: 1.5)')).toBe('no');
  expect(holds(PHONE, '(min-width: 100px) and (orientation: portrait)')).toContain('(orientation: portrait)');
});

test('so are those about its screen, written as a range', () => {
  expect(holds(PHONE, '(resolution >= 2x)')).toBe('yes');
  expect(holds(PHONE, '(resolution > 3dppx)')).toBe('no');
  expect(holds(PHONE, '(192dpi <= resolution)')).toBe('yes');
  expect(holds(PHONE, '( 1dppx < resolution < 3dppx )')).toBe('no');
  expect(holds(PHONE, '(1dppx<resolution<=3dppx) and (width<=9px)')).toBe('yes and (width<=9px)');
  expect(holds(PHONE, '(resolution = 3dppx)')).toBe('yes');
});

test('a phone’s screen is as large as its page, not as the agent’s', () => {
  const phone = told(['(hover: none)', '(pointer: coarse)'], 3);
  const query = '(max-device-width: 480px) and (device-height >= 9px) and (-webkit-min-device-pixel-ratio: 2)';
  expect(holds(phone, query)).toBe('(max-width: 480px) and (height >= 9px) and yes');
  expect(holds(told(['(hover: hover)', '(pointer: fine)'], 3), '(max-device-width: 480px)')).toContain('device');
});

test('only what a media rule asks is taken for a question', () => {
  const css = 'a:not(.hover) { cursor: pointer } @media (hover: hover) and (width > 9px) { b { content: "(hover)" } }';
  expect(draw(told(['(hover: hover)']), css)).toBe(css.replace('(hover: hover)', '(min-width:0)'));
});

test('of two schemes a page offers, the customer’s is taken', () => {
  expect(draw(PHONE, ':root { color-scheme: light dark; } a { color-scheme: light }')).toBe(
    ':root { color-scheme:dark; } a { color-scheme: light }',
  );
});

test('what asks is drawn again when the answer has changed, the last text of each alone', () => {
  const preferences = createMirroredPreferences(agent as unknown as Window, () => OWN);
  const drawn: string[] = [];
  const isStillThere = (): boolean => true;
  const [sheet, plain, gone] = [{}, {}, {}];
  const css = '@media (hover) { a { b: c } }';
  preferences.drawSheet(sheet, css, isStillThere, () => drawn.push('old'));
  preferences.drawSheet(sheet, css, isStillThere, (answered) => drawn.push(answered));
  preferences.drawSheet(plain, 'a { b: c }', isStillThere, () => drawn.push('plain'));
  let isThere = true;
  preferences.drawSheet(
    gone,
    css,
    () => isThere,
    () => drawn.push('gone'),
  );
  isThere = false;
  drawn.length = 0;

  preferences.set(told(DESK));
  expect(drawn).toEqual([]);
  preferences.set(PHONE);
  expect(drawn).toEqual(['@media (max-width:-1px) { a { b: c } }']);
});

test('what is measured in em goes by the font size that the customer’s browser is set to', () => {
  const css =
    '@media (min-width: 48em) and (width < 60.5rem) { a { margin: 2em } } @media (min-width: 40.em) { b { top: 0 } }';
  expect(draw(told([], 1, 16), css)).toBe(css);
  expect(draw(told([], 1, 20), css)).toBe(
    '@media (min-width: 960px) and (width < 1210px) { a { margin: 2em } } @media (min-width: 40.em) { b { top: 0 } }',
  );
  expect(draw(told([], 1, 20), '(max-width: 40em)', 'drawMedia')).toBe('(max-width: 800px)');
});
