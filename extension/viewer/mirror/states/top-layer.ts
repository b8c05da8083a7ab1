import { ASKED_PREFIX } from '../tree/allowed.ts';
import {
  activeIn,
  blur,
  closest,
  contains,
  getAttribute,
  hasAttribute,
  isConnected,
  querySelector,
  removeAttribute,
  rootOf,
  setAttribute,
} from '../dom.ts';
import { PREFIX } from '../styles/states-css.ts';

/** Modal dialogs and popovers: opened and closed for real, for only so they lie on top of the page. */

/** Attributes that name what they open. */
const OPENING = ['popovertarget', 'commandfor', 'interestfor'];
const FOCUSED = `[${PREFIX}focus]`;
/** Beside what popovers were opened. */
const openers = new WeakMap<Element, HTMLElement | null>();

export function openModal(dialog: Element): void {
  // One that has been closed since it was told of, or has left the page, is not open any more.
  if (!(dialog instanceof HTMLDialogElement) || !hasAttribute(dialog, 'open') || !isConnected(dialog)) return;
  // One that was a popover until now: what is told last is that it is so no more.
  closePopover(dialog);
  removeAttribute(dialog, 'open');
  withoutFocus(dialog, () => dialog.showModal());
}

/**
 * Opening a dialog, be it as a popover, moves the focus into it, and would take the agent's keys with it. What is inert
 * cannot have it; where the page's transitions delay that, it is taken away again.
 */
function withoutFocus(element: Element, open: () => void): void {
  const isInert = hasAttribute(element, 'inert');
  setAttribute(element, 'inert', '');
  attempt(open);
  const focused = activeIn(rootOf(element) as Document | ShadowRoot);
  if (focused instanceof HTMLElement && contains(element, focused)) blur(focused);
  if (!isInert) removeAttribute(element, 'inert');
}

export function closeModal(dialog: Element): void {
  if (!(dialog instanceof HTMLDialogElement)) return;
  const isOpen = hasAttribute(dialog, 'open');
  setAttribute(dialog, 'open', '');
  dialog.close();
  if (isOpen) setAttribute(dialog, 'open', '');
}

/** What opened it is what it stands beside (CSS anchors), and a menu opened from another leaves that one open. */
export function openPopover(popover: Element): void {
  if (!isConnected(popover)) return;
  const source = openerOf(popover, FOCUSED) ?? openerOf(popover, `[${PREFIX}hover]`) ?? openerOf(popover, '');
  openers.set(popover, source);
  withoutFocus(popover, () => (popover as HTMLElement).showPopover(source === null ? {} : { source }));
}

export function closePopover(popover: Element): void {
  attempt(() => (popover as HTMLElement).hidePopover());
}

/** An open one is opened anew where what has the focus is another that opens it. */
export function moveToOpener(popover: Element): void {
  const opener = openerOf(popover, FOCUSED);
  if (opener === null || opener === openers.get(popover)) return;
  closePopover(popover);
  openPopover(popover);
}

/** Markup says who may have opened it: of many, the one that `which` is said of. */
function openerOf(popover: Element, which: string): HTMLElement | null {
  const root = rootOf(popover);
  const top = root instanceof ShadowRoot ? root : closest(popover, ':root');
  const id = getAttribute(popover, 'id');
  if (top === null || !id) return null;
  const names = OPENING.map((name) => `[${ASKED_PREFIX}${name}="${CSS.escape(id)}"]`);
  const found = querySelector(top, `:is(${names.join()})${which}`);
  return found instanceof HTMLElement ? found : null;
}

/** What the page could show and this browser cannot is left as it is. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // Not connected, or no popover here.
  }
}
