import { method, setter } from '../native.ts';

/** The browser's own methods of what an agent does, whatever the page has made of them. */
export const boxesOf = method('Element', 'getClientRects') as (self: Element) => DOMRectList;
export const scrollIntoView = method('Element', 'scrollIntoView') as (
  self: Element,
  how?: ScrollIntoViewOptions,
) => void;
export const scrollElement = method('Element', 'scrollTo') as (self: Element, to: ScrollToOptions) => void;
export const dispatch = method('EventTarget', 'dispatchEvent') as (self: EventTarget, event: Event) => boolean;
type RunCommand = (self: Document, name: string, ui: boolean, value?: string) => boolean;
export const runCommand = method('Document', 'execCommand') as RunCommand;
export const focusHtml = method('HTMLElement', 'focus') as (self: HTMLElement, how?: FocusOptions) => void;

// Frameworks watch `field.value = …` on the field itself; the prototype's setter is what a person's typing uses.
export const setInputValue = setter('HTMLInputElement', 'value');
export const setTextareaValue = setter('HTMLTextAreaElement', 'value');
export const setOptionSelected = setter('HTMLOptionElement', 'selected');
export const setSelectedIndex = setter('HTMLSelectElement', 'selectedIndex');
