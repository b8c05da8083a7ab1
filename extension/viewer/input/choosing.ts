import type { Act } from '../../../protocol/command.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { attachShadow, boxOf, createElement, parentOf, removeChild } from '../mirror/dom.ts';
import { layOnTop } from '../mirror/states/lay-on-top.ts';
import { placeInReach } from './in-reach.ts';
import { enteredAs } from './mirrored-field.ts';

/**
 * A list, a date or a color opens for the agent as a control of ours over the mirror: a browser's own popup belongs to the
 * field itself, and the mirror's fields do nothing by themselves. One at a time, outside the mirrored tree.
 */
export interface Choosing {
  openList(list: HTMLSelectElement, id: NodeId): void;
  openValue(field: HTMLInputElement, id: NodeId): void;
  close(): void;
  /** Takes an event meant for our own control, so that nobody else prevents what it does. @returns whether it was one */
  take(event: Event): boolean;
}

const HTML = 'http://www.w3.org/1999/xhtml';
const MAX_ROWS = 10;
const MIN_WIDTH_PX = 120;
const ROW_PX = 22;

const STYLE = `
:host { all: initial !important; position: fixed !important; }
select, input {
  box-sizing: border-box; width: 100%; padding: 4px; border: 1px solid #94a3b8; border-radius: 6px;
  font: 14px/1.4 system-ui, sans-serif; color: #0f172a; background: #fff; box-shadow: 0 6px 24px #0004; color-scheme: light;
}
select { overflow: auto; }
option { padding: 2px 6px; }
:focus-visible { outline: 2px solid #2563eb; outline-offset: 0; }
`;

interface Opened {
  readonly host: Element;
  /** Sends what is chosen. */
  readonly send: () => void;
  readonly isList: boolean;
  readonly isMultiple: boolean;
}

export function createChoosing(document: Document, act: (act: Act) => void, signal: AbortSignal): Choosing {
  let opened: Opened | null = null;

  function close(): void {
    if (!opened) return;
    const { host } = opened;
    opened = null;
    const parent = parentOf(host);
    if (parent) removeChild(parent, host);
  }

  function show(control: HTMLElement, at: Element, rows: number): Element {
    const host = createElement(HTML, 'alongside-choice') as HTMLElement;
    const style = createElement(HTML, 'style');
    const box = boxOf(at);
    const view = document.defaultView ?? window;
    const height = rows * ROW_PX + 10;
    const fitsBelow = box.bottom + height <= view.innerHeight || box.top < height;
    const top = fitsBelow ? Math.min(box.bottom, view.innerHeight - ROW_PX) : box.top - height;
    const width = Math.max(MIN_WIDTH_PX, box.width);
    const left = Math.max(0, Math.min(box.left, view.innerWidth - width));
    // In here: with importance, what a component says of its host beats what the host says of itself.
    style.textContent = `${STYLE} :host { left: ${left}px !important; top: ${top}px !important; width: ${width}px !important; }`;
    attachShadow(host, { mode: 'open' }).append(style, control);
    layOnTop(host, placeInReach(at));
    control.focus({ preventScroll: true });
    // A mirror in its own size may reach beyond the agent's window.
    host.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return host;
  }

  function key(pressed: string, { send, isList }: Opened): void {
    if (pressed === 'Escape') close();
    if (pressed !== 'Enter') return;
    if (isList) send();
    close();
  }

  signal.addEventListener('abort', close, { once: true });

  return {
    openList(list, id) {
      close();
      const control = copyOf(list);
      const rows = Math.min(MAX_ROWS, Math.max(2, control.options.length));
      control.size = rows;
      const send = (): void => {
        const indices = Array.from(control.selectedOptions, (option) => Number(option.value));
        if (control.multiple || indices.length === 1) act({ act: 'select', node: id, indices });
      };
      opened = { host: show(control, list, rows), send, isList: true, isMultiple: control.multiple };
    },
    openValue(field, id) {
      close();
      const control = createElement(HTML, 'input') as HTMLInputElement;
      control.type = enteredAs(field) ?? 'text';
      for (const name of ['min', 'max', 'step'] as const) control[name] = field[name];
      control.value = field.value;
      control.setAttribute('aria-label', 'Value');
      const send = (): void => act({ act: 'set', node: id, value: control.value });
      control.addEventListener('change', send);
      opened = { host: show(control, field, 1), send, isList: false, isMultiple: false };
      try {
        control.showPicker();
      } catch {
        // Not every browser shows it in a frame; the field can be typed into all the same.
      }
    },
    close,
    take(event) {
      const current = opened;
      if (!current || !event.composedPath().includes(current.host)) return false;
      event.stopImmediatePropagation();
      if (event instanceof KeyboardEvent && event.type === 'keydown') key(event.key, current);
      const isChosen = event.type === 'click' && current.isList && event.composedPath()[0] instanceof HTMLOptionElement;
      if (isChosen) {
        current.send();
        if (!current.isMultiple) close();
      }
      return true;
    },
  };
}

/** The same choices, each with its place in the customer's list as its value. */
function copyOf(list: HTMLSelectElement): HTMLSelectElement {
  const control = createElement(HTML, 'select') as HTMLSelectElement;
  control.multiple = list.multiple;
  control.setAttribute('aria-label', 'Choices');
  let group: Element | null = null;
  let groupCopy: HTMLOptGroupElement | null = null;
  for (const option of list.options) {
    const parent = option.parentElement;
    if (parent instanceof HTMLOptGroupElement && parent !== group) {
      groupCopy = createElement(HTML, 'optgroup') as HTMLOptGroupElement;
      groupCopy.label = parent.label;
      groupCopy.disabled = parent.disabled;
      control.append(groupCopy);
    } else if (!(parent instanceof HTMLOptGroupElement)) {
      groupCopy = null;
    }
    group = parent;
    (groupCopy ?? control).append(copyOfOption(option));
  }
  return control;
}

function copyOfOption(option: HTMLOptionElement): HTMLOptionElement {
  const copy = createElement(HTML, 'option') as HTMLOptionElement;
  copy.value = String(option.index);
  copy.textContent = option.label;
  copy.disabled = option.disabled;
  copy.selected = option.selected;
  return copy;
}
