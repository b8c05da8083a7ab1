import { expect, test } from 'vitest';

const pages = import.meta.glob<string>('./**/*.html', { query: '?raw', import: 'default', eager: true });
const builtPages = Object.entries(pages).filter(([path]) => !path.startsWith('./public/'));

function between(page: string, start: string, end: string): string {
  return page.slice(page.indexOf(start), page.indexOf(end) + end.length);
}

test('every page carries the co-browse script, as it is documented', () => {
  for (const [path, page] of Object.entries(pages)) {
    expect(page, path).toContain('<script async src="/snippet.js" data-site="demo"></script>');
  }
});

test('every page has the same header and footer', () => {
  const [, first = ''] = builtPages[0] ?? [];
  for (const [path, page] of builtPages) {
    expect(between(page, '<header class="site-header">', '</header>'), path).toBe(
      between(first, '<header class="site-header">', '</header>'),
    );
    expect(between(page, '<footer class="site-footer">', '</html>'), path).toBe(
      between(first, '<footer class="site-footer">', '</html>'),
    );
  }
});

test('every link inside the site leads to a page that exists', () => {
  for (const [path, page] of builtPages) {
    for (const [, target] of page.matchAll(/href="\/demo\/([^"?#]+\.html)/g)) {
      expect(
        [`./${target}`, `./public/${target}`].some((file) => file in pages),
        `${path} → ${target}`,
      ).toBe(true);
    }
  }
});

test('no page asks another host for anything', () => {
  for (const [path, page] of Object.entries(pages)) {
    expect(page, path).not.toMatch(/(?:src|srcset|action)="(?:https?:)?\/\//);
    expect(page, path).not.toMatch(/<link[^>]+href="(?:https?:)?\/\//);
  }
});
