import type { ElementState } from '../../../../protocol/page-message.ts';
import { drawState } from '../styles/browser-look.ts';
import { matches, parentOf, removeAttribute, setAttribute, slotOf } from '../dom.ts';
import { PREFIX } from '../styles/states-css.ts';
import { closeModal, closePopover, moveToOpener, openModal, openPopover } from './top-layer.ts';

/** States of the customer's browser that the agent's does not have: the customer's hover, focus, dialogs, popovers. */
export interface States {
  /** The innermost element under the customer's pointer. */
  hover(node: Node | undefined): void;
  focus(node: Node | undefined): void;
  /**
   * These nodes are in the state, and no others.
   * @returns whether something may be displayed only now: what is scrolled in it could not be so before
   */
  set(state: ElementState, nodes: readonly (Node | undefined)[]): boolean;
  /** Nodes have moved: what was on top of the page is so no more, though nothing may tell of it. */
  keepOnTop(): void;
  clear(): void;
}

type Marked = Exclude<ElementState, 'modal' | 'popover-open'> | 'focus' | 'focus-within';

export function createStates(): States {
  let marked = new Map<string, Set<Element>>();

  function mark(state: Marked | 'modal' | 'popover-open', elements: ReadonlySet<Element>): void {
    const before = marked.get(state) ?? new Set();
    for (const element of before) if (!elements.has(element)) leave(state, element);
    for (const element of elements) if (!before.has(element)) enter(state, element);
    marked.set(state, new Set(elements));
  }

  function keepOnTop(): void {
    for (const dialog of marked.get('modal') ?? []) if (matches(dialog, '[open]:not(:modal)')) openModal(dialog);
    for (const element of marked.get('popover-open') ?? [])
      if (!matches(element, ':popover-open')) enter('popover-open', element);
  }

  return {
    hover: (node) => mark('hover', pointedAt([node])),
    focus(node) {
      mark('focus', elementsOf([node]));
      mark('focus-within', chainOf(node));
    },
    set(state, nodes) {
      if (state === 'active' || state === 'hover') mark(state, pointedAt(nodes));
      else mark(state, elementsOf(nodes));
      // Closed and opened from elsewhere in one go, it is told of as open again.
      if (state === 'popover-open') for (const popover of marked.get(state) ?? []) moveToOpener(popover);
      const isLayer = state === 'popover-open' || state === 'modal';
      if (isLayer) keepOnTop();
      return isLayer && nodes.length > 0;
    },
    keepOnTop,
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

/** With all that these are shown in; and who points at a label points at its field. */
function pointedAt(nodes: readonly (Node | undefined)[]): Set<Element> {
  const chain = new Set(nodes.flatMap((node) => [...chainOf(node)]));
  for (const element of chain) if (element instanceof HTMLLabelElement && element.control) chain.add(element.control);
  return chain;
}

function enter(state: string, element: Element): void {
  if (state === 'modal') openModal(element);
  else if (state === 'popover-open') openPopover(element);
  else setAttribute(element, `${PREFIX}${state}`, '');
  drawState(element, state);
}

function leave(state: string, element: Element): void {
  if (state === 'modal') closeModal(element);
  else if (state === 'popover-open') closePopover(element);
  else removeAttribute(element, `${PREFIX}${state}`);
}
