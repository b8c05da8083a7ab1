import { MAX_STATE_NODES } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { ELEMENT_STATES, type ElementState } from '../../../protocol/page-message.ts';
import { listen } from '../../listen.ts';
import { pathOf } from '../../control/path.ts';
import { innermostAt } from '../../innermost.ts';
import {
  attributeOf,
  boxOf,
  documentHas,
  documentOf,
  findAll,
  isElement,
  matches,
  nameOf,
  pathOfEvent,
  shadowOf,
} from '../../native.ts';
import { maskedListOf, toldFocusIn } from './focus.ts';
import type { NodeNumbers } from '../node-numbers.ts';

/** Which elements are in a state that only selectors know of: open as a modal dialog, invalid to the customer, pressed. */
export interface States {
  /** Such an element got its number: element-shapes.ts knows which may be in a state. */
  see(element: Element): void;
  /** Something changed that no event tells of. */
  touch(): void;
  look(): void;
}

export interface StateOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly signal: AbortSignal;
  readonly isShown: (element: Element) => boolean;
  /** These elements are in the state, and no others. */
  readonly onState: (state: ElementState, nodes: readonly NodeId[]) => void;
  readonly onTooMany: () => void;
}

/** Of what else opens, the markup tells. */
const OTHERWISE: { readonly [state in ElementState]?: string } = { undefined: ':not(:defined)', open: 'select:open' };
/** Events tell of them. */
const HEARD: readonly ElementState[] = ['focus-visible', 'active', 'hover'];
const SELECTORS = ELEMENT_STATES.filter((state) => !HEARD.includes(state))
  .map((state) => ({ state, selector: OTHERWISE[state] ?? `:${state}` }))
  .filter(({ selector }) => CSS.supports(`selector(${selector})`));
const ANY = SELECTORS.map(({ selector }) => selector).join();
const TELLING = 'toggle change submit invalid focusin focusout fullscreenchange interest loseinterest'.split(
  ' ',
) as readonly (keyof DocumentEventMap)[];

