import { boxOf, getAttribute } from '../mirror/dom.ts';
import type { FromViewer } from '../port.ts';

/** Tells the console what is marked under the agent's pointer or focus, so that it can say why; each once. */
export function sendAlerts(window: Window, say: (message: FromViewer) => void, signal: AbortSignal): void {
  const listening = { capture: true, passive: true, signal } as const;
  let told: Element | null = null;

  function tell(marked: Element | null, x: number, y: number): void {
    if (marked === told) return;
    told = marked;
    say({ kind: 'alert', mark: marked === null ? 0 : markOf(marked), at: { x, y } });
  }

  const forget = (): void => tell(null, 0, 0);

  // Also when the page has moved under a pointer that stands still.
  window.addEventListener('pointerover', (event) => tell(markedIn(event), event.clientX, event.clientY), listening);
  window.addEventListener('pointerout', (event) => event.relatedTarget === null && forget(), listening);
  window.addEventListener('focusout', forget, listening);
  window.addEventListener(
    'focusin',
    (event) => {
      const marked = markedIn(event);
      if (marked === null) return;
      const { left, bottom } = boxOf(marked);
      tell(marked, left, bottom);
    },
    listening,
  );
}

/** The innermost that has a mark, shadow roots and their hosts included. */
function markedIn(event: Event): Element | null {
  for (const passed of event.composedPath()) if (passed instanceof Element && markOf(passed) !== 0) return passed;
  return null;
}

function markOf(element: Element): number {
  return Number(getAttribute(element, 'data-alongside-why') ?? 0);
}
