import { LAYER_STYLES } from './styles.ts';

/** The picker's own elements, over the page in a closed shadow root. The page's elements are never touched. */
export interface Layer {
  readonly host: HTMLElement;
  /** Catches what the pointer does while elements are picked. */
  readonly shield: HTMLElement;
  /** Where the boxes of the preview stand. */
  readonly boxes: HTMLElement;
  readonly outline: HTMLElement;
  readonly note: HTMLElement;
  readonly bar: HTMLElement;
  remove(): void;
}

export function createLayer(): Layer {
  const host = document.createElement('alongside-picker');
  host.setAttribute('popover', 'manual');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LAYER_STYLES);
  root.adoptedStyleSheets = [sheet];
  const boxes = part('boxes');
  const shield = part('shield');
  const outline = part('outline');
  const note = part('note');
  const bar = part('bar');
  boxes.setAttribute('aria-hidden', 'true');
  note.setAttribute('role', 'status');
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', 'DOM restrictions');
  outline.hidden = true;
  note.hidden = true;
  root.append(boxes, shield, outline, note, bar);
  document.documentElement.append(host);
  // Above dialogs and popovers that are open already.
  host.showPopover();
  return { host, shield, boxes, outline, note, bar, remove: () => host.remove() };
}

export function part(name: string, text = ''): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  element.textContent = text;
  return element;
}

export function place(element: HTMLElement, box: DOMRectReadOnly): void {
  element.style.left = `${box.left}px`;
  element.style.top = `${box.top}px`;
  element.style.width = `${box.width}px`;
  element.style.height = `${box.height}px`;
}
