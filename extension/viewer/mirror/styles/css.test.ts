import { expect, test } from 'vitest';
import { drawDressed } from './css.ts';
import { createPictures, type Pictures } from '../pictures/pictures.ts';
import type { Wanted } from '../files/wanted.ts';

/** All that sheets name. */
const everything: Wanted = {
  fonts: { dress: (rule) => rule, clear() {} },
  pictures: { expect() {}, changed() {}, clear() {} },
  near: { expect() {}, clear() {} },
};
const pictures: Pictures = {
  url: (asset) => (asset === 3 ? 'blob:three' : ''),
  arrive() {},
  file() {},
  known: () => undefined,
  wanted: everything,
  clear() {},
};
function dress(css: string): string {
  let dressed = '';
  drawDressed(
    css,
    pictures,
    () => true,
    (text) => (dressed = text),
  );
  return dressed;
}

test('what came over the channel is shown, and nothing else is named any more', () => {
  expect(dress('a { background: url("asset:3") }')).toBe('a { background: url("blob:three") }');
  expect(dress('a { background: url(asset:4), url(http://a.example/x.png) }')).not.toMatch(/asset|http/u);
  expect(dress('@import "http://a.example/x.css"; @import url(//a.example); b { color: red }').trim()).toBe(
    'b { color: red }',
  );
  expect(dress('a { mask: url(#shape) }')).toBe('a { mask: url(#shape) }');
  expect(dress('a { background: url(data:image/png;base64,AA) }')).toContain('data:image/png');
  for (const type of ['font/woff2', 'application/x-font-ttf;charset=utf-8', 'application/font-woff'])
    expect(dress(`@font-face { font-family: a; src: url("data:${type};base64,AA") }`)).toContain(`data:${type}`);
  expect(dress('a { background: url(data:text/html;base64,AA), url(data:application/pdf,A) }')).not.toMatch(
    /html|pdf/u,
  );
});

test('a font that comes late is shown, whatever the page would have done without it', () => {
  expect(dress('@font-face { font-family: a; font-display:optional } @font-face { font-display : fallback }')).toBe(
    '@font-face { font-family: a; font-display:swap } @font-face { font-display : swap }',
  );
  expect(dress('@font-face { font-display: block }')).toContain('font-display: block');
});

test('names without a url() and escaped ones are found too', () => {
  expect(dress('a { background: image-set("http://a.example/x.png" 1x, "y.png" 2x) }')).not.toMatch(/http|y\.png/u);
  expect(dress('a { background: -webkit-image-set(url(asset:3) 1x type("image/avif")) }')).toContain(
    'url("blob:three") 1x',
  );
  expect(dress('a { background: \\75rl(http://a.example) }')).not.toMatch(/\\75/u);
  expect(dress('a { background: u\\72 l("http://a.example") }')).not.toMatch(/\\72/u);
  for (const name of ['\\url', 'u\\Rl', '\\u\\r\\l'])
    expect(dress(`a { background: ${name}(http://a.example) }`)).not.toContain('http');
});

test('of a set of pictures that custom properties name the one for plain screens is shown', () => {
  expect(dress('a { --p: url("asset:3"); background: image-set(var(--f) 2x,var( --p ) 1x) no-repeat }')).toBe(
    'a { --p: url("blob:three"); background: var( --p ) no-repeat }',
  );
  expect(dress('a { background: -webkit-image-set(var(--p) 1x), image-set(var(--q) 1.5dppx) }')).toBe(
    'a { background: var(--p), var(--q) }',
  );
  for (const set of ['var(--p)', 'var(--p) 1x, "http://a.example/x.png" 2x', 'var(--p, "http://a.example") 1x'])
    expect(dress(`a { background: image-set(${set}) }`)).not.toContain('image-set');
});

test('states of the customer’s browser become attributes of ours', () => {
  expect(dress('a:hover,b:focus-visible>c{x:y}')).toBe(
    'a[data-alongside-hover],b[data-alongside-focus-visible]>c{x:y}',
  );
  expect(dress('x:not(:defined){y:z}')).toBe('x:not(:not([data-alongside-undefined])){y:z}');
  expect(dress('x-y:state( Is-on )+i{a:b}')).toMatch(/^x-y\[data-alongside-matches~="[a-z\d]+"\]\+i\{a:b\}$/u);
  expect(dress('img[src$=".svg" i], [srcset]{a:b}')).toMatch(
    /^img(?:(?:, )?\[data-alongside-matches~="[a-z\d]+"\]){2}\{a:b\}$/u,
  );
  for (const other of [
    '.hover\\:red{a:b}',
    '@media (hover:hover){a{b:c}}',
    'a{animation:hover 1s}',
    'a{animation:active 1s}b{c:d}',
    'a:focus-other{b:c}',
    '[title=":hover"]{a:b}',
    "[title='x:active {']{a:b}",
    '/* a:hover { */ a{b:c}',
    'a{content:":focus"}',
    'a{b:c;d:hover;e:f}',
  ]) {
    expect(dress(other)).toBe(other);
  }
});

