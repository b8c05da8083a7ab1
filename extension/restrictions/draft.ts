/** How one rule set differs from another, and one administrator's changes on top of another's. */
import type { Rule, RulesBody, SitePattern } from '../../protocol/rules.ts';

/** One line of the comparison. Nothing before: added; nothing after: taken away. */
export interface Change<Entry> {
  readonly before: Entry | null;
  readonly after: Entry | null;
}

export interface Changes {
  readonly rules: readonly Change<Rule>[];
  readonly patterns: readonly Change<SitePattern>[];
}

export const EMPTY_BODY: RulesBody = { rules: [], patterns: [] };

export function changesBetween(before: RulesBody, after: RulesBody): Changes {
  return {
    rules: compare(before.rules, after.rules, ruleKey, isSameRule),
    patterns: compare(before.patterns, after.patterns, patternKey, (one, other) => isSameName(one.name, other.name)),
  };
}

export function countChanges({ rules, patterns }: Changes): number {
  return rules.length + patterns.length;
}

/**
 * What `mine` changed of `base`, done to `theirs`. A rule that both have changed stands there in both forms: together
 * they hide more, and the administrator sees them side by side.
 */
export function putOnTop(base: RulesBody, mine: RulesBody, theirs: RulesBody): RulesBody {
  return {
    rules: replay(base.rules, mine.rules, theirs.rules, ruleKey),
    patterns: replay(base.patterns, mine.patterns, theirs.patterns, patternKey),
  };
}

function compare<Entry>(
  before: readonly Entry[],
  after: readonly Entry[],
  keyOf: (entry: Entry) => string,
  isSame: (one: Entry, other: Entry) => boolean,
): Change<Entry>[] {
  const added = without(after, before, keyOf);
  const changes: Change<Entry>[] = without(before, after, keyOf).map((gone) => {
    const at = added.findIndex((entry) => isSame(entry, gone));
    return { before: gone, after: at < 0 ? null : (added.splice(at, 1)[0] ?? null) };
  });
  return [...changes, ...added.map((entry) => ({ before: null, after: entry }))];
}

function replay<Entry>(
  base: readonly Entry[],
  mine: readonly Entry[],
  theirs: readonly Entry[],
  keyOf: (entry: Entry) => string,
): Entry[] {
  const kept = without(theirs, without(base, mine, keyOf), keyOf);
  return [...kept, ...without(without(mine, base, keyOf), kept, keyOf)];
}

/** What is in `entries` and not in `others`; of equal ones as many as there are more. */
function without<Entry>(entries: readonly Entry[], others: readonly Entry[], keyOf: (entry: Entry) => string): Entry[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(keyOf(other), (left.get(keyOf(other)) ?? 0) + 1);
  return entries.filter((entry) => {
    const key = keyOf(entry);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

function ruleKey({ name, urls, selectors, action, visible, editable, controllable, mayShow }: Rule): string {
  return JSON.stringify([name, urls, selectors, action, visible, editable, controllable, mayShow === true]);
}

function patternKey({ name, pattern }: SitePattern): string {
  return JSON.stringify([name, pattern]);
}

/** Whether one is the other, edited. */
function isSameRule(one: Rule, other: Rule): boolean {
  return isSameName(one.name, other.name) || one.selectors.join('\n') === other.selectors.join('\n');
}

function isSameName(one: string, other: string): boolean {
  return one !== '' && one === other;
}
