import { listen } from '../../listen.ts';
import { smallerThanWindow } from '../../wide-page.ts';

export interface ViewportSize {
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

/** The layout viewport with its scroll bars, in CSS pixels: what media queries and `vw` are measured by. */
export function viewportOf(window: Window): ViewportSize {
  const { innerWidth: width, innerHeight: height, devicePixelRatio } = window;
  return { ...(smallerThanWindow(window) ?? { width, height }), devicePixelRatio };
}

/**
 * How far what the customer sees is from the page's top left corner. In a page that is wider than its phone they look at a
 * part of what it is laid out in: only the visual viewport says where.
 */
export function placeOf(window: Window): { readonly x: number; readonly y: number } {
  const { scrollX: x, scrollY: y, visualViewport } = window;
  if (!visualViewport || !smallerThanWindow(window)) return { x, y };
  return { x: visualViewport.pageLeft, y: visualViewport.pageTop };
}

/** Reports a size that differs from the last one. */
export function recordViewport(window: Window, signal: AbortSignal, onChange: (size: ViewportSize) => void): void {
  let last = viewportOf(window);
  listen(
    window,
    'resize',
    () => {
      const now = viewportOf(window);
      if (now.width === last.width && now.height === last.height && now.devicePixelRatio === last.devicePixelRatio)
        return;
      last = now;
      onChange(now);
    },
    { signal, passive: true },
  );
}
