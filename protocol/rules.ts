/**
 * What a site's administrator hides from agents and takes out of their hands. The server keeps it, the snippet obeys it,
 * the editor writes it. docs/rules.md says what each rule does and who wins; this file is that text as types.
 */
import {
  MAX_PATTERN_UNITS,
  MAX_RULE_NAME_UNITS,
  MAX_RULES,
  MAX_SELECTOR_UNITS,
  MAX_SELECTORS_PER_RULE,
  MAX_SITE_PATTERNS,
  MAX_URLS_PER_RULE,
  MAX_URL_UNITS,
} from './limits.ts';

export const ACTIONS = ['mask', 'restrict', 'hide', 'show'] as const;
export type Action = (typeof ACTIONS)[number];

export interface Rule {
  /** For people: why there is this rule. May be empty. */
  readonly name: string;
  /** `URLPattern` strings: absolute, or paths of the site's own origins. None: every page. */
  readonly urls: readonly string[];
  /** CSS selectors, each by itself. */
  readonly selectors: readonly string[];
  readonly action: Action;
  /** Answers that differ from the action's own: see `meaningOf`. */
  readonly visible?: boolean;
  readonly editable?: boolean;
  readonly controllable?: boolean;
  /** `show`, in another rule or as `data-alongside="show"` in the page, may undo this *mask* or *hide*. */
  readonly mayShow?: boolean;
}

/** A text that is hidden wherever it turns up: `\d` digit, `\a` letter, `\w` either, `{n}`, `x?`; all else as it stands. */
export interface SitePattern {
  readonly name: string;
  readonly pattern: string;
}

/** What an administrator publishes. */
export interface RulesBody {
  readonly rules: readonly Rule[];
  readonly patterns: readonly SitePattern[];
}

/** What the snippet gets: the newest published version. Version 0: nothing has been published. */
export interface RuleSet extends RulesBody {
  readonly format: typeof RULES_FORMAT;
  readonly version: number;
}

/** Grows when an older snippet would obey a rule less strictly than it is meant. */
export const RULES_FORMAT = 1;

/** The three questions asked of every element, and the box of a `hide`. */
export interface Meaning {
  readonly visible: boolean;
  readonly editable: boolean;
  readonly controllable: boolean;
  /** Not even its shape: an empty box of the same size. */
  readonly boxed: boolean;
}

const MEANINGS: Readonly<Record<Action, Meaning>> = {
  mask: { visible: false, editable: false, controllable: true, boxed: false },
  restrict: { visible: true, editable: false, controllable: false, boxed: false },
  hide: { visible: false, editable: false, controllable: false, boxed: true },
  show: { visible: true, editable: true, controllable: true, boxed: false },
};

/** What a rule says to each question. What cannot be seen is never edited, and what is hidden is never used. */
export function meaningOf(rule: Rule): Meaning {
  const own = MEANINGS[rule.action];
  const boxed = own.boxed;
  const visible = !boxed && (rule.visible ?? own.visible);
  return {
    visible,
    editable: visible && (rule.editable ?? own.editable),
    controllable: !boxed && (rule.controllable ?? own.controllable),
    boxed,
  };
}

/** What was wrong with a rule set, for the administrator: the place, never a text of a page. */
export interface RuleProblem {
  /** Its place in the list; −1: the set as a whole. */
  readonly rule: number;
  readonly what: RuleFault;
}

export const RULE_FAULTS = ['unreadable', 'url', 'selector', 'pattern'] as const;
export type RuleFault = (typeof RULE_FAULTS)[number];

/** Stands in for what could not be read: nothing seen, nothing used, on the pages it may have meant. */
const EVERYTHING: Rule = { name: '', urls: [], selectors: [':root'], action: 'mask', controllable: false };

export interface ReadRules {
  readonly rules: RuleSet;
  readonly problems: readonly RuleProblem[];
}

/**
 * Reads a rule set of the server. Never throws, and never hides less than was meant: a rule that cannot be read becomes
 * one that masks and restricts everything on its pages, and a set that cannot be read does so on every page.
 */
export function readRuleSet(value: unknown): ReadRules {
  const raw = isRecord(value) ? value : {};
  const { format, version, rules, patterns } = raw;
  const problems: RuleProblem[] = [];
  const known: RuleSet = {
    format: RULES_FORMAT,
    version: isVersion(version) ? version : 0,
    rules: [],
    patterns: [],
  };
  const isWhole = format === RULES_FORMAT && isVersion(version) && isList(rules, MAX_RULES);
  if (!isWhole || !isList(patterns, MAX_SITE_PATTERNS)) {
    return { rules: { ...known, rules: [EVERYTHING] }, problems: [{ rule: -1, what: 'unreadable' }] };
  }
  const readPatterns: SitePattern[] = [];
  for (const each of patterns) {
    const pattern = readPattern(each);
    if (pattern) readPatterns.push(pattern);
    else problems.push({ rule: -1, what: 'pattern' });
  }
  const readRules = rules.map((each, index) => {
    const rule = readRule(each);
    if (rule === null) problems.push({ rule: index, what: 'unreadable' });
    return rule ?? { ...EVERYTHING, urls: urlsOf(each) };
  });
  return { rules: { ...known, rules: readRules, patterns: readPatterns }, problems };
}

