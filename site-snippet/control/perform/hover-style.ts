import { isElement, parentOf, previousOf, rootOf, viewOf } from '../../native.ts';
import { pathOf } from '../path.ts';
import { rulesIn, type Hover, type Rule, type View } from './hover-rules.ts';
import { createLaterRules, matchesSafely, type PlaceOf } from './later-rules.ts';

/**
 * No script can make `:hover` match. So while the agent's pointer rests on an element, the page's own `:hover` rules that
 * would hold for it are repeated in an adopted sheet, with the hovered elements named by their places in the tree. No
 * node of the page is touched, and the sheet goes with the pointer.
 */
export interface HoverStyle {
  show(element: Element): void;
  leave(): void;
}

/** Reading all rules of a page takes milliseconds, and they seldom change. */
const KNOWN_FOR_MS = 2_000;

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

function repeatedFor({ parts, subjects }: Hover, hovered: readonly Element[], placeOf: PlaceOf): string[] {
  const meant = subjects.map((subject) => hovered.filter((element) => matchesSafely(element, subject)));
  if (meant.every((elements) => elements.length === 0)) return [];
  // `:where` adds nothing to the rule's weight, and `:nth-child(n)` as much as `:hover` had.
  const asked = meant.map((elements) => `:where(${elements.map(placeOf).join()}):nth-child(n)`);
  return [parts.map((part, at) => part + (asked[at] ?? '')).join('')];
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
