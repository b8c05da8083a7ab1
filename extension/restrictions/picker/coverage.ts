/**
 * What an agent would see of the open page: docs/rules.md, "Who wins", for the preview. The snippet judges for itself;
 * nothing of a customer depends on this.
 */
import { likelySecret } from '../../../protocol/likely-secret.ts';
import { meaningOf, type Rule } from '../../../protocol/rules.ts';
import type { Secret } from '../../../protocol/secret-words.ts';
import { FIELDS, isField, labelTexts } from './form-field.ts';
import { findAll, parentOf, type Root } from './page-roots.ts';

export type Look = 'mask' | 'restrict' | 'hide';

export interface Covered {
  readonly element: Element;
  readonly look: Look;
  /** The rule's name, or what else decided. */
  readonly why: string;
  /** No rule is needed for it. */
  readonly byDefault: boolean;
}

export interface Coverage {
  /** The outermost elements that look different to an agent. */
  readonly covered: readonly Covered[];
  /** Elements each rule finds; `null`: it is for other pages. */
  readonly matches: readonly (number | null)[];
  /** Why an agent does not see it, or may not use it; `null`: both are allowed. */
  of(element: Element): Omit<Covered, 'element'> | null;
}

interface Mark {
  readonly visible: boolean;
  readonly usable: boolean;
  readonly boxed: boolean;
  /** Undone by no `show`. */
  readonly fixed: boolean;
  readonly shows: boolean;
  /** It is so without any rule. */
  readonly byDefault: boolean;
  /** The page says it itself. */
  readonly byPage: boolean;
  readonly why: string;
}

interface State {
  readonly hiding: readonly Mark[];
  readonly restricting: readonly Mark[];
  /** A rule shows it: what only looks sensitive is not masked. */
  readonly isShownByRule: boolean;
}

const CLEAR: State = { hiding: [], restricting: [], isShownByRule: false };
const SECRET: Mark = {
  visible: false,
  usable: true,
  boxed: false,
  fixed: true,
  shows: false,
  byDefault: true,
  byPage: false,
  why: 'Always masked',
};
const SUBMIT: Mark = {
  visible: true,
  usable: false,
  boxed: false,
  fixed: true,
  shows: false,
  byDefault: true,
  byPage: false,
  why: 'Submit buttons and file fields are always restricted',
};
const SECRET_WORDS: Readonly<Record<Secret, string>> = {
  password: 'a password',
  card: 'payment card details',
  code: 'a one-time code',
  identity: 'an identity or account number',
};

const SECRETS =
  'input[type="password" i], :is(input, textarea, select):is([autocomplete~="current-password" i], [autocomplete~="new-password" i]:not([role="combobox"][autocomplete="new-password"]), [autocomplete~="one-time-code" i], [autocomplete~="cc-number" i], [autocomplete~="cc-csc" i], [autocomplete~="cc-exp" i], [autocomplete~="cc-exp-month" i], [autocomplete~="cc-exp-year" i])';
const SUBMITS =
  'input:is([type="submit" i], [type="image" i], [type="file" i]), button[type="submit" i], form button:not([type])';

