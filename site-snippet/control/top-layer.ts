import { findAll, shadowOf } from '../native.ts';
import { pathOf } from './path.ts';

/** The modal dialog that makes the rest of the page inert, if there is one. */
export function openModal(document: Document): HTMLElement | null {
  return topmost(openIn(document, 'dialog:modal'));
}

/** What Escape closes: the topmost popover, or else dialog. */
export function closedByEscape(document: Document): HTMLElement | null {
  const open = openIn(document, '[popover]:popover-open,dialog:modal').filter((one) => one.popover !== 'manual');
  return topmost(open.filter((one) => one.popover)) ?? topmost(open);
}

/** Most of a page, and no components. */
const COMPONENTS = ':not(a,div,i,li,option,p,path,span,td,tr)';

/** Components open theirs in shadow trees. */
function openIn(root: Document | ShadowRoot, selector: string): HTMLElement[] {
  const inner = [...findAll(root, COMPONENTS)].flatMap((element) => shadowOf(element) ?? []);
  return [...findAll(root, selector), ...inner.flatMap((shadow) => openIn(shadow, selector))] as HTMLElement[];
}

/** The browser does not tell what was opened last; what stands in another was. */
function topmost(open: readonly HTMLElement[]): HTMLElement | null {
  return open.reduce<HTMLElement | null>((top, one) => (top && pathOf(top).includes(one) ? top : one), null);
}
