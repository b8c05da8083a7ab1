import { MAX_PROPOSALS, type SelectorProposal } from '../picker-message.ts';
import { findAll, type Root } from './page-roots.ts';
import { isStableName } from './stable-name.ts';

/** Attributes that sites give to elements so that they can be found again, the best first. */
const DATA_ATTRIBUTES = ['data-testid', 'data-test', 'data-test-id', 'data-qa', 'data-cy', 'data-field', 'data-name'];
const MAX_VALUE_UNITS = 60;

/**
 * Selectors for an element that a person can read and that a new release of the site does not break: by its ID, its
 * name, its data attributes, its label; by a place in something named so only when it has none of these. Those that
 * find nothing else come first.
 */
export function proposeSelectors(element: Element, roots: readonly Root[]): SelectorProposal[] {
  const found = new Map<string, number>();
  const add = (selector: string): void => {
    const matches = found.has(selector) ? null : findAll(selector, roots);
    if (matches?.includes(element) === true) found.set(selector, matches.length);
  };
  for (const selector of ownSelectors(element)) add(selector);
  if (![...found.values()].includes(1)) for (const selector of selectorsInside(element)) add(selector);
  if (found.size === 0) add(pathOf(element));
  const proposals = [...found].map(([selector, count]) => ({ selector, count }));
  const unique = proposals.filter(({ count }) => count === 1);
  const others = proposals.filter(({ count }) => count > 1);
  return [...unique, ...others].slice(0, MAX_PROPOSALS);
}

function ownSelectors(element: Element): string[] {
  const tag = element.localName;
  const selectors: string[] = [];
  if (isStableName(element.id)) selectors.push(`#${CSS.escape(element.id)}`);
  for (const name of ['name', ...DATA_ATTRIBUTES]) selectors.push(...byAttribute(element, tag, name));
  for (const name of otherDataAttributes(element)) selectors.push(...byAttribute(element, tag, name));
  for (const name of ['aria-label', 'autocomplete', 'placeholder', 'title', 'type']) {
    selectors.push(...byAttribute(element, tag, name));
  }
  const classes = [...element.classList].filter(isStableName).slice(0, 3);
  if (classes.length > 1) selectors.push(`${tag}${classes.map((name) => `.${CSS.escape(name)}`).join('')}`);
  selectors.push(...classes.map((name) => `.${CSS.escape(name)}`));
  return selectors;
}

function byAttribute(element: Element, tag: string, name: string): string[] {
  const value = element.getAttribute(name);
  if (value === null || value === '' || value.length > MAX_VALUE_UNITS || /[\d@]{3}/u.test(value)) return [];
  return [`${tag}[${name}="${CSS.escape(value).replace(/\\ /gu, ' ')}"]`];
}

/** The site's own, but those that hold a value of the page: `data-iban="GB33…"` is found by its name. */
function otherDataAttributes(element: Element): string[] {
  return element
    .getAttributeNames()
    .filter((name) => name.startsWith('data-') && name !== 'data-alongside' && !DATA_ATTRIBUTES.includes(name))
    .filter((name) => isStableName(name) && isStableName(element.getAttribute(name) ?? ''))
    .slice(0, 3);
}

/** By its tag or its own selector inside the closest element that has a name. */
function selectorsInside(element: Element): string[] {
  const own = [...ownSelectors(element).slice(0, 2), element.localName];
  const around = closestNamed(element);
  return around === null ? [] : own.map((selector) => `${around} ${selector}`);
}

/** The place: always right today, and the first to break. */
function pathOf(element: Element): string {
  const steps: string[] = [];
  let at: Element | null = element;
  while (at !== null && steps.length < 8) {
    const named: string | null = at === element ? null : nameOf(at);
    if (named !== null) {
      steps.unshift(named);
      break;
    }
    steps.unshift(stepOf(at));
    at = at.parentElement;
  }
  return steps.join(' > ');
}

function stepOf(element: Element): string {
  const tag = CSS.escape(element.localName);
  const siblings = [...(element.parentElement?.children ?? [])].filter(
    ({ localName }) => localName === element.localName,
  );
  return siblings.length > 1 ? `${tag}:nth-of-type(${siblings.indexOf(element) + 1})` : tag;
}

function closestNamed(element: Element): string | null {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    const named = nameOf(at);
    if (named !== null) return named;
  }
  return null;
}

function nameOf(element: Element): string | null {
  return ownSelectors(element).find((selector) => selector.startsWith('#') || selector.includes('[data-')) ?? null;
}
