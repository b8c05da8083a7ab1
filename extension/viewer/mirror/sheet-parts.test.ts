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
    [`.x:after, .y::part(z):hover { ${file} }`, '.x, .y:hover'],
    [`a { b & { ${file} } }`, null],
    [`a { .b { ${file} } }`, null],
    [`@keyframes x { from { ${file} } 50% { ${file} } }`, null],
    [`@scope (.a) { b { ${file} } }`, null],
    [`:host(.a) b { ${file} }`, null],
    [`@page { ${file} }`, null],
    [file, null],
  ] as const;
  for (const [css, selector] of found) expect([...new Set(selectorsOf(css))], css).toEqual([selector]);
});

test('the text between is as it was, what is foreign is taken out, and rules of fonts stay whole', () => {
  const css =
    'a{b:url(asset:3)}@font-face{src:url("http://a.example/x"), url(\'asset:4\')} i{b:url(#c),url(//d.example)}';
  expect(partsOf(css)).toEqual([
    'a{b:',
    { asset: 3, selector: 'a' },
    '}',
    { face: '@font-face{src:url("data:,"), url(\'asset:4\')}' },
    ' i{b:url(#c),',
    'url("data:,")',
    ')}'.slice(1),
  ]);
  expect(partsOf('a { color: red }')).toEqual(['a { color: red }']);
});

test('what the end of the text leaves open is closed by it', () => {
  expect(partsOf('a { color: red } @font-face { src: url(asset:4), url(http://a.example')).toEqual([
    'a { color: red }',
    { face: ' @font-face { src: url(asset:4), url("data:,")' },
    '',
  ]);
  expect(partsOf('} a { b: url(asset:1')).toEqual(['} a { b: ', { asset: 1, selector: 'a' }, '']);
});
