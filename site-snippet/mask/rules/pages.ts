/** `URLPattern`, which not every browser and no type library of ours has. */
interface Pattern {
  test(input: string): boolean;
}
type PatternConstructor = new (pattern: string, base: string) => Pattern;

/** Whether a rule is for a page. `unreadable`: for every one, unless it would show something. */
export type PageAnswer = 'yes' | 'no' | 'unreadable';

/** @param addresses of the page, and of what in it the rule is asked about: one is enough */
export function isForPage(patterns: readonly string[], addresses: readonly string[]): PageAnswer {
  if (patterns.length === 0) return 'yes';
  const { URLPattern } = globalThis as { URLPattern?: PatternConstructor };
  let answer: PageAnswer = 'no';
  for (const address of addresses) {
    const { origin, pathname } = new URL(address);
    for (const text of patterns) {
      try {
        if (URLPattern === undefined) return 'unreadable';
        const pattern = new URLPattern(text, origin);
        // A pattern that names no query means the page with any.
        if (pattern.test(address) || pattern.test(origin + pathname)) answer = 'yes';
      } catch {
        return 'unreadable';
      }
    }
  }
  return answer;
}
