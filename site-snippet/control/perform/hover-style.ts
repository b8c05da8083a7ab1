import { documentHas, isElement, parentOf, previousOf, rootOf, viewOf } from '../../native.ts';
import { pathOf } from '../path.ts';
import { createLaterRules, matchesSafely, selectorsIn, type PlaceOf } from './later-rules.ts';

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
const MAX_RULES = 20_000;
/** Reading all rules of a page takes milliseconds, and they seldom change. */
const KNOWN_FOR_MS = 2_000;
const HOVER = /:hover(?![\w-])/u;
const ALL_HOVERS = /:hover(?![\w-])/gu;

interface Rule {
  readonly selectors: string;
  /** Those of its selectors that ask who is hovered. */
  readonly hovers: readonly Hover[];
  readonly style: CSSStyleDeclaration;
  /** `@media …` and the like around it, from the outside in. */
  readonly conditions: readonly string[];
}

interface Hover {
  readonly selector: string;
  /** Up to and with the element that is to be hovered, without saying that it is. */
  readonly subject: string;
}

/** In whichever document the element stands: the page's own, or a frame's. */
export function createHoverStyle(signal: AbortSignal): HoverStyle {
  const styles = new WeakMap<Document, HoverStyle>();
  let latest: HoverStyle | null = null;

  function styleIn(document: Document): HoverStyle | null {
    const view = viewOf(document);
    const known = styles.get(document);
    if (known !== undefined || view === null) return known ?? null;
    const style = createDocumentHover(document, view, signal);
    styles.set(document, style);
    return style;
  }

  return {
    show(element) {
      const style = styleIn(element.ownerDocument);
      if (style !== latest) latest?.leave();
      latest = style;
      latest?.show(element);
    },
    leave: () => latest?.leave(),
  };
}

/** A frame's sheets and rules are of its own window's classes. */
type View = Window & typeof globalThis;

function createDocumentHover(document: Document, view: View, signal: AbortSignal): HoverStyle {
  const sheet = new view.CSSStyleSheet();
  let shown = '';
  let rules: readonly Rule[] = [];
  let readAt = -KNOWN_FOR_MS;
  let hovered: readonly Element[] = [];
  /** What is clicked becomes what is chosen, of which other rules hold. */
  const changes = new MutationObserver((records) => {
    // What moves changes its `style` with every frame, and selectors hardly ask for it.
    if (!records.some(({ attributeName }) => attributeName !== 'style')) return;
    try {
      repeat();
    } catch {
      set(''); // The page must not hear of it.
    }
  });

  function set(css: string): void {
    if (css === shown) return;
    shown = css;
    sheet.replaceSync(css);
    const others = document.adoptedStyleSheets.filter((one) => one !== sheet);
    document.adoptedStyleSheets = css === '' ? others : [...others, sheet];
  }

  function repeat(): void {
    const placeOf = createPlaces();
    const later = createLaterRules(document, placeOf);
    const css = rules.map((rule) => {
      const repeated = rule.hovers.flatMap((hover) => repeatedFor(hover, hovered, placeOf));
      const selectors = [...later.competing(rule.selectors), ...repeated];
      repeated.forEach(later.follow);
      return selectors.length === 0 ? '' : written(selectors, rule);
    });
    set(css.join(''));
  }

  function leave(): void {
    changes.disconnect();
    set('');
  }

  signal.addEventListener('abort', leave, { once: true });

  return {
    show(element) {
      hovered = pathOf(element).filter((passed) => rootOf(passed) === document);
      if (performance.now() - readAt > KNOWN_FOR_MS) {
        rules = rulesIn(document, sheet, view);
        readAt = performance.now();
      }
      changes.disconnect();
      for (const each of hovered) changes.observe(each, { attributes: true });
      repeat();
    },
    leave,
  };
}

function repeatedFor({ selector, subject }: Hover, hovered: readonly Element[], placeOf: PlaceOf): string[] {
  const meant = hovered.filter((element) => matchesSafely(element, subject));
  if (meant.length === 0) return [];
  // `:where` adds nothing to the rule's weight, and `:nth-child(n)` as much as `:hover` had.
  return [selector.replace(ALL_HOVERS, `:where(${meant.map(placeOf).join()}):nth-child(n)`)];
}

function written(selectors: readonly string[], { style, conditions }: Rule): string {
  const rule = `${selectors.join()}{${style.cssText}}`;
  return conditions.reduceRight((inner, condition) => `${condition}{${inner}}`, rule);
}

/** Where elements stand, as selectors, found out once as long as nothing moves. */
function createPlaces(): PlaceOf {
  const known = new Map<Element, string>();
  function placeOf(element: Element): string {
    let place = known.get(element);
    if (place === undefined) {
      const parent = parentOf(element);
      place = isElement(parent) ? `${placeOf(parent)}>:nth-child(${positionOf(element)})` : ':root';
      known.set(element, place);
    }
    return place;
  }
  return placeOf;
}

function positionOf(element: Element): number {
  let position = 1;
  for (let before = previousOf(element); before !== null; before = previousOf(before))
    if (isElement(before)) position += 1;
  return position;
}

function rulesIn(document: Document, own: CSSStyleSheet, view: View): Rule[] {
  const found: Rule[] = [];
  for (const sheet of [...documentHas(document, 'styleSheets'), ...document.adoptedStyleSheets]) {
    if (sheet !== own && !sheet.disabled) collect(sheet, conditionOf('media', sheet.media.mediaText), found, view);
  }
  return found;
}

function collect(
  parent: { readonly cssRules: CSSRuleList },
  conditions: readonly string[],
  found: Rule[],
  view: View,
): void {
  for (const rule of rulesOf(parent)) {
    if (found.length >= MAX_RULES) return;
    const within = (inner: { readonly cssRules: CSSRuleList }, more: readonly string[]): void =>
      collect(inner, [...conditions, ...more], found, view);
    if (rule instanceof view.CSSStyleRule) addRule(rule, conditions, found);
    else if (rule instanceof view.CSSMediaRule) within(rule, [`@media ${rule.conditionText}`]);
    else if (rule instanceof view.CSSSupportsRule) within(rule, []);
    else if (rule instanceof view.CSSImportRule && rule.styleSheet) {
      within(rule.styleSheet, conditionOf('media', rule.media.mediaText));
    } else if (rule instanceof view.CSSLayerBlockRule) within(rule, [`@layer ${rule.name}`]);
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

function addRule({ selectorText, style }: CSSStyleRule, conditions: readonly string[], found: Rule[]): void {
  const hovers = HOVER.test(selectorText) ? selectorsIn(selectorText).flatMap(hoversIn) : [];
  // What comes before the first of them is never asked for.
  if (hovers.length > 0 || found.length > 0) found.push({ selectors: selectorText, hovers, style, conditions });
}

function hoversIn(selector: string): Hover[] {
  const [before = ''] = selector.split(HOVER);
  // Within `:not(…)` and the like there is no telling who is hovered.
  if (!HOVER.test(selector) || before.includes('(') !== before.includes(')')) return [];
  return [{ selector, subject: /(?:^|[\s>+~])$/u.test(before) ? `${before}*` : before }];
}
