import { describe, expect, test } from 'vitest';
import type { Rule, RulesBody } from '../../protocol/rules.ts';
import { changesBetween, countChanges, putOnTop } from './draft.ts';

function rule(name: string, change: Partial<Rule> = {}): Rule {
  return { name, urls: [], selectors: [`#${name}`], action: 'mask', ...change };
}

function body(...rules: Rule[]): RulesBody {
  return { rules, patterns: [] };
}

describe('what differs', () => {
  test('is nothing when only an answer is left out that says nothing', () => {
    expect(countChanges(changesBetween(body(rule('a')), body(rule('a', { mayShow: false }))))).toBe(0);
  });

  test('is what was added, taken away and edited', () => {
    const before = body(rule('stays'), rule('goes'), rule('edited'));
    const edited = rule('edited', { action: 'hide' });
    const { rules } = changesBetween(before, body(rule('stays'), edited, rule('comes')));
    expect(rules).toEqual([
      { before: rule('goes'), after: null },
      { before: rule('edited'), after: edited },
      { before: null, after: rule('comes') },
    ]);
  });

  test('counts equal rules', () => {
    expect(changesBetween(body(rule('a'), rule('a')), body(rule('a'))).rules).toHaveLength(1);
  });

  test('are patterns too', () => {
    const pattern = { name: 'Policy', pattern: 'POL-\\d{6}' };
    const after = { ...pattern, pattern: 'POL-\\d{8}' };
    const { patterns } = changesBetween({ rules: [], patterns: [pattern] }, { rules: [], patterns: [after] });
    expect(patterns).toEqual([{ before: pattern, after }]);
  });
});

describe('my changes on top of theirs', () => {
  test('keep what each added and take away what each took away', () => {
    const base = body(rule('both'), rule('mine-gone'), rule('theirs-gone'));
    const mine = body(rule('both'), rule('theirs-gone'), rule('my-new'));
    const theirs = body(rule('both'), rule('mine-gone'), rule('their-new'));
    expect(putOnTop(base, mine, theirs)).toEqual(body(rule('both'), rule('their-new'), rule('my-new')));
  });

  test('hold both forms of what both edited', () => {
    const mine = rule('a', { action: 'hide' });
    const theirs = rule('a', { action: 'restrict' });
    expect(putOnTop(body(rule('a')), body(mine), body(theirs))).toEqual(body(theirs, mine));
  });

  test('do not double what both added', () => {
    expect(putOnTop(body(), body(rule('a')), body(rule('a')))).toEqual(body(rule('a')));
  });
});
