/** `URLPattern`, which not every browser and no type library of ours has. */
interface Pattern {
  test(input: string): boolean;
}
type PatternConstructor = new (pattern: string, base: string) => Pattern;

/** Whether a rule is for a page. `unreadable`: for every one, unless it would show something. */
export type PageAnswer = 'yes' | 'no' | 'unreadable';

/** @param url the page's address */
export function isForPage(patterns: readonly string[], url: string): PageAnswer {
  if (patterns.length === 0) return 'yes';
  const { URLPattern } = globalThis as { URLPattern?: PatternConstructor };
  const { origin, pathname } = new URL(url);
  let answer: PageAnswer = 'no';
  for (const text of patterns) {
    try {
      if (URLPattern === undefined) return 'unreadable';
      const pattern = new URLPattern(text, origin);
      // A pattern that names no query means the page with any.
      if (pattern.test(url) || pattern.test(origin + pathname)) answer = 'yes';
    } catch {
      return 'unreadable';
    }
  }
  return answer;
}
