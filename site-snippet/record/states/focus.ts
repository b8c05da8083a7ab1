import { listen } from '../../listen.ts';
import { activeIn, closest, documentOf, frameAround, matches, nameOf, shadowOf } from '../../native.ts';

/** Whether the other side sees what is in it. */
type IsShown = (element: Element) => boolean;

/** Which element has the focus, through open shadow roots. */
export function recordFocus(
  document: Document,
  isShown: IsShown,
  signal: AbortSignal,
  onChange: (element: Element | null) => void,
): void {
  const report = (): void => onChange(toldFocusIn(document, isShown));
  listen(document, 'focusin', report, { signal, capture: true, passive: true });
  listen(document, 'focusout', (event) => event.relatedTarget ?? report(), {
    signal,
    capture: true,
    passive: true,
  });
}

export function toldFocusIn(document: Document, isShown: IsShown): Element | null {
  const element = focusOf(document);
  return element && (maskedListOf(element, isShown) ?? element);
}

/** What has the focus in a document that has it itself. */
export function focusOf(document: Document): Element | null {
  return hasFocus(document) ? focusedIn(document) : null;
}

/** A document in a frame keeps its caret, and in Firefox what had the focus, when that has gone elsewhere. */
export function hasFocus(document: Document): boolean {
  const frame = frameAround(document);
  return frame === null || (hasFocus(documentOf(frame)) && focusedIn(documentOf(frame)) === frame);
}

/** Which option of a masked list has the focus, or the pointer, would tell what is chosen there: told is the list. */
export function maskedListOf(element: Element, isShown: IsShown): Element | null {
  const list = closest(element, 'select');
  return list && !isShown(element) ? list : null;
}

export function focusedIn(root: Document | ShadowRoot): Element | null {
  const active = activeIn(root);
  if (active && isStandIn(active)) return null;
  const inner = active && shadowOf(active);
  return inner && activeIn(inner) ? focusedIn(inner) : active;
}

/** Where nothing has the focus the body is said to have it. (`:focus` alone does not tell: in a tab behind, nobody has it.) */
function isStandIn(active: Element): boolean {
  return /^(?:body|html)$/u.test(nameOf(active)) && !shadowOf(active) && !matches(active, ':focus');
}
