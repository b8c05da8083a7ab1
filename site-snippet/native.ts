import { fromFrame, isNative } from './intact.ts';

/**
 * The browser's own methods, taken when this module loads. A page can name its form fields so that `form.parentNode` or
 * `form.getAttribute` become those fields ("DOM clobbering"), and a walk that trusted them would end up anywhere.
 * Libraries replace them too: LWC's imitated shadow roots hide from everybody what is in them. What was replaced is
 * taken from a frame; a frame's methods work on this page's nodes.
 */
type Interface =
  | 'Document'
  | 'DocumentFragment'
  | 'Element'
  | 'Event'
  | 'EventTarget'
  | 'HTMLElement'
  | 'HTMLInputElement'
  | 'HTMLOptionElement'
  | 'HTMLSelectElement'
  | 'HTMLTextAreaElement'
  | 'Node'
  | 'ShadowRoot';
type Of<Name extends Interface> = (typeof globalThis)[Name]['prototype'];
type Part = 'get' | 'set' | 'value';

function taken(name: Interface, member: PropertyKey, part: Part): unknown {
  const { prototype } = globalThis[name] as { prototype?: object };
  const found: unknown = Object.getOwnPropertyDescriptor(Object(prototype), member)?.[part];
  if (isNative(found)) return bare(found);
  return bare(Object.getOwnPropertyDescriptor(fromFrame(name).prototype, member)?.[part]);
}

function bare(method: unknown): unknown {
  return Function.prototype.call.bind(method as () => void);
}

export function method(name: Interface, member: PropertyKey): unknown {
  return taken(name, member, 'value');
}

function getter<Name extends Interface, Member extends keyof Of<Name>>(name: Name, member: Member) {
  return taken(name, member, 'get') as (self: Of<Name>) => Of<Name>[Member];
}

export function setter<Name extends Interface, Member extends keyof Of<Name>>(name: Name, member: Member) {
  return taken(name, member, 'set') as (self: Of<Name>, value: Of<Name>[Member]) => void;
}

export const parentOf = getter('Node', 'parentNode');
export const documentOf = getter('Node', 'ownerDocument') as (self: Node) => Document;
export const isConnected = getter('Node', 'isConnected');
export const typeOf = getter('Node', 'nodeType');
export const hostOf = getter('ShadowRoot', 'host');
const defaultViewOf = getter('Document', 'defaultView');
export const slotOf = getter('Element', 'assignedSlot');
export const scrollTopOf = getter('Element', 'scrollTop');
export const scrollLeftOf = getter('Element', 'scrollLeft');
export const clientWidthOf = getter('Element', 'clientWidth');
export const clientHeightOf = getter('Element', 'clientHeight');
const shadowRootOf = getter('Element', 'shadowRoot');
export const nameOf = getter('Element', 'localName');
export const outerHtmlOf = getter('Element', 'outerHTML');
export const firstOf = getter('Node', 'firstChild');
export const nextOf = getter('Node', 'nextSibling');
export const previousOf = getter('Node', 'previousSibling');
export const baseOf = getter('Node', 'baseURI');
export const namespaceOf = getter('Element', 'namespaceURI');
export const contentOf = getter('Node', 'textContent');
export const rootOf = method('Node', 'getRootNode') as (self: Node) => Node;
export const contains = method('Node', 'contains') as (self: Node, other: Node) => boolean;
export const attributeOf = method('Element', 'getAttribute') as (self: Element, name: string) => string | null;
export const attributeNamesOf = method('Element', 'getAttributeNames') as (self: Element) => string[];
export const matches = method('Element', 'matches') as (self: Element, selector: string) => boolean;
export const boxOf = method('Element', 'getBoundingClientRect') as (self: Element) => DOMRect;
type FindAll<Root> = (self: Root, selector: string) => NodeListOf<Element>;
/** What a tree walker visits (DOM standard, `NodeFilter`): pages have things of that name too. */
export const ELEMENTS = 1;
export const TEXTS = 4;
export const closest = method('Element', 'closest') as (self: Element, selector: string) => Element | null;
const activeInDocument = getter('Document', 'activeElement');
const activeInShadow = getter('ShadowRoot', 'activeElement');
/** Where an event comes from, the element itself first. */
export const pathOfEvent = method('Event', 'composedPath') as (self: Event) => EventTarget[];
type ById<Root> = (self: Root, id: string) => Element | null;
const byIdInDocument = method('Document', 'getElementById') as ById<Document>;
const byIdInFragment = method('DocumentFragment', 'getElementById') as ById<DocumentFragment>;
const findInDocument = method('Document', 'querySelectorAll') as FindAll<Document>;
const findInFragment = method('DocumentFragment', 'querySelectorAll') as FindAll<DocumentFragment>;
const findInElement = method('Element', 'querySelectorAll') as FindAll<Element>;

/** In document order, whatever libraries would rather not show. */
export function findAll(root: Node, selector: string): NodeListOf<Element> {
  if (isDocument(root)) return findInDocument(root, selector);
  return isElement(root) ? findInElement(root, selector) : findInFragment(root as DocumentFragment, selector);
}

/** What has the focus there; a shadow root's own element may have it in its turn. */
export function activeIn(root: Document | ShadowRoot): Element | null {
  return isDocument(root) ? activeInDocument(root) : activeInShadow(root);
}

/** In the document or the shadow root that `root` is; a root of neither kind has none. */
export function byId(root: Node, id: string): Element | null {
  if (isDocument(root)) return byIdInDocument(root, id);
  return typeOf(root) === Node.DOCUMENT_FRAGMENT_NODE ? byIdInFragment(root as DocumentFragment, id) : null;
}

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

/** The link that was pressed, if it was one. */
export function linkIn(event: Event): HTMLAnchorElement | undefined {
  return pathOfEvent(event).find(
    (target): target is HTMLAnchorElement => isElement(target) && 'relList' in target && nameOf(target) === 'a',
  );
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
