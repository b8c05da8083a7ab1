import { MAX_STATE_NODES } from '../../protocol/limits.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import { ELEMENT_STATES, type ElementState } from '../../protocol/page-message.ts';
import { isElement } from '../native.ts';
import { focusedIn } from './focus.ts';
import type { NodeNumbers } from './node-numbers.ts';

/** Which elements are in a state that only selectors know of: open as a modal dialog, invalid to the customer, pressed. */
export interface States {
  seeRoot(root: Document | ShadowRoot): void;
  /** Something changed that no event tells of. */
  touch(): void;
  look(): void;
}

export interface StateOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly signal: AbortSignal;
  /** These elements are in the state, and no others. */
  readonly onState: (state: ElementState, nodes: readonly NodeId[]) => void;
}

const SELECTORS = ELEMENT_STATES.filter((state) => state !== 'active' && state !== 'focus-visible')
  .map((state) => ({ state, selector: state === 'undefined' ? ':not(:defined)' : `:${state}` }))
  .filter(({ selector }) => CSS.supports(`selector(${selector})`));
const ANY = SELECTORS.map(({ selector }) => selector).join();
const TELLING = ['toggle', 'change', 'submit', 'invalid', 'focusout', 'fullscreenchange'] as const;

export function createStates({ document, numbers, signal, onState }: StateOptions): States {
  const roots = new Set<Document | ShadowRoot>();
  const sent = new Map<ElementState, string>();
  const listening = { signal, capture: true, passive: true } as const;
  let mayHaveChanged = true;

  function send(state: ElementState, elements: readonly Element[]): void {
    const nodes = elements.map((element) => numbers.of(element)).filter((id) => id !== 0);
    const key = nodes.join();
    if (key === (sent.get(state) ?? '')) return;
    sent.set(state, key);
    onState(state, nodes.slice(0, MAX_STATE_NODES));
  }

  function touch(): void {
    mayHaveChanged = true;
  }

  function reportFocus(): void {
    const element = focusedIn(document);
    send('focus-visible', element?.matches(':focus-visible') === true ? [element] : []);
  }

  for (const type of TELLING) document.addEventListener(type, touch, listening);
  document.addEventListener('focusin', reportFocus, listening);
  document.addEventListener('focusout', (event) => event.relatedTarget ?? reportFocus(), listening);
  document.addEventListener(
    'pointerdown',
    (event) => {
      const target = event.composedPath()[0];
      if (event.isTrusted && isElement(target)) send('active', [target]);
    },
    listening,
  );
  for (const type of ['pointerup', 'pointercancel'] as const) {
    document.addEventListener(type, () => send('active', []), listening);
  }

  return {
    seeRoot(root) {
      roots.add(root);
      touch();
    },
    touch,
    look() {
      reportFocus();
      if (!mayHaveChanged) return;
      mayHaveChanged = false;
      const found: Element[] = [];
      for (const root of roots) {
        if (numbers.of(root) === 0) roots.delete(root);
        else found.push(...root.querySelectorAll(ANY));
      }
      for (const { state, selector } of SELECTORS)
        send(
          state,
          found.filter((element) => element.matches(selector)),
        );
    },
  };
}
