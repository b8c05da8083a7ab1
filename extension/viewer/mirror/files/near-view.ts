import { boxOf } from '../dom.ts';

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

/** Between two looks, while anything waits. */
const LOOK_AFTER_MS = 300;

export function createNearView(document: Document): NearView {
  let awaited = new WeakMap<Element, Map<string, () => void>>();
  let count = 0;
  /** Came while nobody looked at the tab. */
  let unseen = new Set<Element>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let frame: number | undefined;
  // TypeScript does not know `scrollMargin` yet. It counts for the root as well, and `rootMargin` would be multiplied by it
  // (Chromium 156: five views with both).
  const options: IntersectionObserverInit & { scrollMargin: string } = {
    root: document,
    scrollMargin: MARGIN,
  };
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting || isWithoutBox(target)) come(target);
  }, options);

  function come(element: Element): void {
    const asks = awaited.get(element);
    observer.unobserve(element);
    if (awaited.delete(element)) count -= 1;
    asks?.forEach((ask) => ask());
  }

  function lookLater(): void {
    if (count > 0 && timer === undefined && frame === undefined) timer = setTimeout(look, LOOK_AFTER_MS);
  }

  /** What a sheet moves for long (a marquee) moves without any frame of the page's, and the observer looks in those only. */
  function look(): void {
    timer = undefined;
    frame = requestAnimationFrame(() => {
      frame = undefined;
      lookLater();
    });
  }

  /** The observer sleeps in a tab that nobody looks at, and what would be in view is to be there when they do. */
  function lookUnseen(element: Element): void {
    if (unseen.size === 0) setTimeout(askUnseen, LOOK_AFTER_MS);
    unseen.add(element);
  }

  function askUnseen(): void {
    const elements = unseen;
    unseen = new Set();
    for (const element of elements) if (isNear(boxOf(element))) come(element);
  }

  return {
    expect(element, attribute, ask) {
      const asks = awaited.get(element) ?? new Map<string, () => void>();
      if (asks.size === 0) count += 1;
      awaited.set(element, asks.set(attribute, ask));
      const observe = (): void => observer.observe(element);
      // What stands there meanwhile takes a moment to have its size: until then all of them are near.
      const isToCome = element instanceof HTMLImageElement && !element.complete;
      if (isToCome) element.addEventListener('load', observe, { once: true });
      else observe();
      if (document.visibilityState === 'hidden') lookUnseen(element);
      lookLater();
    },
    clear() {
      observer.disconnect();
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
      timer = undefined;
      frame = undefined;
      awaited = new WeakMap();
      unseen = new Set();
      count = 0;
    },
  };
}

/** It is nowhere, and what is in it may show its picture (`background: inherit`). */
function isWithoutBox(element: Element): boolean {
  return getComputedStyle(element).display === 'contents';
}

function isNear({ left, right, top, bottom, width, height }: DOMRect): boolean {
  if (width + height === 0) return false;
  return bottom >= -innerHeight && top <= 2 * innerHeight && right >= -innerWidth && left <= 2 * innerWidth;
}
