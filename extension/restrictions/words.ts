/** What the administrator reads about rules. */
import { meaningOf, type Action, type Rule, type RuleFault } from '../../protocol/rules.ts';

export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  mask: 'Mask',
  restrict: 'Restrict',
  hide: 'Hide',
  show: 'Show',
};

export const ACTION_HINTS: Readonly<Record<Action, string>> = {
  mask: 'Agents see asterisks in a purple box.',
  restrict: 'Agents see it in a green box and cannot use it.',
  hide: 'Agents see an empty box of the same size.',
  show: 'Agents see it, inside something masked or hidden that allows this.',
};

export const FAULT_WORDS: Readonly<Record<RuleFault, string>> = {
  unreadable: 'could not be read',
  url: 'has a page that browsers cannot read, and counts on every page',
  selector: 'has a selector that browsers cannot read, and counts for the whole page',
  pattern: 'has a pattern that cannot be read',
};

/** A rule's name, or what stands for one. */
export function ruleTitle(rule: Rule): string {
  return rule.name === '' ? (rule.selectors[0] ?? '') : rule.name;
}

/** Where it counts: "on every page", or the pages. */
export function pagesWords({ urls }: Rule): string {
  return urls.length === 0 ? 'every page' : urls.join(', ');
}

/** What agents can do with what the rule matches: the answers to the three questions. */
export function meaningWords(rule: Rule): string {
  const { visible, editable, controllable } = meaningOf(rule);
  const words = [
    visible ? 'seen' : 'not seen',
    editable ? 'typed in' : 'not typed in',
    controllable ? 'clicked' : 'not clicked',
  ];
  return `${words.join(', ')}${rule.mayShow === true ? ', may be shown again' : ''}`;
}

/** Everything of a rule in one line, for comparing. */
export function ruleLine(rule: Rule): string {
  const name = rule.name === '' ? '' : `${rule.name}: `;
  return `${name}${ACTION_WORDS[rule.action].toLowerCase()} ${rule.selectors.join(', ')} on ${pagesWords(rule)} (${meaningWords(rule)})`;
}

export function whenWords(iso: string): string {
  return new Date(iso).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
}
