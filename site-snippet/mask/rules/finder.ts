import { compilePattern, type SitePattern } from '../../../protocol/rules.ts';
import { TEXT_SEPARATOR } from '../../../protocol/masked-text.ts';
import type { Finder, Known } from '../last-look.ts';
import { maskedValue } from '../masked-text.ts';
import { findNumbers } from './numbers.ts';
import { withinEncoded } from './encoded.ts';
import { withoutParts } from './parts.ts';
import { wantRewritten, withoutRewritten } from './rewritten.ts';
import { longestValue, wantValues, withoutGrouped, withoutValues } from './values.ts';

/** What holds no text for people: what style sheets and markup go by, and drawings, whose numbers are no card numbers. */
const MUTE =
  /^(?:#style|class|style|id|for|slot|part|src|d|[cdf]?[xyr][12]?|width|height|points|path|coords|values|rotate|(?:stroke|font|fill)-.*|.*(?:transform|box|array|times|splines|matrix)|alongside:.*)$/iu;
const MAX_NAMES = 10_000;

/** Masked values, numbers that are secret wherever they stand, and what the site describes besides. */
export function createFinder(patterns: readonly SitePattern[]): Finder {
  const described = patterns.flatMap(({ pattern }) => {
    const source = compilePattern(pattern);
    return source === null ? [] : [new RegExp(source, 'giu')];
  });
  let latest: Known = new Map();
  let wanted = wantValues(latest);
  let rewritten = wantRewritten(latest);
  const mute = new Map<string, boolean>();

  function isMute(column: string): boolean {
    let answer = mute.get(column);
    if (answer === undefined) {
      answer = MUTE.test(column);
      if (mute.size < MAX_NAMES) mute.set(column, answer);
    }
    return answer;
  }

  return {
    find(text, hide, known, column) {
      want(known);
      return withinEncoded(found(text), found);

      function found(plain: string): string {
        if (isMute(column)) return withoutValues(plain, wanted, hide);
        const result = findNumbers(withoutKnown(withoutPartsOf(plain, hide), hide), hide);
        return described.length === 0 ? result : result.split(TEXT_SEPARATOR).map(without).join(TEXT_SEPARATOR);
      }

      /** One text at a time: a pattern may ask where a text begins and ends. */
      function without(one: string): string {
        return described.reduce((left, pattern) => left.replace(pattern, hide), one);
      }
    },
    isSplit(texts, known) {
      want(known);
      return withoutPartsOf(texts, maskedValue) !== texts;
    },
  };

  function want(known: Known): void {
    if (known === latest) return;
    latest = known;
    wanted = wantValues(known);
    rewritten = wantRewritten(known);
  }

  /** Longer ones first: the beginning of one, which is looked for by itself, must not hide it from who looks for the whole. */
  function withoutKnown(plain: string, hide: (value: string) => string): string {
    return withoutRewritten(withoutValues(withoutGrouped(plain, wanted, hide), wanted, hide), rewritten, hide);
  }

  function withoutPartsOf(texts: string, hide: (value: string) => string): string {
    if (wanted.values.size === 0 || !texts.includes(TEXT_SEPARATOR)) return texts;
    return withoutParts(texts, (text) => longestValue(text, wanted), hide);
  }
}
