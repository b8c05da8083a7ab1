/**
 * The DOM's own methods, taken before any page is mirrored. A page can name its form fields and images so that
 * `document.createElement` or `form.remove` become those elements ("DOM clobbering"); these cannot be reached by names.
 */
type Method<This, Args extends unknown[], Result> = (this: This, ...args: Args) => Result;

function bare<This, Args extends unknown[], Result>(method: Method<This, Args, Result>) {
  const { call } = Function.prototype;
  return call.bind(method) as unknown as (self: This, ...args: Args) => Result;
}

function getter<Owner extends object, Name extends keyof Owner>(
  prototype: Owner,
  name: Name,
): (self: Owner) => Owner[Name] {
  return bare(Object.getOwnPropertyDescriptor(prototype, name)?.get as Method<Owner, [], Owner[Name]>);
}

function setter<Owner extends object, Name extends keyof Owner>(
  prototype: Owner,
  name: Name,
): (self: Owner, value: Owner[Name]) => void {
  return bare(Object.getOwnPropertyDescriptor(prototype, name)?.set as Method<Owner, [Owner[Name]], void>);
}

const createElementNS = bare(Document.prototype.createElementNS as Method<Document, [string, string], Element>);
const createHtml = bare(Document.prototype.createElement as Method<Document, [string], Element>);
const createText = bare(Document.prototype.createTextNode);
const createFragment = bare(Document.prototype.createDocumentFragment);
const mirrorDocument = document;

export const createElement = (namespace: string, name: string): Element =>
  createElementNS(mirrorDocument, namespace, name);
export const createHtmlElement = (name: string): Element => createHtml(mirrorDocument, name);
export const createTextNode = (text: string): Text => createText(mirrorDocument, text);
export const createDocumentFragment = (): DocumentFragment => createFragment(mirrorDocument);

export const setAttribute = bare(Element.prototype.setAttribute);
export const setAttributeNS = bare(
  Element.prototype.setAttributeNS as Method<Element, [string | null, string, string], void>,
);
export const removeAttribute = bare(Element.prototype.removeAttribute);
export const hasAttribute = bare(Element.prototype.hasAttribute);
export const getAttribute = bare(Element.prototype.getAttribute);
export const matches = bare(Element.prototype.matches as Method<Element, [string], boolean>);
export const closest = bare(Element.prototype.closest as Method<Element, [string], Element | null>);
const querySelectorIn = bare(Element.prototype.querySelector as Method<Element, [string], Element | null>);
const querySelectorInFragment = bare(
  DocumentFragment.prototype.querySelector as Method<DocumentFragment, [string], Element | null>,
);
const querySelectorInDocument = bare(Document.prototype.querySelector as Method<Document, [string], Element | null>);
export const querySelector = (top: Element | DocumentFragment | Document, selector: string): Element | null => {
  if (top instanceof Document) return querySelectorInDocument(top, selector);
  return top instanceof Element ? querySelectorIn(top, selector) : querySelectorInFragment(top, selector);
};
export const attachShadow = bare(Element.prototype.attachShadow);
export const animate = bare(
  Element.prototype.animate as Method<Element, [PropertyIndexedKeyframes, KeyframeAnimationOptions], Animation>,
);
export const animationsBelow = bare(
  Element.prototype.getAnimations as Method<Element, [GetAnimationsOptions], Animation[]>,
);
const animationsInDocument = bare(Document.prototype.getAnimations);
const animationsInShadow = bare(ShadowRoot.prototype.getAnimations);
/** Of its own elements: not of those in shadow roots in it. */
export const animationsIn = (root: Document | ShadowRoot): Animation[] =>
  root instanceof ShadowRoot ? animationsInShadow(root) : animationsInDocument(root);
export const blur = bare(HTMLElement.prototype.blur);
export const boxOf = bare(Element.prototype.getBoundingClientRect);
export const scrollElement = bare(Element.prototype.scrollTo as Method<Element, [ScrollToOptions], void>);
export const appendChild = bare(Node.prototype.appendChild as Method<Node, [Node], Node>);
export const insertBefore = bare(Node.prototype.insertBefore as Method<Node, [Node, Node | null], Node>);
export const removeChild = bare(Node.prototype.removeChild as Method<Node, [Node], Node>);

export const contains = bare(Node.prototype.contains as Method<Node, [Node], boolean>);
export const parentOf = getter(Node.prototype, 'parentNode');
export const rootOf = bare(Node.prototype.getRootNode as Method<Node, [], Node>);
export const firstChildOf = getter(Node.prototype, 'firstChild');
export const nextSiblingOf = getter(Node.prototype, 'nextSibling');
export const isConnected = getter(Node.prototype, 'isConnected');
export const shadowOf = getter(Element.prototype, 'shadowRoot');
export const shadowHostOf = getter(ShadowRoot.prototype, 'host');
export const scrollTopOf = getter(Element.prototype, 'scrollTop');
export const slotOf = getter(Element.prototype, 'assignedSlot');
export const localNameOf = getter(Element.prototype, 'localName');
const activeInDocument = getter(Document.prototype, 'activeElement');
const activeInShadow = getter(ShadowRoot.prototype, 'activeElement');
export const activeIn = (root: Document | ShadowRoot): Element | null =>
  root instanceof ShadowRoot ? activeInShadow(root) : activeInDocument(root);

const frameWindowOf = getter(HTMLIFrameElement.prototype, 'contentWindow');
const oldFrameWindowOf = getter(HTMLFrameElement.prototype, 'contentWindow');
export type FrameElement = HTMLIFrameElement | HTMLFrameElement;
export const isFrame = (node: Node | undefined): node is FrameElement =>
  node instanceof HTMLIFrameElement || node instanceof HTMLFrameElement;
export const windowIn = (frame: FrameElement): Window | null =>
  frame instanceof HTMLIFrameElement ? frameWindowOf(frame) : oldFrameWindowOf(frame);

export const setData = bare(
  Object.getOwnPropertyDescriptor(CharacterData.prototype, 'data')?.set as Method<CharacterData, [string], void>,
);
export const setInputValue = setter(HTMLInputElement.prototype, 'value');
export const setFiles = setter(HTMLInputElement.prototype, 'files');
export const setTextareaValue = setter(HTMLTextAreaElement.prototype, 'value');
export const isChecked = getter(HTMLInputElement.prototype, 'checked');
export const inputTypeOf = getter(HTMLInputElement.prototype, 'type');
export const setChecked = setter(HTMLInputElement.prototype, 'checked');
export const setIndeterminate = setter(HTMLInputElement.prototype, 'indeterminate');
export const setSelected = setter(HTMLOptionElement.prototype, 'selected');
export const setSelectedIndex = setter(HTMLSelectElement.prototype, 'selectedIndex');
