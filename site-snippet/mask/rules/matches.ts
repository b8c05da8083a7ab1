import { meaningOf, type Rule, type RuleProblem, type RuleSet } from '../../../protocol/rules.ts';
import {
  contains,
  documentHas,
  documentOf,
  findAll,
  frameAround,
  isConnected,
  isDocument,
  isElement,
  isShown,
  matches,
} from '../../native.ts';
import { CLEAR, isVeiled, TREATED, type RuleMatches, type Treatment } from '../judge.ts';
import { createBesideLists } from './beside-lists.ts';
import { isForPage } from './pages.ts';
import { tellingParts } from './telling-parts.ts';
import { createGuesser } from './sensitive.ts';
import { readSelector, type Selector } from './selector.ts';

/**
 * Which elements the site's rules match. Selectors of the same meaning are asked together, once for a whole document,
 * and again only where something changed that one of them looks at.
 */
export interface RuleMatchOptions {
  readonly document: Document;
  readonly rules: RuleSet;
  /** The page's address now; a page may change it without being loaded again. */
  readonly url: () => string;
  readonly onProblems: (problems: readonly RuleProblem[]) => void;
  readonly signal: AbortSignal;
}

/** Selectors that come to the same treatment. */
interface Group {
  readonly treatment: Treatment;
  readonly selector: string;
}

/** The rules for a document. */
interface Choice {
  /** Its own, and those of the documents around it: a line each, the page's last. */
  readonly address: string;
  readonly groups: readonly Group[];
  readonly selectors: readonly Selector[];
}

type Root = ParentNode & Node;

/** More places than these cost more than to look at everything. */
const MAX_PLACES = 8;
const MAX_RECORDS = 1_000;

