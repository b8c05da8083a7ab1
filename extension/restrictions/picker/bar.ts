import type { Picked, SelectorProposal } from '../picker-message.ts';
import { part } from './layer.ts';

export type Choice = Picked['action'];

export interface BarState {
  /** Elements are picked; else the page can be used as always. */
  readonly picking: boolean;
  readonly preview: boolean;
  /** The element that was pointed at. */
  readonly chosen: { readonly best: SelectorProposal; readonly why: string | null } | null;
  readonly uncovered: number;
  /** What was just done. */
  readonly said: string;
}

export interface BarActions {
  choose(action: Choice): void;
  cancel(): void;
  togglePicking(): void;
  togglePreview(): void;
  nextUncovered(): void;
  back(): void;
}

/** Fills the toolbar anew where something has changed. Only real clicks of a person count. */
export function drawBar(bar: HTMLElement, state: BarState, actions: BarActions): void {
  const key = JSON.stringify(state);
  if (bar.dataset['drawn'] === key) return;
  bar.dataset['drawn'] = key;
  const focused = (bar.getRootNode() as ShadowRoot).activeElement?.textContent;
  const parts = state.chosen === null ? idle(state, actions) : chosen(state.chosen, actions);
  bar.replaceChildren(...parts);
  // The keyboard stays where it was.
  if (focused) parts.find(({ localName, textContent }) => localName === 'button' && textContent === focused)?.focus();
}

function idle({ picking, preview, uncovered, said }: BarState, actions: BarActions): HTMLElement[] {
  const hint = picking
    ? 'Point at what agents must not see or use. Arrow keys: around and inside; Enter: choose.'
    : 'The page works as always. Point again to pick elements.';
  const words = part('words', said === '' ? hint : said);
  words.setAttribute('role', 'status');
  const parts = [
    words,
    toggle('Point', picking, actions.togglePicking),
    toggle('Preview', preview, actions.togglePreview),
  ];
  if (uncovered > 0) {
    const label = uncovered === 1 ? '1 field looks sensitive' : `${uncovered} fields look sensitive`;
    parts.push(button(label, actions.nextUncovered));
  }
  return [...parts, button('Back to the editor', actions.back)];
}

function chosen({ best, why }: NonNullable<BarState['chosen']>, actions: BarActions): HTMLElement[] {
  const words = part('words');
  words.setAttribute('role', 'status');
  const code = document.createElement('code');
  code.textContent = best.selector;
  const count = best.count === 1 ? ' finds 1 element here' : ` finds ${best.count} elements here`;
  words.append(code, why === null ? count : `${count} · now: ${why}`);
  return [
    words,
    act('Mask', 'mask', actions),
    act('Restrict', 'restrict', actions),
    act('Hide', 'hide', actions),
    button('More…', () => actions.choose(null)),
    button('Cancel', actions.cancel),
  ];
}

function act(label: string, action: Exclude<Choice, null>, actions: BarActions): HTMLElement {
  const element = button(label, () => actions.choose(action));
  element.dataset['action'] = action;
  element.title = `${label} (key ${label.slice(0, 1)})`;
  return element;
}

function toggle(label: string, isOn: boolean, press: () => void): HTMLElement {
  const element = button(label, press);
  element.setAttribute('aria-pressed', String(isOn));
  return element;
}

function button(label: string, press: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = label;
  element.addEventListener('click', (event) => {
    if (event.isTrusted) press();
  });
  return element;
}
