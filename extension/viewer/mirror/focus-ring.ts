import { ASKED_PREFIX } from './allowed.ts';
import { rootOf, setAttribute, shadowOf } from './dom.ts';
import { PREFIX } from './states-css.ts';

const FOCUSED = `${PREFIX}focus-visible`;
const RING = '{ outline: -webkit-focus-ring-color auto 1px; }';

/**
 * The ring that the browser itself draws around what has the focus, by rules that lose to every rule of the page's. None
 * is drawn around a whole page.
 */
export const FOCUS_RING = `
:where([${FOCUSED}=""]:not(html, body)) ${RING}
:where(a[${ASKED_PREFIX}href][${FOCUSED}]) { outline-offset: 1px; }
:where(input:is([type="checkbox" i], [type="radio" i])[${FOCUSED}]) { outline-offset: 2px; }
`;

/** Rules of a document stop at shadow roots; and they beat what one says of its host, which so has its ring from within. */
const inShadow = new CSSStyleSheet();
inShadow.replaceSync(`@layer alongside { ${FOCUS_RING} :host([${FOCUSED}="host"]) ${RING} }`);

/** For an element that has just been marked as one whose focus is visible. */
export function drawRing(element: Element): void {
  const shadow = shadowOf(element);
  const root = shadow ?? rootOf(element);
  if (shadow !== null) setAttribute(element, FOCUSED, 'host');
  if (root instanceof ShadowRoot && !root.adoptedStyleSheets.includes(inShadow)) {
    root.adoptedStyleSheets = [inShadow, ...root.adoptedStyleSheets];
  }
}

/** What a shadow root adopts from now on, and the ring if it has one. */
export function adoptIn(root: ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((one) => one === inShadow), ...sheets];
}