export function createRuleMatches(options: RuleMatchOptions): RuleMatches {
  const { document, rules } = options;
  const reported = new Set<string>();
  const roots = new Set<Root>([document]);
  const choices = new Map<Document, Choice>();
  let watched: readonly Selector[] = [];
  let isStructural = false;
  let isVolatile = false;
  let matched = new Map<Element, Treatment>();
  /** Masked by a rule of an address that the page has left: it may change its address long before what it shows. */
  const kept = new WeakSet<Element>();
  let isStale = true;
  const guesser = createGuesser();
  const besideLists = createBesideLists(document);

  /** Reported, and not yet looked at. */
  let records: MutationRecord[] = [];
  const observer = new MutationObserver((reported) => {
    // Too many to look at one by one: everything will be looked at.
    if (records.length > MAX_RECORDS) isStale = true;
    else records.push(...reported);
  });

  function takeRecords(): readonly MutationRecord[] {
    const taken = [...records, ...observer.takeRecords()];
    records = [];
    return taken;
  }

  options.signal.addEventListener('abort', () => observer.disconnect());

  /** What is shown in a frame is of its own address and of all those around it. */
  function addressOf(of: Document): string {
    const frame = frameAround(of);
    if (frame === null) return options.url();
    const own = documentHas(of, 'URL');
    const around = addressOf(documentOf(frame));
    return own.startsWith('http') ? `${own}\n${around}` : around;
  }

  /** Whether any document has another address than when its rules were chosen. */
  function hasMoved(): boolean {
    let answer = false;
    for (const [of, { address }] of choices) {
      if (of !== document && !isShown(of)) choices.delete(of);
      else answer ||= addressOf(of) !== address;
    }
    return answer;
  }

  /** New addresses may have other rules. */
  function chooseAnew(): void {
    for (const of of choices.keys()) choose(of);
    isStale = true;
    observer.disconnect();
    for (const root of roots) watch(root);
  }

  /** The rules for a document, grouped. */
  function choose(of: Document): Choice {
    const address = addressOf(of);
    const byTreatment = new Map<Treatment, Selector[]>();
    const problems: RuleProblem[] = [];
    const addresses = address.split('\n');
    rules.rules.forEach((rule, index) => {
      // What the page's own rules mask no frame in it shows.
      const page = isForPage(rule.urls, rule.action === 'show' ? addresses.slice(-1) : addresses);
      if (page === 'unreadable') problems.push({ rule: index, what: 'url' });
      if (page === 'no' || (page === 'unreadable' && rule.action === 'show')) return;
      for (const written of rule.selectors) {
        const selector = readSelector(written);
        if (selector === null) problems.push({ rule: index, what: 'selector' });
        const treatment = selector === null ? unreadable(rule) : treatmentOf(rule);
        const group = byTreatment.get(treatment) ?? [];
        byTreatment.set(treatment, group);
        group.push(selector ?? EVERYTHING);
      }
    });
    byTreatment.delete(CLEAR);
    const groups = [...byTreatment].map(([treatment, selectors]) => ({
      treatment,
      selector: selectors.map(({ text }) => text).join(','),
    }));
    const choice = { address, groups, selectors: [...byTreatment.values()].flat() };
    choices.set(of, choice);
    watched = [...choices.values()].flatMap(({ selectors }) => selectors);
    isStructural = watched.some((selector) => selector.isStructural);
    isVolatile = watched.some((selector) => selector.isVolatile);
    report(problems);
    return choice;
  }

  function groupsFor(root: Root): readonly Group[] {
    const of = isDocument(root) ? root : documentOf(root);
    return (choices.get(of) ?? choose(of)).groups;
  }

  /** Each problem once a page. */
  function report(problems: readonly RuleProblem[]): void {
    const fresh = problems.filter(({ rule, what }) => !reported.has(`${rule} ${what}`));
    for (const { rule, what } of fresh) reported.add(`${rule} ${what}`);
    if (fresh.length > 0) options.onProblems(fresh);
  }

  function watch(root: Root): void {
    if (watched.length === 0 && matched.size === 0) return;
    const attributeFilter = [...new Set(watched.flatMap(({ attributes }) => [...attributes]))];
    const attributes = attributeFilter.length > 0;
    observer.observe(root, { subtree: true, childList: true, ...(attributes ? { attributes, attributeFilter } : {}) });
  }

  function matchIn(root: Root, into: Map<Element, Treatment>): void {
    for (const { treatment, selector } of groupsFor(root)) {
      const own = isElement(root) && matches(root, selector) ? [root] : [];
      for (const element of [...own, ...findAll(root, selector)]) {
        into.set(element, (into.get(element) ?? CLEAR) | treatment);
      }
    }
  }

  /** Where something changed that may matter; `null`: look at everything. */
  function changedPlaces(): readonly Root[] | null {
    const places = new Set<Root>();
    let hasLost = false;
    for (const { type, target, addedNodes, removedNodes } of takeRecords()) {
      if (isStructural) return null;
      if (type === 'attributes') places.add(target as Element);
      for (const node of addedNodes) if (isElement(node)) places.add(node);
      hasLost ||= removedNodes.length > 0;
      if (places.size > MAX_PLACES) return null;
    }
    if (hasLost) for (const element of matched.keys()) if (!isConnected(element)) matched.delete(element);
    return [...places];
  }

  function isLess(element: Element, before: Treatment): boolean {
    return isVeiled(before & ~(matched.get(element) ?? CLEAR)) && isConnected(element);
  }

  function keep(element: Element, treatment: Treatment): void {
    kept.add(element);
    matched.set(element, ((matched.get(element) ?? CLEAR) | treatment | FIXED) & ~SHOWN);
  }

  function lookEverywhere(isElsewhere: boolean): Element[] {
    const before = matched;
    const seen = new Set<Element>();
    matched = new Map();
    for (const root of roots) {
      if (isShown(root)) matchIn(root, matched);
      else roots.delete(root);
    }
    for (const [element, treatment] of before) {
      if (!isLess(element, treatment)) kept.delete(element);
      else if (kept.has(element)) keep(element, treatment);
      // By another address alone nothing that is there is masked less than before. What comes after it goes by the new one.
      else if (isElsewhere) for (const part of tellingParts(element, seen)) keep(part, treatment);
    }
    const changed = [...matched.keys()].filter((element) => before.get(element) !== matched.get(element));
    for (const element of before.keys()) if (!matched.has(element)) changed.push(element);
    return changed;
  }

  function lookAt(places: readonly Root[]): Element[] {
    const changed: Element[] = [];
    for (const place of places) {
      const found = new Map<Element, Treatment>();
      matchIn(place, found);
      for (const [element, treatment] of matched) {
        if (found.has(element) || kept.has(element) || !contains(place, element)) continue;
        matched.delete(element);
        if (treatment !== CLEAR) changed.push(element);
      }
      for (const [element, treatment] of found) {
        const before = matched.get(element) ?? CLEAR;
        matched.set(element, treatment);
        if (!isLess(element, before)) kept.delete(element);
        else if (kept.has(element)) keep(element, before);
        if (before !== matched.get(element)) changed.push(element);
      }
    }
    return changed;
  }

  choose(document);
  watch(document);
  return {
    of(element) {
      besideLists.see(element);
      return matched.get(element) ?? CLEAR;
    },
    get isEmpty() {
      return matched.size === 0;
    },
    likely: guesser.likely,
    beside: besideLists.find,
    all: () => matched.keys(),
    adopt(root) {
      if (roots.has(root)) return;
      roots.add(root);
      besideLists.adopt(root);
      groupsFor(root);
      watch(root);
      matchIn(root, matched);
    },
    update(hasChanged) {
      if (hasChanged) guesser.forget();
      const isElsewhere = hasMoved();
      if (isElsewhere) chooseAnew();
      const places = isStale || isVolatile ? null : changedPlaces();
      if (places === null) takeRecords();
      isStale = false;
      return places === null ? lookEverywhere(isElsewhere) : lookAt(places);
    },
  };
}

const { MASK, HIDE, FIXED, SHOWN, UNEDITABLE, UNCONTROLLABLE } = TREATED;

function treatmentOf(rule: Rule): Treatment {
  const { visible, editable, controllable, boxed } = meaningOf(rule);
  let treatment = CLEAR;
  if (!visible) treatment |= boxed ? MASK | HIDE : MASK;
  if (!visible && rule.mayShow !== true) treatment |= FIXED;
  if (visible && rule.action === 'show') treatment |= SHOWN;
  if (visible && !editable) treatment |= UNEDITABLE;
  if (!controllable) treatment |= UNCONTROLLABLE;
  return treatment;
}

/** A selector nobody understands may have meant anything on the page. */
function unreadable(rule: Rule): Treatment {
  return rule.action === 'show' ? CLEAR : treatmentOf(rule) & ~HIDE;
}

const EVERYTHING: Selector = { text: ':root', attributes: new Set(), isStructural: false, isVolatile: false };
