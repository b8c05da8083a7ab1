import { ASKED_PREFIX } from '../tree/allowed.ts';
import { rootOf, setAttribute, shadowOf, slotOf } from '../dom.ts';
import { PREFIX } from '../styles/states-css.ts';

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

/** The same of a shadow root's host, and of what is put into its slots. */
export const FOCUS_RING_AROUND = `:host([${FOCUSED}="host"]) ${RING}
  ${ring('slotted', (asked) => `::slotted(${asked})`)}`;

/** An element has just been marked as one whose focus is visible. @returns where the rules are to be that draw its ring */
export function placeRing(element: Element): Node {
  const shadow = shadowOf(element);
  const slot = innermostSlot(element);
  if (shadow !== null) setAttribute(element, FOCUSED, 'host');
  else if (slot !== null) setAttribute(element, FOCUSED, 'slotted');
  return shadow ?? rootOf(slot ?? element);
}

/** A slot may be put into another: the innermost says what loses to all others. */
function innermostSlot(element: Element): Element | null {
  const slot = slotOf(element);
  return slot && (innermostSlot(slot) ?? slot);
}
