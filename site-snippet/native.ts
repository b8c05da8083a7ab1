/**
 * The browser's own methods, taken when this module loads. A page can name its form fields so that `form.parentNode` or
 * `form.getAttribute` become those fields ("DOM clobbering"), and a walk that trusted them would end up anywhere.
 */
type Method<This, Args extends unknown[], Result> = (this: This, ...args: Args) => Result;

function bare<This, Args extends unknown[], Result>(method: Method<This, Args, Result>) {
  return Function.prototype.call.bind(method) as unknown as (self: This, ...args: Args) => Result;
}

function getter<This extends object, Name extends keyof This>(prototype: This, name: Name): (self: This) => This[Name] {
  return bare(Object.getOwnPropertyDescriptor(prototype, name)?.get as Method<This, [], This[Name]>);
}

function setter<This extends object, Name extends keyof This>(
  prototype: This,
  name: Name,
): (self: This, value: This[Name]) => void {
  return bare(Object.getOwnPropertyDescriptor(prototype, name)?.set as Method<This, [This[Name]], void>);
}

export const parentOf = getter(Node.prototype, 'parentNode');
export const documentOf = getter(Node.prototype, 'ownerDocument') as (self: Node) => Document;
export const isConnected = getter(Node.prototype, 'isConnected');
export const typeOf = getter(Node.prototype, 'nodeType');
export const hostOf = getter(ShadowRoot.prototype, 'host');
const defaultViewOf = getter(Document.prototype, 'defaultView');
export const slotOf = getter(Element.prototype, 'assignedSlot');
const shadowRootOf = getter(Element.prototype, 'shadowRoot');
export const nameOf = getter(Element.prototype, 'localName');
export const firstOf = getter(Node.prototype, 'firstChild');
export const nextOf = getter(Node.prototype, 'nextSibling');
export const previousOf = getter(Node.prototype, 'previousSibling');
export const baseOf = getter(Node.prototype, 'baseURI');
export const namespaceOf = getter(Element.prototype, 'namespaceURI');
export const attributeOf = bare(Element.prototype.getAttribute);
export const attributeNamesOf = bare(Element.prototype.getAttributeNames);
export const matches = bare(Element.prototype.matches as Method<Element, [string], boolean>);
export const boxOf = bare(Element.prototype.getBoundingClientRect);
export const boxesOf = bare(Element.prototype.getClientRects);
export const scrollIntoView = bare(Element.prototype.scrollIntoView);
export const scrollElement = bare(Element.prototype.scrollTo as Method<Element, [ScrollToOptions], void>);
export const dispatch = bare(EventTarget.prototype.dispatchEvent);
export const elementAt = bare(Document.prototype.elementFromPoint);
export const elementAtInShadow = bare(ShadowRoot.prototype.elementFromPoint);
export const runCommand = bare(Document.prototype.execCommand as Method<Document, [string, boolean, string?], boolean>);
export const focusHtml = bare(HTMLElement.prototype.focus);

// Frameworks watch `field.value = …` on the field itself; the prototype's setter is what a person's typing uses.
export const setInputValue = setter(HTMLInputElement.prototype, 'value');
export const setTextareaValue = setter(HTMLTextAreaElement.prototype, 'value');
export const setOptionSelected = setter(HTMLOptionElement.prototype, 'selected');
export const setSelectedIndex = setter(HTMLSelectElement.prototype, 'selectedIndex');

/** What a document has, and no form or image in it that is named like that: `<form name="URL">` is `document.URL`. */
export function documentHas<Name extends keyof Document>(document: Document, name: Name): Document[Name] {
  return Reflect.get(Document.prototype, name, document);
}

/** Frameworks that imitate shadow roots (LWC, ShadyDOM) give out objects that are none: to us there is nothing then. */
export function shadowOf(element: Element): ShadowRoot | null {
  const shadow = shadowRootOf(element);
  if (shadow === null) return null;
  try {
    return hostOf(shadow) === element ? shadow : null;
  } catch {
    return null;
  }
}

/** Whether it is an element, of this window or of a frame's: `instanceof` knows only its own window's. */
export function isElement(target: EventTarget | null | undefined): target is Element {
  return target != null && 'nodeType' in target && typeOf(target as Node) === Node.ELEMENT_NODE;
}

export function isDocument(node: Node): node is Document {
  return typeOf(node) === Node.DOCUMENT_NODE;
}

/** What a node without a parent is in: a shadow root's host, a document's frame. `null`: nothing, or not this page's. */
export function outerOf(node: Node): Element | null {
  if (isDocument(node)) return frameAround(node);
  return typeOf(node) === Node.DOCUMENT_FRAGMENT_NODE && 'host' in node ? hostOf(node as ShadowRoot) : null;
}

/** The element of the frame that a document is in. `null`: it is the page's own document, or in no frame any more. */
export function frameAround(inner: Document): Element | null {
  return inner === document ? null : (defaultViewOf(inner)?.frameElement ?? null);
}

/** The window that a node's document is shown in; `null`: it is shown in none, or in none any more. */
export function viewOf(node: Node): (Window & typeof globalThis) | null {
  return defaultViewOf(isDocument(node) ? node : documentOf(node));
}

/** In a document that is shown: one whose frame is gone, or shows another, is connected to nothing but itself. */
export function isShown(node: Node): boolean {
  return isConnected(node) && viewOf(node) !== null;
}

/** The node's own window: a node of a frame takes events of its frame. */
export function windowOf(node: Node): Window & typeof globalThis {
  const view = viewOf(node);
  if (view === null) throw new Error('The node has no window.');
  return view;
}
