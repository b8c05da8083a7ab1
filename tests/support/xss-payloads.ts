import naughty from 'big-list-of-naughty-strings/blns.json' with { type: 'json' };
// Later versions are published without their tests.
import vectors from 'dompurify-vectors/test/expect.json' with { type: 'json' };

/** Public collections of markup that has run scripts somewhere, as they come from npm. */
export function xssPayloads(): string[] {
  const all = new Set([...vectors.map(({ payload }) => payload), ...naughty]);
  return [...all].filter((text) => /[<:]/u.test(text));
}
