import type { ElementState } from '../../../protocol/page-message.ts';
import { ASKED_PREFIX } from './allowed.ts';
import {
  activeIn,
  blur,
  closest,
  contains,
  getAttribute,
  hasAttribute,
  matches,
  parentOf,
  querySelector,
  removeAttribute,
  rootOf,
  setAttribute,
  slotOf,
} from './dom.ts';
import { drawRing } from './focus-ring.ts';
import { PREFIX } from './states-css.ts';

/** States of the customer's browser that the agent's does not have: the customer's hover, focus, dialogs, popovers. */
export interface States {
  /** The innermost element under the customer's pointer. */
  hover(node: Node | undefined): void;
  focus(node: Node | undefined): void;
  /** These nodes are in the state, and no others. */
  set(state: ElementState, nodes: readonly (Node | undefined)[]): void;
  /** Nodes have moved: what was on top of the page is so no more, though nothing may tell of it. */
  keepOnTop(): void;
  clear(): void;
}

/** Attributes that name what they open. */
const OPENING = ['popovertarget', 'commandfor', 'interestfor'];
const FOCUSED = `[${PREFIX}focus]`;
/** Beside what popovers were opened. */
const openers = new WeakMap<Element, HTMLElement | null>();

type Marked = Exclude<ElementState, 'modal' | 'popover-open'> | 'hover' | 'focus' | 'focus-within';

export function createStates(): States {
  let marked = new Map<string, Set<Element>>();

  function mark(state: Marked | 'modal' | 'popover-open', elements: ReadonlySet<Element>): void {
    const before = marked.get(state) ?? new Set();
    for (const element of before) if (!elements.has(element)) leave(state, element);
    for (const element of elements) if (!before.has(element)) enter(state, element);
    marked.set(state, new Set(elements));
  }

  /** Closed and opened from elsewhere in one go, it is told of as open again. */
  function moveToOpeners(): void {
    for (const popover of marked.get('popover-open') ?? []) {
      const opener = openerOf(popover, FOCUSED);
      if (opener === null || opener === openers.get(popover)) continue;
      leave('popover-open', popover);
      enter('popover-open', popover);
    }
  }

  return {
    hover: (node) => mark('hover', withControls(chainOf(node))),
    focus(node) {
      mark('focus', elementsOf([node]));
      mark('focus-within', chainOf(node));
    },
    set(state, nodes) {
      if (state === 'active') mark(state, withControls(chainOf(nodes[0])));
      else mark(state, elementsOf(nodes));
      if (state === 'popover-open') moveToOpeners();
    },
    keepOnTop() {
      for (const dialog of marked.get('modal') ?? []) if (matches(dialog, '[open]:not(:modal)')) openModal(dialog);
      for (const element of marked.get('popover-open') ?? [])
        if (!matches(element, ':popover-open')) enter('popover-open', element);
    },
    clear() {
      marked = new Map();
    },
  };
}

function elementsOf(nodes: readonly (Node | undefined)[]): Set<Element> {
  return new Set(nodes.filter((node) => node instanceof Element));
}

/** An element and all it is shown in, slots and hosts of shadow roots among them. */
function chainOf(node: Node | undefined): Set<Element> {
  const chain = new Set<Element>();
  let above: Node | null = node ?? null;
  while (above !== null) {
    if (above instanceof Element) chain.add(above);
    if (above instanceof ShadowRoot) above = above.host;
    else above = (above instanceof Element ? slotOf(above) : null) ?? parentOf(above);
  }
  return chain;
}

/** Who points at a label points at its field. */
function withControls(chain: Set<Element>): Set<Element> {
  for (const element of chain) if (element instanceof HTMLLabelElement && element.control) chain.add(element.control);
  return chain;
}

function enter(state: string, element: Element): void {
  if (state === 'modal') openModal(element);
  else if (state === 'popover-open') openPopover(element);
  else setAttribute(element, `${PREFIX}${state}`, '');
  if (state === 'focus-visible') drawRing(element);
}

function leave(state: string, element: Element): void {
  if (state === 'modal') closeModal(element);
  else if (state === 'popover-open') attempt(() => (element as HTMLElement).hidePopover());
  else removeAttribute(element, `${PREFIX}${state}`);
}

/**
 * Opening a dialog moves the focus into it, and would take the agent's keys with it. What is inert cannot have it; where
 * the page's transitions delay that, it is taken away again.
 */
function openModal(dialog: Element): void {
  // One that has been closed since it was told of is not open any more.
  if (!(dialog instanceof HTMLDialogElement) || !hasAttribute(dialog, 'open')) return;
  const isInert = hasAttribute(dialog, 'inert');
  removeAttribute(dialog, 'open');
  setAttribute(dialog, 'inert', '');
  attempt(() => dialog.showModal());
  const focused = activeIn(rootOf(dialog) as Document | ShadowRoot);
  if (focused instanceof HTMLElement && contains(dialog, focused)) blur(focused);
  if (!isInert) removeAttribute(dialog, 'inert');
}

function closeModal(dialog: Element): void {
  if (!(dialog instanceof HTMLDialogElement)) return;
  const isOpen = hasAttribute(dialog, 'open');
  setAttribute(dialog, 'open', '');
  dialog.close();
  if (isOpen) setAttribute(dialog, 'open', '');
}

/** What opened it is what it stands beside (CSS anchors), and a menu opened from another leaves that one open. */
function openPopover(popover: Element): void {
  const source = openerOf(popover, FOCUSED) ?? openerOf(popover, `[${PREFIX}hover]`) ?? openerOf(popover, '');
  openers.set(popover, source);
  attempt(() => (popover as HTMLElement).showPopover(source === null ? {} : { source }));
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
