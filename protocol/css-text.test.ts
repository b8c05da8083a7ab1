import { expect, test } from 'vitest';
import { closed, withoutImports } from './css-statements.ts';
import { mapUrls } from './css-text.ts';

test.each([
  ['a{b:url(x.png)}', 'a{b:<x.png>}'],
  ['a{b:url( "x y.png" )}', 'a{b:<x y.png>}'],
  ["a{b:URL('x)y.png')}", 'a{b:<x)y.png>}'],
  ['a{b:url(/a\\(1\\).png)}', 'a{b:</a(1).png>}'],
  ['a{b:url(\\78 .png)}', 'a{b:<x.png>}'],
  ['a{content:"see url(here) for"}', 'a{content:"see url(here) for"}'],
  ["a{content:'\\'url(here)'}", "a{content:'\\'url(here)'}"],
  ['/* url(x */ a{b:url(c)} /* ) */', '/* url(x */ a{b:<c>} /* ) */'],
  ['/* url("x */ h1{color:red} /* ") */', '/* url("x */ h1{color:red} /* ") */'],
  ['@namespace url(http://www.w3.org/1999/xhtml);a{b:url(c)}', '@namespace url(http://www.w3.org/1999/xhtml);a{b:<c>}'],
  // Not closed in its line: no string, and what follows it is looked at.
  ['a{content:"open\n;b:url(c)}', 'a{content:"open\n;b:<c>}'],
  ['a{b:url(/*x)}', 'a{b:</*x>}'],
  // Escaped, a quote begins nothing.
  [".a\\'{b:url(c)}", ".a\\'{b:<c>}"],
  [".a\\\\{b:'url(c)'}", ".a\\\\{b:'url(c)'}"],
])('what %s refers to', (css, expected) => {
  expect(mapUrls(css, (url) => `<${url}>`)).toBe(expected);
});

test.each([
  ['@import "x.css";a{}', 'a{}'],
  ['@import"x.css";a{}', 'a{}'],
  ['@import url(https://fonts.example/css2?family=A:wght@400;700&display=swap);a{}', 'a{}'],
  ['@import"https://fonts.example/css2?family=A:wght@400;500&display=swap";a{}', 'a{}'],
  ['@import url("x;y") supports((display:grid) and (not (a:b))) screen;a{}', 'a{}'],
  ['/* do not use @import in here */a{}', '/* do not use @import in here */a{}'],
  ['a{content:"@import x;"}', 'a{content:"@import x;"}'],
  ['@import "x.css"', ''],
  // A bracket that is never closed takes the rest with it, in the browser as well.
  ['@import "x" (;a{}', ''],
  ['b{}@import x;a{}', 'b{}a{}'],
  ['b\\"{}@import x;a{}', 'b\\"{}a{}'],
])('%s without its imports', (css, expected) => {
  expect(withoutImports(css)).toBe(expected);
});

test.each([
  ['a{b:c', 'a{b:c\n}'],
  ['a\\}\\"{b:c', 'a\\}\\"{b:c\n}'],
  ['@media print{a{b:c', '@media print{a{b:c\n}}'],
  ['a{b:"}"', 'a{b:"}"\n}'],
  ['a{}/* open', 'a{}/* open*/'],
  ['a{b:"open', 'a{b:"open\n}'],
  ['a{}', 'a{}'],
])('%s is closed', (css, expected) => {
  expect(closed(css)).toBe(expected);
});

/** Anything that goes over it again for each of its letters takes minutes. */
test('a long text without an end is read in time that grows as it does', { timeout: 10_000 }, () => {
  for (const piece of ['@import (', 'url(\\', '"\\', '/*', '@import "', '(((', '@layer ']) {
    const long = piece.repeat(50_000);
    expect(mapUrls(`url(a)${long}`, () => '')).toHaveLength(mapUrls(long, () => '').length);
    expect(withoutImports(`b{}@import x;${long}`).startsWith('b{}')).toBe(true);
    expect(closed(long).startsWith(long)).toBe(true);
  }
});