export function createStates({ document, numbers, signal, isShown, onState, onTooMany }: StateOptions): States {
  /** What may be in a state: asking every element of the page took longer than everything else that is looked at. */
  const candidates = new Set<Element>();
  const sent = new Map<ElementState, string>();
  const listening = { signal, capture: true, passive: true } as const;
  let mayHaveChanged = true;
  let hasLooked = false;
  /** As they were told to lie on one another: what lies on all of them may have hidden which of the others does. */
  let layers: Element[] = [];

  function send(state: ElementState, elements: readonly Element[]): void {
    const nodes = [...new Set(elements.map((element) => numbers.of(element)))].filter((id) => id !== 0);
    const key = nodes.join();
    if (key === (sent.get(state) ?? '')) return;
    sent.set(state, key);
    onState(state, nodes.slice(0, MAX_STATE_NODES));
    if (nodes.length > MAX_STATE_NODES) onTooMany();
  }

  function touch(event?: Event): void {
    mayHaveChanged = true;
    if (event?.type !== 'toggle' && event?.type !== 'interest') return;
    // What opens as a popover, or another by interest, may have come to do so after it got its number.
    for (const one of [pathOfEvent(event)[0], (event as ToggleEvent).source]) if (isElement(one)) candidates.add(one);
    // What is told as open may have been opened from elsewhere since the last look.
    if (sent.get('popover-open')) sent.set('popover-open', '?');
  }

  function reportFocus(): void {
    const element = toldFocusIn(document, isShown);
    send('focus-visible', element?.matches(':focus-visible') === true ? [element] : []);
  }

  /** The pointer may have rested there, or been pressed, before anybody listened. Where in it is not to be found out. */
  function reportPointed(): void {
    for (const state of ['hover', 'active'] as const)
      send(
        state,
        allIn(document, `:${state}`).map((element) => maskedListOf(element, isShown) ?? element),
      );
  }

  function findLayers(): void {
    layers = inAnyState().filter(isLayer).sort(compareLayers);
    reportLayers();
  }

  /** What lay on them has gone: how they lie is seen only now. */
  function reviseLayers(): void {
    const left = layers.filter(isLayer);
    if (left.length === layers.length) return;
    layers = [...left].sort(compareLayers);
    if (layers.some((layer, index) => layer !== left[index])) reportLayers();
  }

  /** One by one, as they were opened: the last lies on top, wherever it stands in the page. */
  function reportLayers(): void {
    const open = { modal: [] as Element[], 'popover-open': [] as Element[] };
    send('modal', []);
    send('popover-open', []);
    for (const layer of layers) {
      const state = matches(layer, ':modal') ? 'modal' : 'popover-open';
      open[state].push(layer);
      send(state, open[state]);
    }
  }

  function inAnyState(): Element[] {
    const found = new Set<Element>();
    for (const element of candidates) {
      if (numbers.of(element) === 0) candidates.delete(element);
      else if (matches(element, ANY)) found.add(element);
      // Once it is defined, a custom element stays so.
      else if (isPlainCustom(element)) candidates.delete(element);
    }
    const target = targetOf(document);
    if (target !== null) found.add(target);
    // Any element may be what another is about, and only that one says so.
    for (const source of found as Iterable<Element & { interestForElement?: Element }>)
      if (isElement(source.interestForElement)) found.add(source.interestForElement);
    // A document names the host of what fills the screen.
    for (let full = document.fullscreenElement; full; full = shadowOf(full)?.fullscreenElement ?? null) found.add(full);
    return [...found];
  }

  for (const type of TELLING) listen(document, type, touch, listening);
  listen(document, 'focusin', reportFocus, listening);
  listen(document, 'focusout', (event) => event.relatedTarget ?? reportFocus(), listening);
  listen(
    document,
    'pointerdown',
    (event) => {
      const target = pathOfEvent(event)[0];
      if (event.isTrusted && isElement(target)) send('active', [maskedListOf(target, isShown) ?? target]);
    },
    listening,
  );
  for (const type of ['pointerup', 'pointercancel'] as const) {
    listen(document, type, () => send('active', []), listening);
  }

  return {
    see(element) {
      candidates.add(element);
      touch();
    },
    touch,
    look() {
      reportFocus();
      if (!hasLooked) {
        reportPointed();
        findLayers();
      }
      hasLooked = true;
      if (!mayHaveChanged) return;
      mayHaveChanged = false;
      reviseLayers();
      const found = inAnyState();
      for (const { state, selector } of SELECTORS) {
        send(
          state,
          found.filter((element) => matches(element, selector)),
        );
      }
    },
  };
}

function isLayer(element: Element): boolean {
  return matches(element, ':is(:modal,:popover-open)');
}

/** The browser tells no order of what lies on top of the page, but which of two is seen, and is not inert, where both are. */
function compareLayers(one: Element, other: Element): number {
  const [a, b] = [boxOf(one), boxOf(other)];
  const x = (Math.max(a.left, b.left) + Math.min(a.right, b.right)) / 2;
  const y = (Math.max(a.top, b.top) + Math.min(a.bottom, b.bottom)) / 2;
  const seen = innermostAt(documentOf(one), x, y);
  const top = seen === null ? null : pathOf(seen).find(isLayer);
  return Number(top === one) - Number(top === other);
}

/** Through shadow roots whose hosts match as well. */
function allIn(root: Document | ShadowRoot, selector: string): Element[] {
  return [...findAll(root, selector)].flatMap((element) => {
    const shadow = shadowOf(element);
    return shadow ? [element, ...allIn(shadow, selector)] : [element];
  });
}

/** What the address points at. */
function targetOf(document: Document): Element | null {
  // Most addresses point at nothing, and the whole page would be asked.
  return documentHas(document, 'URL').includes('#') ? document.querySelector(':target') : null;
}

function isPlainCustom(element: Element): boolean {
  return nameOf(element).includes('-') && attributeOf(element, 'popover') === null;
}
