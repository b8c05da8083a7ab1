import { MAX_TREE_DEPTH, MAX_TREE_NODES } from '../../../protocol/limits.ts';
import { DOCUMENT_NODE_ID, NO_NODE_ID, type NodeId } from '../../../protocol/node-id.ts';
import type { Namespace, Shape } from '../../../protocol/shapes.ts';
import { createTreeReader, type FieldState, type TreeHandler } from '../../../protocol/tree-reader.ts';
import { MARK } from '../../../protocol/tree-writer.ts';
import { WireError } from '../../../protocol/wire-error.ts';
import { markWords } from '../../mark-words.ts';
import {
  ASKED_PREFIX,
  attributeFate,
  attributeNamespace,
  elementToBuild,
  isAsked,
  NAMESPACES,
  UNKNOWN,
  type AttributeFate,
} from './tree/allowed.ts';
import { drawDressed, needsDressing } from './styles/css.ts';
import {
  appendChild,
  attachShadow,
  createDocumentFragment,
  createElement,
  createHtmlElement,
  createTextNode,
  firstChildOf,
  getAttribute,
  insertBefore,
  localNameOf,
  nextSiblingOf,
  parentOf,
  removeAttribute,
  removeChild,
  setAttribute,
  setAttributeNS,
  setData,
  shadowOf,
} from './dom.ts';
import { seeRoot } from './styles/browser-look.ts';
import { createDrawSheet } from './styles/draw-sheet.ts';
import { drawingOf } from './pictures/drawing-of.ts';
import { createFields } from './states/fields.ts';
import { isInlinePicture, pictureName, type PictureSize } from './files/file-names.ts';
import { createLatest } from './files/latest.ts';
import { showAsItIs, showInSize } from './pictures/picture-size.ts';
import type { Pictures } from './pictures/pictures.ts';
import type { MirroredPreferences } from './styles/preferences.ts';
import { createSaid } from './tree/said.ts';
import { createScrolling, type Scrolling } from './states/scrolling.ts';
import { setUse } from './pictures/svg-use.ts';

/** The customer's page, built by DOM calls from allow-lists; never through HTML text. */
export interface Mirror {
  /** A new page: everything goes. */
  clear(): void;
  /** @throws WireError when the batch does not fit: the mirror has then lost step and is to be renewed */
  apply(treeBody: Uint8Array): void;
  node(id: NodeId): Node | undefined;
  idOf(node: Node): NodeId;
  /** What the next node will have. */
  readonly nextId: NodeId;
  readonly shadowRoots: ReadonlySet<ShadowRoot>;
  /** What the page calls the element; empty for what is none. */
  tagOf(id: NodeId): string;
  readonly scrolling: Pick<Scrolling, 'restore' | 'hold' | 'release'>;
}

/** What the page calls its element, kept because the mirror may have built another; one for all of a name. */
interface Origin {
  readonly namespace: Namespace;
  readonly tag: string;
  readonly build: () => Element;
  readonly fates: Map<string, AttributeFate>;
}

/** What is done with every element of a shape, found out once. */
interface Plan {
  readonly origin: Origin;
  readonly fates: readonly AttributeFate[];
}

/** One run may be so deep; runs put upon runs, and moved trees, may be deeper. Layout recurses, so there is an end. */
const MAX_MIRROR_DEPTH = 2 * MAX_TREE_DEPTH;

/** A lazy image that the page's browser has not come to is as large as its attributes say. */
const UNLOADED: PictureSize = { width: 0, height: 0 };
/** Their background is the whole view's, wherever they are themselves. */
const COVERING = new Set(['html', 'body']);
const OF_FIELDS = new Set(['input', 'select', 'optgroup', 'option']);

