import { documentHas, isDocument } from '../../native.ts';
import { BRACKETS, selectorsIn } from './later-rules.ts';

/** A rule of the page, for when it is to be repeated for what the agent's pointer rests on. */
export interface Rule {
  /** Of nested rules as they would be outside of the others. */
  readonly selectors: string;
  /** Those of its selectors that ask who is hovered. */
  readonly hovers: readonly Hover[];
  readonly style: CSSStyleDeclaration;
  /** `@media …` and the like around it, from the outside in. */
  readonly conditions: readonly string[];
}

/** A selector that asks who is hovered. */
export interface Hover {
  /** What stands before, between and after its `:hover`s. */
  readonly parts: readonly string[];
  /** Of each, who can be meant: a selector. */
  readonly subjects: readonly string[];
}

/** What has sheets of its own. */
export type Root = Document | ShadowRoot;

/** The component that a tree is of: who is meant within `:host(…)`. */
export const HOST = ':host';

/** A frame's sheets and rules are of its own window's classes. */
export type View = Window & typeof globalThis;

interface Around {
  readonly conditions: readonly string[];
  /** Of the rule that it is nested in. */
  readonly selectors: string | null;
}

/** A page with more has given up on being read. */
const MAX_RULES = 20_000;
/** `.md\:hover\:thick` is a class. */
const HOVER = /(?<!\\):hover(?![\w-])/u;
const PARENTS = /"(?:\\.|[^"\\])*"|\\.|&/gsu;

/** @param own a sheet that is not the page's */
export function rulesIn(root: Root, own: CSSStyleSheet, view: View): Rule[] {
  const found: Rule[] = [];

  function collect(parent: { readonly cssRules: CSSRuleList }, around: Around): void {
    for (const rule of rulesOf(parent)) {
      if (found.length >= MAX_RULES) return;
      collectRule(rule, around);
    }
  }

  function collectRule(rule: CSSRule, around: Around): void {
    const within = (inner: { readonly cssRules: CSSRuleList }, more: readonly string[]): void =>
      collect(inner, { ...around, conditions: [...around.conditions, ...more] });
    if (rule instanceof view.CSSStyleRule) {
      const selectors = unnested(rule.selectorText, around.selectors);
      add(selectors, rule.style, around.conditions);
      if (rule.cssRules?.length > 0) collect(rule, { ...around, selectors });
    } else if (rule instanceof view.CSSMediaRule) within(rule, [`@media ${rule.conditionText}`]);
    else if (rule instanceof view.CSSSupportsRule) within(rule, []);
    else if (rule instanceof view.CSSImportRule && rule.styleSheet) {
      within(rule.styleSheet, conditionOf('media', rule.media.mediaText));
    } else if (rule instanceof view.CSSLayerBlockRule) within(rule, [`@layer ${rule.name}`]);
    // Not every browser has these two.
    else if (view.CSSContainerRule && rule instanceof view.CSSContainerRule)
      within(rule, [`@container ${rule.conditionText}`]);
    // What stands after a nested rule, or in a condition that is nested.
    else if (around.selectors && view.CSSNestedDeclarations && rule instanceof view.CSSNestedDeclarations) {
      add(around.selectors, rule.style, around.conditions);
    }
  }

  function add(selectors: string, style: CSSStyleDeclaration, conditions: readonly string[]): void {
    const hovers = HOVER.test(selectors) ? selectorsIn(selectors).flatMap(hoversIn) : [];
    // What comes before the first of them is never asked for.
    if (hovers.length > 0 || found.length > 0) found.push({ selectors, hovers, style, conditions });
  }

  const sheets = isDocument(root) ? documentHas(root, 'styleSheets') : root.styleSheets;
  for (const sheet of [...sheets, ...root.adoptedStyleSheets]) {
    const conditions = conditionOf('media', sheet.media.mediaText);
    if (sheet !== own && !sheet.disabled) collect(sheet, { conditions, selectors: null });
  }
  return found;
}

function conditionOf(name: string, text: string): string[] {
  return text === '' ? [] : [`@${name} ${text}`];
}

/** A sheet of another origin keeps its rules to itself. */
function rulesOf(parent: { readonly cssRules: CSSRuleList }): readonly CSSRule[] {
  try {
    return [...parent.cssRules];
  } catch {
    return [];
  }
}

/** @param outer of the rule that it is nested in, which `&` stands for */
function unnested(selectors: string, outer: string | null): string {
  if (outer === null) return selectors;
  const unnestedOne = (selector: string): string => {
    const [first, ...others] = [...selector.matchAll(PARENTS)].filter(([token]) => token === '&');
    // Mostly it comes first, and then who is hovered in the outer one can be told.
    if (first?.index !== 0 || others.length > 0)
      return selector.replace(PARENTS, (token) => (token === '&' ? `:is(${outer})` : token));
    return selectorsIn(outer)
      .map((one) => one + selector.slice(1))
      .join();
  };
  return selectorsIn(selectors).map(unnestedOne).join();
}

function hoversIn(selector: string): Hover[] {
  const parts = selector.split(HOVER);
  const subjects = parts.slice(1).map((_part, at) => subjectOf(parts.slice(0, at + 1).join('')));
  const isKnown = (subject: string | null): subject is string => subject !== null;
  return subjects.length > 0 && subjects.every(isKnown) ? [{ parts, subjects }] : [];
}

/**
 * Who can be meant by a `:hover` after `before`: elements up to there, or up to there within the brackets.
 * @returns a selector, or `HOST`; `null`: within `:not(…)` those would be meant that are not hovered
 */
function subjectOf(before: string): string | null {
  const open: { readonly name: string; readonly outer: string; branch: number }[] = [];
  for (const { 0: token, index } of before.matchAll(BRACKETS)) {
    const innermost = open.at(-1);
    if (token === '(' || token === '[') {
      const [call = '', name = ''] = /:([\w-]*)$/u.exec(before.slice(0, index)) ?? [];
      open.push({ name, outer: before.slice(0, index - call.length), branch: index + 1 });
    } else if (token === ')' || token === ']') open.pop();
    else if (token === ',' && innermost) innermost.branch = index + 1;
  }
  const names = open.map(({ name }) => name);
  // What is slotted stands in another tree.
  if (names.includes('not') || names.includes('slotted')) return null;
  if (names.includes('host')) return HOST;
  const innermost = open.at(-1);
  if (!innermost) return completed(before);
  const inner = before.slice(innermost.branch).replace(/^[\s>+~]+/u, '');
  if (inner !== '') return completed(inner);
  return completed(open.length === 1 && innermost.name !== 'has' ? innermost.outer : '');
}

function completed(selector: string): string {
  return /(?:^|[\s>+~])$/u.test(selector) ? `${selector}*` : selector;
}
