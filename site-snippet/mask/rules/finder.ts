import { compilePattern, type SitePattern } from '../../../protocol/rules.ts';
import { TEXT_SEPARATOR } from '../../../protocol/masked-text.ts';
import type { Finder } from '../last-look.ts';
import { findNumbers } from './numbers.ts';

/** Numbers that are secret wherever they stand, and what the site describes besides. */
export function createFinder(patterns: readonly SitePattern[]): Finder {
  const described = patterns.flatMap(({ pattern }) => {
    const source = compilePattern(pattern);
    return source === null ? [] : [new RegExp(source, 'giu')];
  });
  return (text, hide) => {
    const result = findNumbers(text, hide);
    return described.length === 0 ? result : result.split(TEXT_SEPARATOR).map(without).join(TEXT_SEPARATOR);

    /** One text at a time: a pattern may ask where a text begins and ends. */
    function without(one: string): string {
      return described.reduce((left, pattern) => left.replace(pattern, hide), one);
    }
  };
}
