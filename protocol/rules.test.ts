import { describe, expect, test } from 'vitest';
import { MAX_RULES } from './limits.ts';
import { compilePattern, meaningOf, readRuleSet, type Rule } from './rules.ts';

const RULE = { name: 'Card', urls: ['/checkout/*'], selectors: ['.card'], action: 'mask' } as const;
const set = (rules: unknown, patterns: unknown = []) => ({ format: 1, version: 3, rules, patterns });

describe('a rule set', () => {
  test('is read as it was written', () => {
    const written = set([RULE, { ...RULE, action: 'hide', mayShow: true }], [{ name: 'Policy', pattern: 'P\\d{8}' }]);
    expect(readRuleSet(written)).toEqual({ rules: written, problems: [] });
  });

  test.for([
    ['nothing', null],
    ['a text', 'rules'],
    ['another format', { ...set([RULE]), format: 2 }],
    ['no version', { ...set([RULE]), version: '3' }],
    ['no list', set({ 0: RULE })],
    ['too many rules', set(Array.from({ length: MAX_RULES + 1 }, () => RULE))],
    ['patterns that are no list', set([RULE], 'P')],
  ] as const)('that is %s masks every page', ([, value]) => {
    const { rules, problems } = readRuleSet(value);
    expect(problems).toEqual([{ rule: -1, what: 'unreadable' }]);
    expect(rules.rules).toMatchObject([{ urls: [], selectors: [':root'], action: 'mask' }]);
  });

  test.for([
    ['another action', { ...RULE, action: 'blur' }],
    ['no selectors', { ...RULE, selectors: [] }],
    ['a selector that is no text', { ...RULE, selectors: [7] }],
    ['an answer that is no answer', { ...RULE, visible: 'false' }],
    ['a name that is no text', { ...RULE, name: {} }],
  ] as const)('with %s masks everything on the pages of that rule, and keeps the others', ([, broken]) => {
    const { rules, problems } = readRuleSet(set([RULE, broken]));
    expect(problems).toEqual([{ rule: 1, what: 'unreadable' }]);
    expect(rules.rules[0]).toEqual(RULE);
    expect(rules.rules[1]).toMatchObject({ urls: ['/checkout/*'], selectors: [':root'], controllable: false });
  });

  test('with a rule whose pages cannot be read masks every page', () => {
    const { rules } = readRuleSet(set([{ ...RULE, urls: '/checkout' }]));
    expect(rules.rules[0]).toMatchObject({ urls: [], selectors: [':root'] });
  });

  test('takes nothing from a prototype', () => {
    const { problems } = readRuleSet(JSON.parse('{"__proto__":{"format":1,"version":1,"rules":[],"patterns":[]}}'));
    expect(problems).toHaveLength(1);
  });
});

describe('what a rule means', () => {
  const meaning = (rule: Partial<Rule>) => meaningOf({ ...RULE, ...rule });

  test('visible, editable and controllable are three answers', () => {
    expect(meaning({ action: 'mask' })).toMatchObject({ visible: false, editable: false, controllable: true });
    expect(meaning({ action: 'restrict' })).toMatchObject({ visible: true, editable: false, controllable: false });
    expect(meaning({ action: 'hide' })).toMatchObject({ visible: false, controllable: false, boxed: true });
    expect(meaning({ action: 'restrict', editable: true })).toMatchObject({ editable: true, controllable: false });
    expect(meaning({ action: 'show', editable: false })).toMatchObject({ visible: true, editable: false });
  });

  test('what cannot be seen is never edited, what is hidden never used', () => {
    expect(meaning({ action: 'mask', editable: true }).editable).toBe(false);
    expect(meaning({ action: 'hide', visible: true, controllable: true })).toMatchObject({
      visible: false,
      controllable: false,
    });
  });
});

describe('a pattern', () => {
  const finds = (pattern: string, text: string) => {
    const source = compilePattern(pattern);
    return source === null ? null : new RegExp(source, 'giu').test(text);
  };

  test('finds what it describes, and nothing longer', () => {
    expect(finds('POL-\\d{6}', 'Policy pol-123456.')).toBe(true);
    expect(finds('POL-\\d{6}', 'POL-1234567')).toBe(false);
    expect(finds('\\a{2} ?\\d{4}', 'XY1234')).toBe(true);
    expect(finds('a.b*(c)', 'axb')).toBe(false);
    expect(finds('a.b*(c)', 'a.b*(c)')).toBe(true);
  });

  test.for(['\\d', 'abc', '\\d{99}', '\\s{8}', '(a+)+{8}{2}', 'abcd{', 'a?b?c?d?e?fghi', '\\d{8}?'])(
    'that is no pattern is refused: %s',
    (pattern) => expect(compilePattern(pattern)).toBeNull(),
  );

  test('looks through a long text in a time that grows with its length only', () => {
    const source = compilePattern('a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab') as string;
    expect(new RegExp(source, 'giu').test('a'.repeat(200_000))).toBe(false);
  });
});
