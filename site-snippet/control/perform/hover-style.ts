import { isDocument, isElement, parentOf, previousOf, rootOf, viewOf } from '../../native.ts';
import { pathOf } from '../path.ts';
import { HOST, rulesIn, type Hover, type Root, type Rule, type View } from './hover-rules.ts';
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

/** Of one tree: the page's own, a frame's or a component's. */
interface RootHover {
  /** @param path all that is hovered, within the tree and around it */
  show(path: readonly Element[]): void;
  leave(): void;
}

export function createHoverStyle(signal: AbortSignal): HoverStyle {
  const styles = new WeakMap<Root, RootHover>();
  let shown: readonly RootHover[] = [];

  function styleIn(root: Root, view: View): RootHover {
    const style = styles.get(root) ?? createRootHover(root, view);
    styles.set(root, style);
    return style;
  }

  function show(path: readonly Element[], next: readonly RootHover[]): void {
    for (const style of shown) if (!next.includes(style)) style.leave();
    shown = next;
    for (const style of next) style.show(path);
  }

  const leave = (): void => show([], []);
  signal.addEventListener('abort', leave, { once: true });

  return {
    show(element) {
      const view = viewOf(element);
      const path = pathOf(element);
      const roots = [...new Set(path.map((passed) => rootOf(passed)))].filter(isRoot);
      show(path, view === null ? [] : roots.map((root) => styleIn(root, view)));
    },
    leave,
  };
}

/** And nothing that has left the page. */
function isRoot(node: Node): node is Root {
  return 'adoptedStyleSheets' in node;
}

function createRootHover(root: Root, view: View): RootHover {
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
    const others = root.adoptedStyleSheets.filter((one) => one !== sheet);
    root.adoptedStyleSheets = css === '' ? others : [...others, sheet];
  }

  function repeat(): void {
    const placeOf = createPlaces();
    const later = createLaterRules(root, placeOf);
    const css = rules.map((rule) => {
      const repeated = rule.hovers.flatMap((hover) => repeatedFor(hover, hovered, placeOf));
      const selectors = [...later.competing(rule.selectors), ...repeated];
      repeated.forEach(later.follow);
      return selectors.length === 0 ? '' : written(selectors, rule);
    });
    set(css.join(''));
  }

  return {
    show(path) {
      hovered = path.filter((passed) => rootOf(passed) === root);
      if (performance.now() - readAt > KNOWN_FOR_MS) {
        rules = rulesIn(root, sheet, view);
        readAt = performance.now();
      }
      changes.disconnect();
      for (const each of hovered) changes.observe(each, { attributes: true });
      repeat();
    },
    leave() {
      changes.disconnect();
      set('');
    },
  };
}

function repeatedFor({ parts, subjects }: Hover, hovered: readonly Element[], placeOf: PlaceOf): string[] {
  const places = subjects.map((subject) =>
    // Of the tree of a component in which something is hovered, the component is.
    subject === HOST ? [HOST] : hovered.filter((element) => matchesSafely(element, subject)).map(placeOf),
  );
  if (places.every((meant) => meant.length === 0)) return [];
  // `:where` adds nothing to the rule's weight, and `:nth-child(n)` as much as `:hover` had.
  const asked = places.map((meant) => `${meant[0] === HOST ? '' : `:where(${meant.join()})`}:nth-child(n)`);
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
      const above = isElement(parent) ? placeOf(parent) : HOST;
      place = parent !== null && isDocument(parent) ? ':root' : `${above}>:nth-child(${positionOf(element)})`;
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
