import { listen } from '../../listen.ts';
import { activeIn, matches, nameOf, shadowOf } from '../../native.ts';

/** Which element has the focus, through open shadow roots. */
export function recordFocus(
  document: Document,
  signal: AbortSignal,
  onChange: (element: Element | null) => void,
): void {
  const report = (): void => onChange(focusedIn(document));
  listen(document, 'focusin', report, { signal, capture: true, passive: true });
  listen(document, 'focusout', (event) => event.relatedTarget ?? report(), {
    signal,
    capture: true,
    passive: true,
  });
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
