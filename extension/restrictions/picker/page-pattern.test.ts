import { expect, test } from 'vitest';
import { proposePages } from './page-pattern.ts';

test.for([
  ['/', ['/']],
  ['/account/profile.html', ['/account/profile.html', '/account/*']],
  ['/orders/48213', ['/orders/:part2', '/orders/*']],
  ['/orders/48213/items', ['/orders/:part2/items', '/orders/:part2/*']],
  ['/u/4f9c2a10-77aa-4c1e-9a55-0123456789ab/', ['/u/:part2/', '/u/:part2/*']],
  ['/mail/ann@example.com', ['/mail/:part2', '/mail/*']],
  ['/a(b)/c+d', [String.raw`/a\(b\)/c\+d`, String.raw`/a\(b\)/*`]],
] as const)('of %s', ([path, pages]) => {
  expect(proposePages(path)).toEqual(pages);
});
