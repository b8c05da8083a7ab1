import { appendChild } from '../dom.ts';

/**
 * Shows something of ours on top of whatever the page has there, its dialogs too: as a popover, the last of all that lie so.
 * A mirrored document may have no element for a moment; then there is nothing to lie on.
 * @param within what is outside of an open dialog can be seen, but not used
 */
export function layOnTop(host: HTMLElement, within: Element | null): void {
  if (within === null) return;
  host.popover = 'manual';
  // What stood there already is taken out with that, and closed.
  appendChild(within, host);
  host.showPopover();
}
