import { ASKED_PREFIX } from './allowed.ts';
import { rootOf, setAttribute, shadowOf, slotOf } from './dom.ts';
import { PREFIX } from './states-css.ts';

const FOCUSED = `${PREFIX}focus-visible`;
const RING = '{ outline: -webkit-focus-ring-color auto 1px; }';
/** What is drawn has the browser's ring however the focus came; the HTML in it has not. */
const DRAWN = ':is(svg, svg :not(foreignObject *))';

/** @param at makes a selector of what is asked of the element */
const ring = (value: string, at: (asked: string) => string): string => `
${at(`[${FOCUSED}="${value}"]:not(html, body)`)} ${RING}
${at(`a[${ASKED_PREFIX}href][${FOCUSED}="${value}"]`)} { outline-offset: 1px; }
${at(`input:is([type="checkbox" i], [type="radio" i])[${FOCUSED}="${value}"]`)} { outline-offset: 2px; }
`;

/**
 * The ring that the browser itself draws around what has the focus, by rules that lose to every rule of the page's. None
 * is drawn around a whole page.
 */
export const FOCUS_RING = `${ring('', (asked) => `:where(${asked})`)}
:where(${DRAWN}[${PREFIX}focus]) { outline: -webkit-focus-ring-color auto 5px; }
`;

/**
 * Rules of a document stop at shadow roots; and they beat what one says of its host, and of what is put into its slots,
 * which so have their ring from within.
 */
const inShadow = new CSSStyleSheet();
inShadow.replaceSync(`@layer alongside { ${FOCUS_RING} :host([${FOCUSED}="host"]) ${RING}
  ${ring('slotted', (asked) => `::slotted(${asked})`)} }`);

/** For an element that has just been marked as one whose focus is visible. */
export function drawRing(element: Element): void {
  const shadow = shadowOf(element);
  const slot = innermostSlot(element);
  const root = shadow ?? rootOf(slot ?? element);
  if (shadow !== null) setAttribute(element, FOCUSED, 'host');
  else if (slot !== null) setAttribute(element, FOCUSED, 'slotted');
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(inShadow)) {
    root.adoptedStyleSheets = [inShadow, ...root.adoptedStyleSheets];
  }
}

/** A slot may be put into another: the innermost says what loses to all others. */
function innermostSlot(element: Element): Element | null {
  const slot = slotOf(element);
  return slot && (innermostSlot(slot) ?? slot);
}

/** What a shadow root adopts from now on, and the ring if it has one. */
export function adoptIn(root: ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((one) => one === inShadow), ...sheets];
}
