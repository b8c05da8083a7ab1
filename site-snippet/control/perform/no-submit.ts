import type { Outcome } from '../../../protocol/errors.ts';
import { firstOf } from '../../first-of.ts';
import { listen } from '../../listen.ts';
import { rootOf, viewOf } from '../../native.ts';
import { pathOf } from '../path.ts';
import type { Stage } from './stage.ts';

/** `form.submit()` leaves the page in a task of its own; after this it would have. */
const LEAVING_MS = 500;

/**
 * The net under the guard: a page's script may answer an allowed act with `requestSubmit()`, `submit()` or `reset()`, and
 * a button may have become a submit button since it was judged. No form is submitted while `act` runs, and none emptied
 * of what is not the agent's.
 * @returns the refusal, when one would have been
 */
export function withoutSubmit(element: Element, stage: Stage, act: () => void): Outcome | null {
  const caught = new AbortController();
  const read = new Set<EventTarget>();
  let refused: Outcome | null = null;
  const judged = (event: Event): void => {
    const { type, target } = event;
    // `submit()` sends no other event than this one; but a script that only reads its form sends it too.
    if (type === 'formdata' && target) read.add(target);
    const reason = type === 'submit' ? 'refused:submit' : type === 'reset' && stage.judgeReset(target as Element);
    if (!reason) return;
    refused = reason;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const listening = { capture: true, signal: caught.signal };
  const view = viewOf(element);
  // These events do not leave the shadow tree of their form.
  const roots = new Set<Node | Window>(pathOf(element).map((passed) => rootOf(passed)));
  if (view) roots.add(view);
  for (const root of roots as Set<ShadowRoot>) {
    for (const type of ['submit', 'reset', 'formdata'] as const) listen(root, type, judged, listening);
  }
  try {
    act();
  } finally {
    caught.abort();
    if (view && read.size > 0) keepHere(view, read, stage.signal);
  }
  return refused;
}

interface Leaving extends Event {
  /** Browsers before 2025 do not say what leads away; then it is known of what posts something. */
  readonly sourceElement?: EventTarget | null;
  readonly formData: FormData | null;
}

/** Whatever these forms lead away, the page or one of its frames, stays. What the customer does then is theirs. */
function keepHere(view: Window, forms: ReadonlySet<EventTarget>, session: AbortSignal): void {
  const over = new AbortController();
  const end = (): void => over.abort();
  const signal = firstOf(over.signal, session);
  const listening = { capture: true, signal };
  const stop = (event: Event): void => {
    const { sourceElement, formData } = event as Leaving;
    if (sourceElement === undefined ? formData : sourceElement && forms.has(sourceElement)) event.preventDefault();
  };
  // A window has its frames as a list has its items.
  for (const each of new Set([window, view, ...Array.from(view as unknown as ArrayLike<Window>)])) {
    try {
      listen((each as unknown as { navigation: Window }).navigation, 'navigate' as 'click', stop, listening);
    } catch {
      // Of another origin, or a browser without the Navigation API.
    }
  }
  for (const type of ['pointerdown', 'keydown'] as const)
    listen(view, type, (event) => event.isTrusted && end(), listening);
  const timer = setTimeout(end, LEAVING_MS);
  signal.addEventListener('abort', () => clearTimeout(timer));
}
