import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Calls `close` when the person turns to something outside of `whole`, or presses Escape, while it is `open`. */
export function useDismiss(whole: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const closeOutside = ({ target }: Event): void => {
      if (!(target instanceof Node && whole.current?.contains(target) === true)) close();
    };
    document.addEventListener('pointerdown', closeOutside, { signal });
    document.addEventListener('focusin', closeOutside, { signal });
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && close(), { signal });
    // A click into the mirror arrives here as the loss of the window's focus only.
    window.addEventListener('blur', close, { signal });
    return () => stop.abort();
  }, [open]);
}
