import { rootOf } from '../dom.ts';
import { FOCUS_RING, FOCUS_RING_AROUND, placeRing } from '../states/focus-ring.ts';
import { PREFIX, SELECTION_NAME } from './states-css.ts';

/**
 * What it has filled in (Chromium's html.css): its own `!important` beats the page's, and so does that of a document's
 * first layer.
 */
const AUTOFILL = `
:where([${PREFIX}autofill]) {
  appearance: menulist-button;
  background-image: none !important;
  background-color: light-dark(#e8f0fe, rgba(70, 90, 126, 0.4)) !important;
  color: fieldtext !important;
}
`;

/**
 * The list of a `select` that the page draws (`appearance: base-select`). No script can open it without a click, so it is
 * displayed as it is, beside its `select` as when it is open.
 */
const OPEN_LIST = `
:where([${PREFIX}open]) { anchor-name: --alongside-open; }
:where([${PREFIX}open])::picker(select) {
  display: block;
  position-anchor: --alongside-open;
  z-index: 2147483647;
}
:where([${PREFIX}open]) option:enabled[${PREFIX}hover] {
  background-color: color-mix(in lab, currentcolor 10%, transparent);
}
`;

/** What is selected, of which the agent's browser knows nothing: inherited, so that the page's own rules go before it. */
const SELECTION = `
:where(html)::highlight(${SELECTION_NAME}) { background-color: #b4d5fe; color: #000; }
`;

/** What the customer's browser itself draws by states that the agent's does not have: rules for a document's first layer. */
export const BROWSER_LOOK = FOCUS_RING + AUTOFILL + OPEN_LIST + SELECTION;

/**
 * Rules of a document stop at shadow roots; and they beat what one says of its host, and of what is put into its slots,
 * which so have their ring from within.
 */
const inShadow = new CSSStyleSheet();
let beneath = '';
setInShadow('');

/** @param rules what else lies beneath, for shadow roots there are from now on */
export function setInShadow(rules: string): void {
  beneath = rules;
  inShadow.replaceSync(`@layer alongside { ${BROWSER_LOOK} ${FOCUS_RING_AROUND} ${rules} }`);
}

/** A shadow root is new, or what lies beneath is. */
export function seeRoot(root: ShadowRoot): void {
  if (beneath !== '') drawIn(root);
}

/** The element has just come to be in the state. */
export function drawState(element: Element, state: string): void {
  if (state === 'focus-visible') drawIn(placeRing(element));
  else if (state === 'autofill' || state === 'open') drawIn(rootOf(element));
}

function drawIn(root: Node): void {
  if (!(root instanceof ShadowRoot) || root.adoptedStyleSheets.includes(inShadow)) return;
  root.adoptedStyleSheets = [inShadow, ...root.adoptedStyleSheets];
}

/** What a shadow root adopts from now on, and the browser's look if it has that. */
export function adoptIn(root: ShadowRoot, sheets: readonly CSSStyleSheet[]): void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets.filter((one) => one === inShadow), ...sheets];
}
