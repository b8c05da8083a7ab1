import { expect, test } from 'vitest';
import { splitImports, wrapImport } from './css-imports.ts';

const FONTS = 'https://fonts.example/css2?family=Roboto:wght@400;700&display=swap';

test.each([
  [`@import url(${FONTS});h1{}`, [{ url: FONTS, conditions: '' }], 'h1{}'],
  [`@import"${FONTS}";h1{}`, [{ url: FONTS, conditions: '' }], 'h1{}'],
  ['@import "/x.css"', [{ url: '/x.css', conditions: '' }], ''],
  ['@charset "utf-8"; /* a */ @IMPORT url("b.css") screen; c{}', [{ url: 'b.css', conditions: 'screen' }], 'c{}'],
  [
    '@layer reset, base; @import "/base.css" layer(base); @layer reset{}',
    ['@layer reset, base;', { url: '/base.css', conditions: 'layer(base)' }],
    '@layer reset{}',
  ],
  ['/* do not use @import in here */ h1{}', [], 'h1{}'],
  ['/* @import "/dark.css"; */ h1{}', [], 'h1{}'],
  ['h1{} @import "/dark.css";', [], 'h1{} @import "/dark.css";'],
  ['@import ;h1{}', [], 'h1{}'],
] as const)('%s', (css, head, rest) => {
  expect(splitImports(css)).toEqual({ head, rest });
});

test.each([
  ['', 'a{}'],
  ['screen and (min-width:10px)', '@media screen and (min-width:10px) {\na{}\n}'],
  ['layer', '@layer  {\na{}\n}'],
  ['layer(x.y) print', '@layer x.y {\n@media print {\na{}\n}\n}'],
  [
    'supports(display:grid) screen and (min-width:10px)',
    '@supports (display:grid) {\n@media screen and (min-width:10px) {\na{}\n}\n}',
  ],
  ['supports((a:b) and (not (c:d)))', '@supports ((a:b) and (not (c:d))) {\na{}\n}'],
])('imported under "%s"', (conditions, expected) => {
  expect(wrapImport('a{}', conditions)).toBe(expected);
});
