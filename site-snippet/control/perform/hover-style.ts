import { matches } from '../../native.ts';
import { pathOf } from '../path.ts';

/**
 * No script can make `:hover` match. So while the agent's pointer rests on an element, the page's own `:hover` rules that
 * would hold for it are repeated in an adopted sheet, with the hovered elements named by their places in the tree. No
 * node of the page is touched, and the sheet goes with the pointer.
 */
export interface HoverStyle {
  show(element: Element): void;
  leave(): void;
}

/** A page with more has given up on being read. */
const MAX_RULES = 5_000;
/** Reading all rules of a page takes milliseconds, and they seldom change. */
const KNOWN_FOR_MS = 2_000;
const HOVER = /:hover(?![\w-])/u;
const ALL_HOVERS = /:hover(?![\w-])/gu;

interface HoverRule {
  readonly selector: string;
  /** Up to and with the element that is to be hovered, without saying that it is. */
  readonly subject: string;
  readonly declarations: string;
  /** `@media …` and the like around it, from the outside in. */
  readonly conditions: readonly string[];
}

export function createHoverStyle(document: Document, signal: AbortSignal): HoverStyle {
  const sheet = new CSSStyleSheet();
  let shown = '';
  let rules: readonly HoverRule[] = [];
  let readAt = -KNOWN_FOR_MS;

  function set(css: string): void {
    if (css === shown) return;
    shown = css;
    sheet.replaceSync(css);
    const others = document.adoptedStyleSheets.filter((one) => one !== sheet);
    document.adoptedStyleSheets = css === '' ? others : [...others, sheet];
  }

  signal.addEventListener('abort', () => set(''), { once: true });

  return {
    show(element) {
      const hovered = pathOf(element).filter((passed) => passed.getRootNode() === document);
      if (performance.now() - readAt > KNOWN_FOR_MS) {
        rules = hoverRules(document, sheet);
        readAt = performance.now();
      }
      const css = rules.map((rule) => repeated(rule, hovered)).filter((rule) => rule !== '');
      set(css.join('\n'));
    },
    leave: () => set(''),
  };
}

function repeated({ selector, subject, declarations, conditions }: HoverRule, hovered: readonly Element[]): string {
  const meant = hovered.filter((element) => matchesSafely(element, subject));
  if (meant.length === 0) return '';
  // `:where` adds nothing to the rule's weight, and `:nth-child(n)` as much as `:hover` had.
  const places = `:where(${meant.map(placeOf).join()}):nth-child(n)`;
  const rule = `${selector.replace(ALL_HOVERS, places)}{${declarations}}`;
  return conditions.reduceRight((inner, condition) => `${condition}{${inner}}`, rule);
}

function matchesSafely(element: Element, selector: string): boolean {
  try {
    return matches(element, selector);
  } catch {
    return false;
  }
}

function placeOf(element: Element): string {
  const steps: string[] = [];
  for (let at: Element | null = element; at?.parentElement; at = at.parentElement) {
    steps.unshift(`:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
  }
  return [':root', ...steps].join('>');
}

function hoverRules(document: Document, own: CSSStyleSheet): HoverRule[] {
  const found: HoverRule[] = [];
  for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) {
    if (sheet !== own && !sheet.disabled) collect(sheet, conditionOf('media', sheet.media.mediaText), found);
  }
  return found;
}

function collect(parent: { readonly cssRules: CSSRuleList }, conditions: readonly string[], found: HoverRule[]): void {
  for (const rule of rulesOf(parent)) {
    if (found.length >= MAX_RULES) return;
    if (rule instanceof CSSStyleRule) addRule(rule, conditions, found);
    else if (rule instanceof CSSMediaRule) collect(rule, [...conditions, `@media ${rule.conditionText}`], found);
    else if (rule instanceof CSSSupportsRule) collect(rule, conditions, found);
    else if (rule instanceof CSSImportRule && rule.styleSheet) {
      collect(rule.styleSheet, [...conditions, ...conditionOf('media', rule.media.mediaText)], found);
    } else if (rule instanceof CSSLayerBlockRule) collect(rule, [...conditions, `@layer ${rule.name}`], found);
  }
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

function addRule({ selectorText, style }: CSSStyleRule, conditions: readonly string[], found: HoverRule[]): void {
  if (!HOVER.test(selectorText)) return;
  for (const selector of selectorText.split(/,(?![^(]*\))/u)) {
    const [before = ''] = selector.split(HOVER);
    // Within `:not(…)` and the like there is no telling who is hovered.
    if (!HOVER.test(selector) || before.includes('(') !== before.includes(')')) continue;
    const subject = /(?:^|[\s>+~])$/u.test(before) ? `${before}*` : before;
    found.push({ selector, subject, declarations: style.cssText, conditions });
  }
}
