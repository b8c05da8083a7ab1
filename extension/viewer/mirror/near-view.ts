/**
 * Pictures whose place is known are asked for when they come near to what the customer sees: a page of three hundred
 * photographs would otherwise send them all, from a telephone perhaps.
 */
export interface NearView {
  /** @param ask called once, soon after `element` is near; a later one for the same attribute takes its place */
  expect(element: Element, attribute: string, ask: () => void): void;
  /** A new page. */
  clear(): void;
}

/** So much more on each side, of the page's view and of each box that scrolls in it: the next page is there already. */
const MARGIN = '100%';

export function createNearView(document: Document): NearView {
  let awaited = new WeakMap<Element, Map<string, () => void>>();
  // TypeScript does not know `scrollMargin` yet. It counts for the root as well, and `rootMargin` would be multiplied by it
  // (Chromium 156: five views with both).
  const options: IntersectionObserverInit & { scrollMargin: string } = {
    root: document,
    scrollMargin: MARGIN,
  };
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) come(target);
  }, options);

  function come(element: Element): void {
    const asks = awaited.get(element);
    observer.unobserve(element);
    awaited.delete(element);
    asks?.forEach((ask) => ask());
  }

  return {
    expect(element, attribute, ask) {
      // Nothing is laid out in a tab that nobody looks at, and it is to be complete when they do.
      if (document.visibilityState === 'hidden') {
        ask();
        return;
      }
      const asks = awaited.get(element) ?? new Map<string, () => void>();
      awaited.set(element, asks.set(attribute, ask));
      const observe = (): void => observer.observe(element);
      // What stands there meanwhile takes a moment to have its size: until then all of them are near.
      const isToCome = element instanceof HTMLImageElement && !element.complete;
      if (isToCome) element.addEventListener('load', observe, { once: true });
      else observe();
    },
    clear() {
      observer.disconnect();
      awaited = new WeakMap();
    },
  };
}
