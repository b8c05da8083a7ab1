/** Genesys Co-browse keeps DOM restrictions as XML: sets of selectors for pages that a regular expression describes. */
import { MAX_RULES, MAX_SELECTORS_PER_RULE, MAX_SELECTOR_UNITS, MAX_URLS_PER_RULE } from '../../../protocol/limits.ts';
import type { Action, Rule } from '../../../protocol/rules.ts';
import { cleanText } from '../../clean-text.ts';
import { isPagePattern } from '../check-rule.ts';
import { cssSelectorOf } from './css-selector.ts';
import { pagePatternsOf } from './page-patterns.ts';

export interface Imported {
  readonly rules: readonly Rule[];
  /** What could not be taken as it stands, in sentences. More is hidden by it, never less. */
  readonly notes: readonly string[];
}

export const MAX_IMPORT_BYTES = 1024 * 1024;
const MAX_NOTES = 200;
const QUOTED_UNITS = 80;
const WHOLE_PAGE = ':root';
const KNOWN: Readonly<Record<string, Action>> = { dataMasking: 'mask', domControl: 'restrict' };

/** @returns `null` when the text is not such a file */
export function importGenesys(text: string): Imported | null {
  const xml = new DOMParser().parseFromString(text, 'application/xml');
  const root = xml.documentElement;
  if (xml.querySelector('parsererror') !== null || root.localName !== 'domRestrictions') return null;
  const notes: string[] = [];
  const rules = [...root.children].flatMap((set, at) => readSet(set, at + 1, notes));
  if (rules.length > MAX_RULES) notes.push(`Only the first ${MAX_RULES} of ${rules.length} rules fit.`);
  return { rules: rules.slice(0, MAX_RULES), notes: notes.slice(0, MAX_NOTES) };
}

function readSet(set: Element, number: number, notes: string[]): Rule[] {
  const name = `Genesys set ${number}`;
  if (set.localName !== 'restrictionsSet') {
    notes.push(`${name}: <${quote(set.localName)}> is not known. What it restricts is hidden.`);
  }
  const urls = readPages(set, name, notes);
  const found = new Map<Action, string[]>();
  for (const part of set.children) {
    if (part.localName === 'uriTemplate') continue;
    const action = KNOWN[part.localName];
    if (action === undefined && part.localName !== 'element') {
      notes.push(`${name}: <${quote(part.localName)}> is not known. What it selects is hidden.`);
    }
    const selectors = found.get(action ?? 'hide') ?? [];
    found.set(action ?? 'hide', [...selectors, ...readSelectors(part, name, notes)]);
  }
  return [...found].flatMap(([action, selectors]) =>
    chunks([...new Set(selectors)]).map((some) => ({ name, urls, selectors: some, action })),
  );
}

/** Pages a set is for; none: every page. */
function readPages(set: Element, name: string, notes: string[]): string[] {
  const urls: string[] = [];
  for (const template of set.children) {
    if (template.localName !== 'uriTemplate') continue;
    const source = (template.getAttribute('pattern') ?? template.textContent).trim();
    const patterns = isRegularExpression(template) ? pagePatternsOf(source) : null;
    if (patterns === null || !patterns.every(isPagePattern) || urls.length + patterns.length > MAX_URLS_PER_RULE) {
      if (!/^\^?\.[*+]\$?$/u.test(source)) notes.push(`${name}: “${quote(source)}” is taken as every page.`);
      return [];
    }
    urls.push(...patterns);
    notes.push(`${name}: “${quote(source)}” is taken as ${patterns.map(quote).join(' and ')}.`);
  }
  return urls;
}

function isRegularExpression(template: Element): boolean {
  const type = template.getAttribute('type') ?? 'regexp';
  return /^reg(?:ular)?-?exp?(?:ression)?$/iu.test(type);
}

function readSelectors(part: Element, name: string, notes: string[]): string[] {
  const elements = part.localName === 'element' ? [part] : [...part.children];
  return elements.map((element) => {
    const written = (element.getAttribute('selector') ?? element.textContent).trim();
    const css = written.length > MAX_SELECTOR_UNITS ? null : cssSelectorOf(written);
    if (css === null)
      notes.push(`${name}: “${quote(written)}” is not a CSS selector. The whole page is taken instead.`);
    else if (css !== written) notes.push(`${name}: “${quote(written)}” is taken as “${quote(css)}”.`);
    return css ?? WHOLE_PAGE;
  });
}

function chunks(selectors: readonly string[]): string[][] {
  const count = Math.ceil(selectors.length / MAX_SELECTORS_PER_RULE);
  return Array.from({ length: count }, (_, at) =>
    selectors.slice(at * MAX_SELECTORS_PER_RULE, (at + 1) * MAX_SELECTORS_PER_RULE),
  );
}

function quote(text: string): string {
  return cleanText(text, QUOTED_UNITS);
}
