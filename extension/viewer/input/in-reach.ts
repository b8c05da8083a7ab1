import { closest, rootOf, shadowHostOf } from '../mirror/dom.ts';

/** Where something of ours has to stand that is used beside `element`: what is outside of an open dialog is out of reach. */
export function placeInReach(element: Element): Element {
  for (let at: Element | null = element; at !== null; at = hostAround(at)) {
    const dialog = closest(at, ':modal');
    if (dialog) return dialog;
  }
  return document.documentElement;
}

function hostAround(element: Element): Element | null {
  const root = rootOf(element);
  return root instanceof ShadowRoot ? shadowHostOf(root) : null;
}
