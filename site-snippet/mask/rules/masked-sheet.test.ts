import { expect, test } from 'vitest';
import { maskedSheet } from './masked-sheet.ts';

const masked = (css: string): string => maskedSheet(css, { rememberText() {} });

test('words that a sheet writes go, however they are written', () => {
  expect(masked('b::after { content: "Ada" attr(x) \'5\' }')).toBe(
    'b::after { content: "********" attr(x) \'********\' }',
  );
  expect(masked('b::after{content:"\\41 da \\"x"}i{top:0}')).toBe('b::after{content:"********"}i{top:0}');
  expect(masked('a:hover { --name: "Ada"; quotes: "x" "y" }')).toBe(
    'a:hover { --name: "********"; quotes: "********" "********" }',
  );
  expect(masked('[data-name="Ada"] { top: 0 }')).toBe('[data-name="********"] { top: 0 }');
  expect(masked('a { background: url("asset:1"), "Ada" }')).toBe('a { background: url("asset:1"), "********" }');
  expect(masked('/* of Ada\'s */ a { content: "/* Ada" } /* Ada')).toBe(' a { content: "********" } ');
});

test('layout, icons and the names of fonts stay', () => {
  const css = `a:not([type="radio"]) { font-family: "Inter", 'Arial'; grid-template-areas: "a b" "c d" }
    i::before { content: "\\f101"; } b::after { content: ""; } q { quotes: "«" "»" }
    @font-face { font-family: "Inter"; src: url("asset:1") format("woff2"); }`;
  expect(masked(css)).toBe(css);
});