export function createMirror(
  document: Document,
  pictures: Pictures,
  preferences: MirroredPreferences,
  maxNodes = MAX_TREE_NODES,
): Mirror {
  let reader = createTreeReader();
  let nodes: (Node | undefined)[] = [undefined, document];
  let ids = new Map<Node, NodeId>([[document, DOCUMENT_NODE_ID]]);
  /** By number. */
  let origins: (Origin | undefined)[] = [];
  let plans = new Map<Shape, Plan>();
  let originsByName = new Map<string, Origin>();
  /** Texts of style sheets, which are dressed. */
  let sheetTexts = new WeakSet<Node>();
  const idOf = (node: Node): NodeId => ids.get(node) ?? NO_NODE_ID;
  const scrolling = createScrolling(window, { node: (id) => nodes[id], idOf });
  const fields = createFields((list) => void setTimeout(() => scrolling.restore([idOf(list)])));
  const latest = createLatest();
  const drawSheet = createDrawSheet(pictures, preferences);
  /** By the batch that is being applied. */
  let scrolled: NodeId[] = [];
  let live = 0;
  const shadowRoots = new Set<ShadowRoot>();
  const said = createSaid({
    pictures,
    preferences,
    nodeOf: (id) => nodes[id],
    isThere: (element) => ids.has(element),
  });

  function nodeOf(id: NodeId): Node {
    const node = nodes[id];
    if (!node) throw new WireError('bad_reference');
    return node;
  }

  function elementOf(id: NodeId): Element {
    const node = nodeOf(id);
    if (!(node instanceof Element)) throw new WireError('bad_reference');
    return node;
  }

  function number(node: Node): void {
    live += 1;
    if (live > maxNodes) throw new WireError('too_many');
    ids.set(node, nodes.length as NodeId);
    nodes.push(node);
  }

  function forget(node: Node): void {
    const id = ids.get(node);
    if (id !== undefined) {
      ids.delete(node);
      nodes[id] = undefined;
      origins[id] = undefined;
      scrolling.forget(id);
      live -= 1;
    }
    const shadow = node instanceof Element ? shadowOf(node) : null;
    if (shadow) {
      shadowRoots.delete(shadow);
      forget(shadow);
    }
    for (let child = firstChildOf(node); child; child = nextSiblingOf(child)) forget(child);
  }

  function takeOut(node: Node): void {
    const parent = parentOf(node);
    if (!parent) return;
    removeChild(parent, node);
    fields.touch(parent);
  }

  // --- A run --------------------------------------------------------------------------------------------------------------

  let runParent: Node = document;
  let runAnchor: Node | null = null;
  let runDepth = 0;
  /** New nodes are gathered apart and put in by one call: Chromium attaches fields to a standing form one by one, slowly. */
  let gathered: Node = createDocumentFragment();
  const open: Node[] = [];

  function place(node: Node): void {
    appendChild(open.at(-1) ?? gathered, node);
  }

  const handler: TreeHandler = {
    detach(removed, moved) {
      const gone = removed.map(nodeOf);
      const kept = moved.map(nodeOf);
      for (const node of kept) takeOut(node);
      if (kept.length > 0) fields.touchAll();
      for (const node of gone) {
        takeOut(node);
        forget(node);
      }
    },
    openRun(parent, anchor) {
      runParent = nodeOf(parent);
      fields.touch(runParent);
      runAnchor = anchor === 0 ? null : nodeOf(anchor);
      if (runAnchor && parentOf(runAnchor) !== runParent) {
        // Where scripts have edited a sheet, its rules stand in the place of its texts (sheets.ts), and are sent anew.
        if (!sheetTexts.has(runAnchor)) throw new WireError('bad_reference');
        runAnchor = null;
      }
      gathered = createDocumentFragment();
      open.length = 0;
      runDepth = 0;
      for (let above = parentOf(runParent); above && runDepth <= MAX_MIRROR_DEPTH; above = parentOf(above))
        runDepth += 1;
    },
    openElement(shape, values) {
      if (runDepth + open.length > MAX_MIRROR_DEPTH) throw new WireError('too_deep');
      const element = build(shape, values);
      place(element);
      open.push(element);
    },
    text(text) {
      const under = open.at(-1) ?? runParent;
      const isSheet = under instanceof Element && localNameOf(under) === 'style';
      const node = createTextNode(isSheet ? '' : text);
      number(node);
      place(node);
      if (!isSheet) return;
      sheetTexts.add(node);
      dressText(node, text);
    },
    openShadow() {
      const host = open.at(-1) ?? runParent;
      if (!(host instanceof Element)) throw new WireError('bad_reference');
      const shadow = shadowFor(host);
      number(shadow);
      shadowRoots.add(shadow);
      seeRoot(shadow);
      open.push(shadow);
    },
    moved(id) {
      const node = nodeOf(id);
      // A cycle: the page would have put a node into itself.
      for (let above = open.at(-1) ?? null; above; above = parentOf(above)) {
        if (above === node) throw new WireError('bad_reference');
      }
      place(node);
    },
    close() {
      if (open.pop() === undefined) throw new WireError('bad_token');
    },
    closeRun() {
      try {
        insertBefore(runParent, gathered, runAnchor);
      } catch {
        // A second root element, text in the document, a node under itself: no page can be so.
        throw new WireError('bad_reference');
      }
    },
    attribute(id, name, value) {
      const element = elementOf(id);
      const origin = origins[id];
      if (!origin) throw new WireError('bad_reference');
      setPageAttribute(element, origin, name, value);
      if (OF_FIELDS.has(origin.tag)) fields.see(element);
    },
    data(id, text) {
      const node = nodeOf(id);
      if (sheetTexts.has(node)) dressText(node as Text, text);
      else if (node instanceof CharacterData) setData(node, text);
      else throw new WireError('bad_reference');
    },
    field(id, state: FieldState) {
      fields.set(elementOf(id), state);
    },
    scroll(id, x, y) {
      nodeOf(id);
      scrolling.set(id, { x, y });
      scrolled.push(id);
    },
    mark(id, mark) {
      const words = [(mark & MARK.MASKED) !== 0 && 'masked', (mark & MARK.RESTRICTED) !== 0 && 'restricted'];
      setAttribute(elementOf(id), 'data-alongside-mark', words.filter(Boolean).join(' '));
      setAttribute(elementOf(id), 'data-alongside-why', String(mark));
      if (mark !== 0) setAttribute(elementOf(id), 'aria-description', markWords(mark));
    },
  };

  function build(shape: Shape, values: readonly string[]): Element {
    let plan = plans.get(shape);
    if (!plan) {
      plan = planFor(shape);
      plans.set(shape, plan);
    }
    const element = plan.origin.build();
    origins[nodes.length] = plan.origin;
    number(element);
    const { attributes } = shape;
    for (let index = 0; index < attributes.length; index += 1) {
      setByFate(element, plan.fates[index] as AttributeFate, attributes[index] as string, values[index] as string);
    }
    if (plan.origin.tag === 'input') fields.see(element);
    return element;
  }

  function planFor({ namespace, tag, attributes }: Shape): Plan {
    const origin = originOf(namespace, tag);
    return { origin, fates: attributes.map((name) => fateOf(origin, name)) };
  }

  function originOf(namespace: Namespace, tag: string): Origin {
    const name = `${namespace} ${tag}`;
    let origin = originsByName.get(name);
    if (!origin) {
      origin = { namespace, tag, build: builderOf(namespace, tag), fates: new Map() };
      originsByName.set(name, origin);
    }
    return origin;
  }

  function builderOf(namespace: Namespace, tag: string): () => Element {
    const allowed = elementToBuild(namespace, tag);
    const name = allowed === UNKNOWN && isOrdinaryBox(tag) ? tag : allowed;
    try {
      createElement(NAMESPACES[namespace], name);
    } catch {
      return () => createHtmlElement('span'); // Not a name the browser takes.
    }
    if (namespace === 'html') return () => createHtmlElement(name);
    return () => createElement(NAMESPACES[namespace], name);
  }

  /** Nothing but a box to the browser, which styles may name (`<tooltip>`). */
  function isOrdinaryBox(tag: string): boolean {
    try {
      return createHtmlElement(tag) instanceof HTMLUnknownElement;
    } catch {
      return false;
    }
  }

  function shadowFor(host: Element): ShadowRoot {
    try {
      return shadowOf(host) ?? attachShadow(host, { mode: 'open' });
    } catch {
      throw new WireError('bad_reference'); // An element that can have none.
    }
  }

  function dressText(node: CharacterData, css: string): void {
    drawSheet(
      node,
      css,
      () => ids.has(node),
      (dressed) => setData(node, dressed),
    );
  }

  function setPageAttribute(element: Element, origin: Origin, name: string, value: string | null): void {
    const fate = fateOf(origin, name);
    if (value !== null) setByFate(element, fate, name, value);
    else if (fate === 'said') said.show(element, name, '');
    else {
      const own = nameInMirror(fate, name);
      latest.settle(element, own);
      if (fate !== 'drop' && fate !== 'asked') removeAttribute(element, own);
      if (isAsked(fate, name)) removeAttribute(element, ASKED_PREFIX + name);
    }
  }

  function fateOf(origin: Origin, name: string): AttributeFate {
    let fate = origin.fates.get(name);
    if (fate === undefined) {
      fate = attributeFate(origin.namespace, origin.tag, name);
      origin.fates.set(name, fate);
    }
    return fate;
  }

  function setByFate(element: Element, fate: AttributeFate, name: string, value: string): void {
    if (fate === 'drop') return;
    if (isAsked(fate, name)) set(element, ASKED_PREFIX + name, value);
    if (fate === 'asked') return;
    if (fate === 'picture') setPicture(element, nameInMirror(fate, name), value);
    else if (fate === 'said') said.show(element, name, value);
    else if (fate === 'css') setDressed(element, name, value);
    else if (fate === 'media') setMedia(element, value);
    else if (fate === 'use') setUse(element, name, value, pictures.file);
    else if (fate === 'link') set(element, name, value.startsWith('#') ? value : '#');
    // One that closes by itself would not be the customer's.
    else set(element, name, name === 'popover' ? 'manual' : value);
  }

  /** An `<object>` is an `<img>` here. */
  function nameInMirror(fate: AttributeFate, name: string): string {
    return fate === 'picture' && name === 'data' ? 'src' : name;
  }

  function setPicture(element: Element, name: string, value: string): void {
    const picture = pictureName(value);
    const isLatest = latest.draw(element, name);
    const redraw = (): void => void (isLatest() && setPicture(element, name, value));
    if (picture === null) {
      setOrRemove(element, name, isInlinePicture(value) ? value : '');
      return;
    }
    const { asset, size } = picture;
    if (element instanceof HTMLImageElement && pictures.known(asset) === undefined) {
      awaitPicture(element, name, size, isLatest, () => {
        if (!isLatest()) return;
        if (pictures.known(asset) === undefined) pictures.url(asset, redraw, element);
        else redraw();
      });
      return;
    }
    const url = pictures.url(asset, redraw, element);
    // The element shows no broken one meanwhile.
    setOrRemove(element, name, url);
    if (url.startsWith('blob:') && size !== null) showInSize(element, url, size, isLatest);
  }

  /** Nothing, of its size, until it is near and has come. */
  function awaitPicture(
    image: Element,
    name: string,
    size: PictureSize | null,
    isStillThere: () => boolean,
    ask: () => void,
  ): void {
    const hold = (): void => {
      setOrRemove(image, name, drawingOf(size ?? UNLOADED));
      pictures.wanted.near.expect(image, name, ask);
    };
    if (size !== null) {
      hold();
      return;
    }
    setOrRemove(image, name, '');
    // Its other attributes tell whether the page's own browser waits as well: then it has no size there either.
    queueMicrotask(() => {
      if (!isStillThere()) return;
      if (isLazy(image)) hold();
      else ask();
    });
  }

  function setOrRemove(element: Element, name: string, value: string): void {
    if (value === '') removeAttribute(element, name);
    else set(element, name, value);
    showAsItIs(element, value);
  }

  function setDressed(element: Element, name: string, value: string): void {
    if (needsDressing(value)) {
      const isLatest = latest.draw(element, name);
      const isStillThere = (): boolean => ids.has(element) && isLatest();
      const on = name === 'style' && !COVERING.has(localNameOf(element)) ? { styled: element } : {};
      const draw = (answered: string): void =>
        drawDressed(answered, pictures, isStillThere, (dressed) => set(element, name, dressed), on);
      if (name === 'style') preferences.drawStyle(element, value, isStillThere, draw);
      else draw(value);
      return;
    }
    latest.settle(element, name);
    if (name === 'style') setAttribute(element, name, value);
    else set(element, name, value);
  }

  function setMedia(element: Element, media: string): void {
    const isStillThere = (): boolean => ids.has(element);
    preferences.drawMedia(element, media, isStillThere, (answered) => set(element, 'media', answered));
  }

  function set(element: Element, name: string, value: string): void {
    // Its size said again empties a canvas, and of one that is drawn as it was no picture comes.
    if (element instanceof HTMLCanvasElement && getAttribute(element, name) === value) return;
    try {
      // HTML's parser knows of no prefixes.
      const isPrefixed = name.includes(':') && !(element instanceof HTMLElement);
      const namespace = isPrefixed ? attributeNamespace(name) : null;
      if (namespace === null) setAttribute(element, name, value);
      else setAttributeNS(element, namespace, name, value);
    } catch {
      // Parsers make attributes whose names no script can set (`<div "a">`); nothing shows of them.
    }
  }

  return {
    clear() {
      for (let child = firstChildOf(document); child; child = firstChildOf(document)) removeChild(document, child);
      reader = createTreeReader();
      nodes = [undefined, document];
      ids = new Map([[document, DOCUMENT_NODE_ID]]);
      origins = [];
      plans = new Map();
      originsByName = new Map();
      sheetTexts = new WeakSet();
      shadowRoots.clear();
      scrolling.clear();
      live = 0;
      said.clear();
      fields.clear();
      pictures.clear();
      preferences.clear();
    },
    apply(treeBody) {
      scrolled = [];
      try {
        reader.read(treeBody, handler);
        fields.settle((element) => ids.has(element));
      } finally {
        scrolling.restore(scrolled);
      }
    },
    node: (id) => nodes[id],
    tagOf: (id) => origins[id]?.tag ?? '',
    idOf,
    get nextId() {
      return nodes.length as NodeId;
    },
    shadowRoots,
    scrolling,
  };
}

function isLazy(image: Element): boolean {
  return getAttribute(image, `${ASKED_PREFIX}loading`)?.toLowerCase() === 'lazy';
}
