import { listen } from '../../listen.ts';

export interface ViewportSize {
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

/** The layout viewport with its scroll bars, in CSS pixels: what media queries and `vw` are measured by. */
export function viewportOf(window: Window): ViewportSize {
  return { width: window.innerWidth, height: window.innerHeight, devicePixelRatio: window.devicePixelRatio };
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
