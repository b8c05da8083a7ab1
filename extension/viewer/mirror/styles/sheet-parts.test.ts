import { expect, test } from 'vitest';
import { partsOf } from './sheet-parts.ts';

const selectorsOf = (css: string): (string | null)[] =>
  partsOf(css).flatMap((part) => (typeof part === 'object' && 'asset' in part ? part.selector : []));

test('a file is that of the rule that it stands in, as long as its selector says who may match it', () => {
  const file = 'background: url("asset:1")';
  const found = [
    [`a, .b > c { color: red; ${file} }`, 'a, .b > c'],
    [`/* { */ @media print { @layer x { a[title="}{;"] { ${file} } } }`, 'a[title="}{;"]'],
    [`@charset "x"; a::before { ${file} }`, 'a'],
    [`.x:after, .y::part(z) { ${file} }`, '.x, .y'],
    [`.y::part(z):hover { ${file} }`, null],
    [`a { b & { ${file} } }`, null],
    [`a { .b { ${file} } }`, null],
    [`@keyframes x { from { ${file} } 50% { ${file} } }`, null],
    [`@scope (.a) { b { ${file} } }`, null],
    [`:host(.a) b { ${file} }`, null],
    [`a:has(b) { ${file} }`, null],
    [`::-webkit-scrollbar-button:vertical:decrement { ${file} }`, null],
    [`.x\\:before { ${file} }`, null],
    [`[d="::before"] { ${file} }`, null],
    [`@page { ${file} }`, null],
    [file, null],
  ] as const;
  for (const [css, selector] of found) expect([...new Set(selectorsOf(css))], css).toEqual([selector]);
});

test('the text between is as it was, and rules of fonts stay whole', () => {
  const css = 'a{b:url(asset:3)}@font-face{src:url(asset:5), url(\'asset:4\')} i{b:url(#c),url("data:,")}';
  expect(partsOf(css)).toEqual([
    'a{b:',
    { asset: 3, selector: 'a' },
    '}',
    { face: "@font-face{src:url(asset:5), url('asset:4')}" },
    ' i{b:url(#c),url("data:,")}',
  ]);
  expect(partsOf('a { color: red }')).toEqual(['a { color: red }']);
});

test('what the end of the text leaves open is closed by it, and a rule of fonts ends where it ends', () => {
  const ends = (css: string): unknown[] => partsOf(css).filter((part) => typeof part === 'object');
  expect(ends('a { color: red } @font-face { src: url(asset:4), url("data:,"')).toEqual([
    { face: ' @font-face { src: url(asset:4), url("data:,"' },
  ]);
  expect(partsOf('} a { b: url(asset:1')).toEqual(['} a { b: ', { asset: 1, selector: 'a' }, '']);
  for (const inner of ['q{', 'q{r:url(asset:1)}}', 'y:({{) } i{color:red}'])
    expect(ends(`@font-face{src:url(asset:2);${inner}`)).toEqual([{ face: `@font-face{src:url(asset:2);${inner}` }]);
  const nested = `${'@font-face{'.repeat(500)}src:url(asset:1)${'}'.repeat(500)}`;
  expect(JSON.stringify(partsOf(nested)).length).toBeLessThan(2 * nested.length);
});
