import { isElement } from '../native.ts';
import { listen } from '../listen.ts';
import type { BackInPage } from '../loader-handle.ts';

const PRESS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'] as const;

/**
 * Keeps the host, which the loader keeps in the page, in the browser's top layer, above the page's own dialogs, while the
 * customer must be able to see who watches. `popover="manual"` moves no focus and closes none of the page's popovers.
 *
 * A page's modal dialog makes everything outside it inert, the top layer included: clicks on the toolbar would fall
 * through to the page. Those that fall on the way out are caught here.
 * @param pressAt what a click at this place of the viewport would press if our elements were not inert
 * @returns leaves the top layer again
 */
export function stayOnTop(
  host: HTMLElement,
  signal: AbortSignal,
  pressAt: (x: number, y: number) => (() => void) | null,
): () => void {
  const life = new AbortController();
  const listening = { capture: true, signal: life.signal };

  function raise(): void {
    if (typeof host.showPopover !== 'function' || !host.isConnected) return;
    // Out and in again: the last one in is the highest.
    if (host.matches(':popover-open')) host.hidePopover();
    host.showPopover();
  }

  function raiseAbove(event: Event): void {
    const opened = isElement(event.target) && event.target !== host;
    if (opened && (event as ToggleEvent).newState === 'open') raise();
  }

  function catchPress(event: MouseEvent): void {
    if (!event.isTrusted || event.composedPath().includes(host)) return;
    const press = pressAt(event.clientX, event.clientY);
    // Our own dialogs are in the shadow root, so this finds the page's only.
    if (!press || !document.querySelector('dialog:modal')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === 'click') press();
  }

  function leave(): void {
    life.abort();
    signal.removeEventListener('abort', leave);
    if (host.hasAttribute('popover')) host.removeAttribute('popover'); // Closes it as well.
  }

  host.setAttribute('popover', 'manual');
  raise();
  // Neither event bubbles; browsers that have no `toggle` for dialogs keep the toolbar below them.
  listen(document, 'toggle', raiseAbove, listening);
  listen(document, 'fullscreenchange', raise, listening);
  for (const type of PRESS) listen(window, type, catchPress, listening);
  // Thrown out of the page it has left the top layer as well.
  host.addEventListener('alongside-back' satisfies BackInPage, raise, listening);
  signal.addEventListener('abort', leave, { once: true });
  return leave;
}
