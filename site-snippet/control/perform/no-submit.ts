import { listen } from '../../listen.ts';
import { documentOf } from '../../native.ts';
import { pathOf } from '../path.ts';

/**
 * The net under the guard: a page's script may answer an allowed act with `requestSubmit()`, and a button may have become
 * a submit button since it was judged. No form is submitted while `act` runs.
 * @returns whether one would have been
 */
export function withoutSubmit(element: Element, act: () => void): boolean {
  const caught = new AbortController();
  let tried = false;
  const stop = (event: Event): void => {
    tried = true;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const listening = { capture: true, signal: caught.signal };
  const view = documentOf(element).defaultView;
  if (view) listen(view, 'submit', stop, listening);
  // `submit` does not leave the shadow tree of its form.
  const roots = new Set(pathOf(element).map((passed) => passed.getRootNode()));
  for (const root of roots) listen(root as ShadowRoot, 'submit', stop, listening);
  try {
    act();
  } finally {
    caught.abort();
  }
  return tried;
}
