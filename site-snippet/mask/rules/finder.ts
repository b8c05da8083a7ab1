import { compilePattern, type SitePattern } from '../../../protocol/rules.ts';
import { TEXT_SEPARATOR } from '../../../protocol/masked-text.ts';
import type { Finder, Known } from '../last-look.ts';
import { findNumbers } from './numbers.ts';
import { withinEncoded } from './encoded.ts';
import { wantValues, withoutGrouped, withoutValues } from './values.ts';

/** Masked values, numbers that are secret wherever they stand, and what the site describes besides. */
export function createFinder(patterns: readonly SitePattern[]): Finder {
  const described = patterns.flatMap(({ pattern }) => {
    const source = compilePattern(pattern);
    return source === null ? [] : [new RegExp(source, 'giu')];
  });
  let latest: Known = new Map();
  let wanted = wantValues(latest);
  return (text, hide, known, isForPeople) => {
    if (known !== latest) {
      latest = known;
      wanted = wantValues(known);
    }
    return withinEncoded(found(text), found);

    function found(plain: string): string {
      if (!isForPeople) return withoutValues(plain, wanted, hide);
      // Numbers first: the beginning of one, which is looked for by itself, must not hide it from who looks for the whole.
      const unknown = withoutValues(withoutGrouped(plain, wanted, hide), wanted, hide);
      const result = findNumbers(unknown, hide);
      return described.length === 0 ? result : result.split(TEXT_SEPARATOR).map(without).join(TEXT_SEPARATOR);
    }

    /** One text at a time: a pattern may ask where a text begins and ends. */
    function without(one: string): string {
      return described.reduce((left, pattern) => left.replace(pattern, hide), one);
    }
  };
}
