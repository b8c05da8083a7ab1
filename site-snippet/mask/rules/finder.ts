import { compilePattern, type SitePattern } from '../../../protocol/rules.ts';
import type { Finder } from '../last-look.ts';
import { findNumbers } from './numbers.ts';

/** Numbers that are secret wherever they stand, and what the site describes besides. */
export function createFinder(patterns: readonly SitePattern[]): Finder {
  const described = patterns.flatMap(({ pattern }) => {
    const source = compilePattern(pattern);
    return source === null ? [] : [new RegExp(source, 'giu')];
  });
  return (text, hide) => {
    let result = findNumbers(text, hide);
    for (const pattern of described) result = result.replace(pattern, hide);
    return result;
  };
}
