import { clientHeightOf, clientWidthOf, documentHas } from './native.ts';

/** Phones say as the window's size what can be seen of a page zoomed out: more, where anything sticks out on the right. */
export function smallerThanWindow(window: Window): { readonly width: number; readonly height: number } | null {
  const root = documentHas(window.document, 'scrollingElement');
  if (!root) return null;
  const width = clientWidthOf(root);
  if (width === window.innerWidth) return null;
  try {
    // Beside a scroll bar it is the window's width that holds.
    if (!window.matchMedia(`(min-width:${width - 1}px) and (max-width:${width + 1}px)`).matches) return null;
  } catch {
    // A page may have put anything in its place.
    return null;
  }
  return { width, height: clientHeightOf(root) };
}
