import { appendChild, attachShadow, createElement, parentOf } from '../mirror/dom.ts';
import { placeInReach } from './in-reach.ts';

/** Takes what an input method puts together: it works only in a field that has the focus, and the mirror's have none. */
export interface Composing {
  /** The agent means to type in what they clicked, at this place. CSS pixels of the viewport. */
  startAt(clicked: Element, x: number, y: number): void;
}

const HTML = 'http://www.w3.org/1999/xhtml';
const STYLE = `
:host { all: initial !important; position: fixed !important; pointer-events: none !important; }
textarea { position: fixed; width: 1px; height: 1em; padding: 0; border: 0; outline: 0; opacity: 0; resize: none; }
`;

export function createComposing(document: Document, onText: (text: string) => void, signal: AbortSignal): Composing {
  const host = createElement(HTML, 'alongside-input') as HTMLElement;
  const shadow = attachShadow(host, { mode: 'open' });
  const style = createElement(HTML, 'style');
  const field = createElement(HTML, 'textarea') as HTMLTextAreaElement;
  style.textContent = STYLE;
  field.setAttribute('aria-label', 'Text for the customer’s page');
  shadow.append(style, field);
  field.addEventListener('compositionend', ({ data }) => {
    field.value = '';
    if (data !== '') onText(data);
  });
  signal.addEventListener('abort', () => host.remove(), { once: true });

  return {
    startAt(clicked, x, y) {
      const around = placeInReach(clicked);
      if (parentOf(host) !== around) appendChild(around, host);
      Object.assign(field.style, { left: `${x}px`, top: `${y}px` });
      field.focus({ preventScroll: true });
    },
  };
}

/** The key belongs to an input method. */
export function isComposed(event: KeyboardEvent): boolean {
  return event.isComposing || event.key === 'Process' || event.key === 'Dead';
}
