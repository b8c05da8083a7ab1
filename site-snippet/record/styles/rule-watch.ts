/**
 * Scripts edit the rules of a sheet and nothing reports it. Counting them and knowing the last one again is cheap;
 * their text is compared only where there are few, and not for all sheets at once.
 */
export interface RuleWatch {
  /** What was done to the rules since the last time. */
  look(sheet: CSSStyleSheet): RuleEdit | null;
  /** Compares the text as well, with what it was when this was asked last. */
  compare(sheet: CSSStyleSheet): RuleEdit | null;
  /** How many rules there were. */
  readonly count: number;
}

/** The index of the first rule that is new; 0: all are to be read again. */
export type RuleEdit = number;

/** Comparing so many costs a fraction of a millisecond. */
export const MAX_COMPARED_RULES = 300;

/**
 * @param known how many rules the other side has; without it, as many as there are now; −1: none that would do
 * @param toText what of a rule is compared
 */
export function createRuleWatch(sheet: CSSStyleSheet, known = rulesOf(sheet).length, toText = cssTextOf): RuleWatch {
  let count = known;
  let last = rulesOf(sheet)[known - 1];
  let text: string | null = null;

  function look(now: CSSStyleSheet): RuleEdit | null {
    const rules = rulesOf(now);
    const { length } = rules;
    if (length === count && rules[length - 1] === last) return null;
    const before = text;
    text = textOf(rules, toText);
    // Those that were there may have been edited as well.
    const isMore = length > count && rules[count - 1] === last && text?.startsWith(before ?? '') !== false;
    const from = isMore ? Math.max(0, count) : 0;
    count = length;
    last = rules[length - 1];
    return from;
  }

  return {
    look,
    compare(now) {
      const edit = look(now);
      const rules = rulesOf(now);
      if (edit !== null) return edit;
      const before = text;
      text = textOf(rules, toText);
      return before === null || before === text ? null : 0;
    },
    get count() {
      return count;
    },
  };
}

/** A sheet of another origin keeps its rules to itself, though everybody may read its file. */
export function isReadable(sheet: CSSStyleSheet): boolean {
  return rulesOf(sheet) !== NONE;
}

/** As far as a comparison that costs little can tell. Constructed sheets import nothing, so that does not count. */
export function haveSameRules(one: CSSStyleSheet, other: CSSStyleSheet): boolean {
  const [rules, others] = [ownRulesOf(one), ownRulesOf(other)];
  return rules.length === others.length && textOf(rules) === textOf(others);
}

function ownRulesOf(sheet: CSSStyleSheet): CSSRule[] {
  return [...rulesOf(sheet)].filter((rule) => !('styleSheet' in rule));
}

/** `null`: too many to compare. */
function textOf(rules: ArrayLike<CSSRule> & Iterable<CSSRule>, toText = cssTextOf): string | null {
  return rules.length > MAX_COMPARED_RULES ? null : [...rules].map((rule) => toText(rule)).join('\n');
}

function cssTextOf({ cssText }: CSSRule): string {
  return cssText;
}

const NONE = [] as unknown as CSSRuleList;

/** A sheet that is off has no rules; one of another origin keeps them to itself. */
function rulesOf(sheet: CSSStyleSheet): CSSRuleList {
  try {
    return sheet.cssRules;
  } catch {
    return NONE;
  }
}