test('a state between strings and comments is one', () => {
  expect(dress('a[x="};{"]:hover/* ; */[y=\'}\'] , b:active{c:":hover {"}')).toBe(
    'a[x="};{"][data-alongside-hover]/* ; */[y=\'}\'] , b[data-alongside-active]{c:":hover {"}',
  );
  expect(dress('a{b:c;&:hover{d:e}}')).toBe('a{b:c;&[data-alongside-hover]{d:e}}');
});

test("an escaped quote or bracket is part of a name, as in `content-['']`", () => {
  expect(dress(`.a\\[\\'\\]::before{b:c}.d:hover{e:url(http://f.example)}`)).toBe(
    `.a\\[\\'\\]::before{b:c}.d[data-alongside-hover]{e:url("data:,")}`,
  );
  expect(dress('.a\\"\\;:hover .b\\\\,[c="};{"]:focus,.d\\;\\}:active{e:f}')).toBe(
    '.a\\"\\;[data-alongside-hover] .b\\\\,[c="};{"][data-alongside-focus],.d\\;\\}[data-alongside-active]{e:f}',
  );
});

test('a sheet made to be looked at for ever is not', { timeout: 5_000 }, () => {
  dress(`a[href]:hover ${'/*a*/ "b" '.repeat(20_000)};`);
  dress(`${'a[href]:hover '.repeat(20_000)};`);
});

test('icons and other plain sheets stay as they are', () => {
  const css = '.icon::before { content: "\\e900"; font-family: icons }';
  expect(dress(css)).toBe(css);
});

test('a rule without specificity for the body is stronger than the one that extension pages begin with', () => {
  expect(dress(':where(body) {a:b}')).toBe(':where(body),body {a:b}');
  expect(dress(':where(html,\nbody) , p{a:b}')).toBe(':where(html,\nbody),body , p{a:b}');
  const others = 'x :where(body), :where(bodyguard), :where(body) i {a:b}';
  expect(dress(others)).toBe(others);
});

test('a sheet is drawn again when its files have come, not once more for each that is still to come', async () => {
  const real = createPictures({ want() {}, onMissing() {}, wanted: () => everything });
  const files = Array.from({ length: 24 }, (_, asset) => asset);
  const sheet = files.map((asset) => `.a${asset} { background: url("asset:${asset}") }`).join('\n');
  let draws = 0;
  let dressed = '';
  drawDressed(
    sheet,
    real,
    () => true,
    (text) => {
      draws += 1;
      dressed = text;
    },
  );
  expect(dressed).not.toContain('blob:');
  for (const asset of files) {
    real.arrive({ kind: 'asset', asset, mime: 'image/png', bytes: new Uint8Array(1) });
    const before = draws;
    await expect.poll(() => draws).toBeGreaterThan(before);
  }
  expect(dressed.match(/blob:/gu)).toHaveLength(files.length);
  expect(draws).toBe(files.length + 1);
});

test('what is selected is marked by a name, and has its own color where the page says nothing of that', () => {
  const ours = '::highlight(alongside-selection)';
  expect(dress('::selection{background:red}')).toBe(`${ours}{color:currentcolor;background:red}`);
  expect(dress('a{b:c}d::SELECTION , e ::selection {f:g}')).toBe(`a{b:c}d${ours} , e ${ours} {color:currentcolor;f:g}`);
  expect(dress('a{&::selection{b:c}}')).toBe(`a{&${ours}{color:currentcolor;b:c}}`);
  for (const css of ['a,b::selection-x{c:d}', '.a\\:\\:selection{b:c}', 'a{b:"::selection{"}', '/* ::selection{} */']) {
    expect(dress(css)).toBe(css);
  }
});

test('nothing foreign is left, however it is written', () => {
  const e = 'http://a.example/x';
  const written = [
    `@font-face{font-family:x;src:url(${e});q{`,
    `@font-face{src:url(${e});q{r:url(asset:1)}}`,
    `@font-face{src:url(${e});q{r:url(z)}}`,
    `@font-face{src:url(${e});y:({{) } i{color:red}`,
    `i{background:url(#")} a{background:url(${e})} b{content:""}`,
    `i{background:url(# /*)} a{background:url(${e})} /**/`,
    `i{background:url(data:image/png,")} a{background:url(${e})} b{content:""}`,
    `i{color:xurl(#/*)"*/)} a{background:url(${e})} b{content:""}`,
    `@namespace p "x;y"; a{background:url(${e})} b{content:""}`,
  ];
  // What is left of an address stands in a string or a comment.
  for (const css of written) expect(dress(css).replaceAll(/\/\*[^]*?\*\/|"[^"]*"/gu, ''), css).not.toContain(e);
  expect(dress(`a{--a:"${e}";background:image-set(var(--a) 1x)}`)).not.toContain('image-set');
});