/** @param url of the open page */
export function judgePage(rules: readonly Rule[], url: URL, roots: readonly Root[]): Coverage {
  const marks = new Map<Element, Mark[]>();
  const add = (element: Element, mark: Mark): void => {
    const known = marks.get(element);
    if (known === undefined) marks.set(element, [mark]);
    else known.push(mark);
  };
  for (const element of findAll(SECRETS, roots) ?? []) add(element, SECRET);
  for (const element of findAll(SUBMITS, roots) ?? []) add(element, SUBMIT);
  for (const element of findAll(FIELDS, roots) ?? []) {
    const secret = isField(element) ? likelySecret(element, labelTexts) : null;
    if (secret !== null) add(element, { ...SECRET, fixed: false, why: `Masked by default: ${SECRET_WORDS[secret]}` });
  }
  for (const element of findAll('[data-alongside]', roots) ?? []) {
    for (const mark of pageMarks(element)) add(element, mark);
  }
  const matches = rules.map((rule) => {
    if (!isFor(rule, url)) return null;
    const unreadable = rule.action === 'show' ? [] : [document.documentElement];
    const found = new Set(rule.selectors.flatMap((selector) => findAll(selector, roots) ?? unreadable));
    const mark = ruleMark(rule);
    for (const element of found) add(element, mark);
    return found.size;
  });

  const states = new Map<Element, State>();

  function stateOf(element: Element | null): State {
    if (element === null) return CLEAR;
    const known = states.get(element);
    if (known !== undefined) return known;
    const around = stateOf(parentOf(element));
    const own = marks.get(element);
    const state = own === undefined ? around : withMarks(around, own);
    states.set(element, state);
    return state;
  }

  function of(element: Element): Omit<Covered, 'element'> | null {
    const { hiding, restricting } = stateOf(element);
    const boxed = hiding.find((mark) => mark.boxed);
    if (boxed) return looking('hide', boxed);
    const hidden = hiding.find((mark) => !mark.byDefault) ?? hiding[0];
    if (hidden) return looking('mask', hidden);
    return restricting[0] ? looking('restrict', restricting[0]) : null;
  }

  const covered: Covered[] = [];
  for (const element of marks.keys()) {
    const here = of(element);
    if (here === null) continue;
    const parent = parentOf(element);
    const around = parent === null ? null : of(parent);
    if (around?.look !== here.look && around?.look !== 'hide') covered.push({ element, ...here });
  }
  return { covered, matches, of };
}

function looking(look: Look, { why, byDefault }: Mark): Omit<Covered, 'element'> {
  return { look, why, byDefault };
}

function withMarks(around: State, own: readonly Mark[]): State {
  const isGuess = (mark: Mark): boolean => mark.byDefault && !mark.fixed;
  const hiding = [...around.hiding, ...own.filter((mark) => !mark.visible && !isGuess(mark))];
  const isShown = own.some((mark) => mark.shows) && hiding.every((mark) => !mark.fixed);
  const isShownByRule = around.isShownByRule || own.some((mark) => mark.shows && !mark.byPage);
  return {
    hiding: [...(isShown ? [] : hiding), ...(isShownByRule ? [] : own.filter(isGuess))],
    restricting: [...around.restricting, ...own.filter((mark) => !mark.usable)],
    isShownByRule,
  };
}

function ruleMark(rule: Rule): Mark {
  const { visible, editable, controllable, boxed } = meaningOf(rule);
  return {
    visible,
    usable: !visible || (editable && controllable),
    boxed,
    fixed: rule.mayShow !== true,
    shows: rule.action === 'show',
    byDefault: false,
    byPage: false,
    why: rule.name === '' ? (rule.selectors[0] ?? '') : rule.name,
  };
}

/** `data-alongside` in the page. */
function pageMarks(element: Element): Mark[] {
  const words = (element.getAttribute('data-alongside') ?? '').toLowerCase().split(/\s+/u);
  const plain = {
    visible: true,
    usable: true,
    boxed: false,
    fixed: true,
    shows: false,
    byDefault: false,
    byPage: true,
    why: 'data-alongside in the page',
  };
  return words.flatMap((word): Mark[] => {
    switch (word) {
      case 'mask':
        return [{ ...plain, visible: false }];
      case 'hide':
        return [{ ...plain, visible: false, usable: false, boxed: true }];
      case 'restrict':
        return [{ ...plain, usable: false }];
      case 'show':
        return [{ ...plain, shows: true }];
      default:
        return [];
    }
  });
}

/** A pattern that cannot be read counts on every page, unless it would show something. */
function isFor({ urls, action }: Rule, url: URL): boolean {
  return urls.length === 0 || urls.some((pattern) => matchesPage(pattern, url) ?? action !== 'show');
}

function matchesPage(pattern: string, url: URL): boolean | null {
  try {
    const compiled = new URLPattern(pattern, url.origin);
    // Query and fragment count only where the pattern names them.
    return compiled.test(url.href) || compiled.test(url.origin + url.pathname);
  } catch {
    return null;
  }
}