function readRule(value: unknown): Rule | null {
  if (!isRecord(value)) return null;
  const { name = '', urls, selectors, action, visible, editable, controllable, mayShow } = value;
  if (typeof name !== 'string' || name.length > MAX_RULE_NAME_UNITS) return null;
  if (!isTexts(urls, MAX_URLS_PER_RULE, MAX_URL_UNITS)) return null;
  if (!isTexts(selectors, MAX_SELECTORS_PER_RULE, MAX_SELECTOR_UNITS) || selectors.length === 0) return null;
  if (!ACTIONS.includes(action as Action)) return null;
  const answers = { visible, editable, controllable, mayShow };
  const given = Object.entries(answers).filter(([, answer]) => answer !== undefined);
  if (given.some(([, answer]) => typeof answer !== 'boolean')) return null;
  return { name, urls, selectors, action: action as Action, ...(Object.fromEntries(given) as object) };
}

function readPattern(value: unknown): SitePattern | null {
  if (!isRecord(value)) return null;
  const { name = '', pattern } = value;
  if (typeof name !== 'string' || name.length > MAX_RULE_NAME_UNITS) return null;
  if (typeof pattern !== 'string' || pattern.length > MAX_PATTERN_UNITS) return null;
  return compilePattern(pattern) === null ? null : { name, pattern };
}

/** The pages an unreadable rule was for, when at least that can be read. */
function urlsOf(value: unknown): readonly string[] {
  const urls = isRecord(value) ? value['urls'] : null;
  return isTexts(urls, MAX_URLS_PER_RULE, MAX_URL_UNITS) ? urls : [];
}

// --- Patterns ---------------------------------------------------------------------------------------------------------

/** Longest text one pattern finds: with no choice but `?`, the time to look at a text is its length times this. */
const MAX_PATTERN_LENGTH = 64;
const MAX_OPTIONAL = 4;
/** One finds too much by chance. */
const MIN_PATTERN_LENGTH = 4;
const CLASSES: Readonly<Record<string, string>> = { d: '\\d', a: '\\p{L}', w: '[\\p{L}\\d]', '\\': '\\\\' };

/**
 * The source of a regular expression (flags `giu`) made of single characters in a row, which cannot run away: no stars,
 * no alternatives, nothing of the site's own making inside it. `null`: not a pattern.
 */
export function compilePattern(pattern: string): string | null {
  let source = '';
  let length = 0;
  let optional = 0;
  for (let at = 0; at < pattern.length;) {
    const item = readItem(pattern, at);
    if (item === null) return null;
    source += item.source;
    length += item.count;
    if (item.isOptional) optional += 1;
    at = item.end;
  }
  const fits = length - optional >= MIN_PATTERN_LENGTH && length <= MAX_PATTERN_LENGTH && optional <= MAX_OPTIONAL;
  return fits ? `(?<![\\p{L}\\d])${source}(?![\\p{L}\\d])` : null;
}

interface PatternItem {
  readonly source: string;
  readonly count: number;
  readonly isOptional: boolean;
  readonly end: number;
}

function readItem(pattern: string, at: number): PatternItem | null {
  const character = String.fromCodePoint(pattern.codePointAt(at) as number);
  let end = at + character.length;
  let source: string | undefined;
  if (character === '\\') {
    source = CLASSES[pattern[end] ?? ''];
    end += 1;
  } else if (!/[?{}\p{C}]/u.test(character)) {
    source = /[\^$.*+()|[\]/]/u.test(character) ? `\\${character}` : character;
  }
  if (source === undefined) return null;
  if (pattern[end] === '?') return { source: `${source}?`, count: 1, isOptional: true, end: end + 1 };
  const times = /^\{(\d{1,2})\}/u.exec(pattern.slice(end, end + 4));
  if (times === null) return { source, count: 1, isOptional: false, end };
  const count = Number(times[1]);
  return { source: `${source}{${count}}`, count, isOptional: false, end: end + times[0].length };
}

function isVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isList(value: unknown, max: number): value is unknown[] {
  return Array.isArray(value) && value.length <= max;
}

function isTexts(value: unknown, max: number, maxUnits: number): value is string[] {
  return (
    isList(value, max) && value.every((text) => typeof text === 'string' && text !== '' && text.length <= maxUnits)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
