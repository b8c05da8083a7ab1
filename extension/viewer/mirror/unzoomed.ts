/**
 * A page whose root is zoomed by its style zooms what we lay over the mirror, and what is placed in pixels of the viewport
 * would lie elsewhere.
 */
export const UNZOOMED = 'zoom: var(--alongside-unzoom, 1) !important;';

/** @param host with a shadow root whose style says `UNZOOMED` of it */
export function unzoom(host: HTMLElement): void {
  // A mirrored document may have no element for a moment.
  const root = document.documentElement as HTMLElement | null;
  host.style.setProperty('--alongside-unzoom', `${1 / (root?.currentCSSZoom ?? 1)}`);
}
