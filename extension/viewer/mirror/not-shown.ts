import { MAX_LABEL_UNITS } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { NotShownReason } from '../../../protocol/page-message.ts';
import { getAttribute, isFrame, localNameOf, removeAttribute, setAttribute } from './dom.ts';
import type { Mirror } from './mirror.ts';

export interface NotShownItem {
  readonly name: string;
  readonly reason: NotShownReason;
}

/** What of the page cannot be shown: listed for the agent, never silently blank. */
export interface NotShown {
  add(id: NodeId, reason: NotShownReason): void;
  /** A file that only style sheets refer to. */
  addFile(asset: number, reason: NotShownReason): void;
  /** What the viewer of a frame cannot show, all of it. */
  setInside(frame: number, items: readonly NotShownItem[]): void;
  /** It is shown after all. */
  remove(id: NodeId): void;
  clear(): void;
}

const MAX_ITEMS = 200;
/** Where something would be, in its size: own-style.ts draws it. */
const PLACEHOLDER = 'data-alongside-not-shown';

export function createNotShown(mirror: Mirror, tell: (items: NotShownItem[]) => void): NotShown {
  let items = new Map<NodeId, NotShownItem>();
  let files = new Map<number, NotShownItem>();
  let inside = new Map<number, readonly NotShownItem[]>();

  let isTelling = false;

  function tellAll(): void {
    if (isTelling) return;
    isTelling = true;
    // A page's pictures are missing all at once.
    queueMicrotask(() => {
      isTelling = false;
      for (const id of items.keys()) if (!mirror.node(id)) items.delete(id);
      tell([...items.values(), ...files.values(), ...[...inside.values()].flat()].slice(0, MAX_ITEMS));
    });
  }

  return {
    add(id, reason) {
      const node = mirror.node(id);
      if (items.size >= MAX_ITEMS || items.has(id)) return;
      if (isBox(node)) setAttribute(node, PLACEHOLDER, '');
      items.set(id, { name: nameOf(node, mirror.tagOf(id)), reason });
      tellAll();
    },
    addFile(asset, reason) {
      if (files.size >= MAX_ITEMS || files.has(asset)) return;
      files.set(asset, { name: 'picture or font of a style sheet', reason });
      tellAll();
    },
    setInside(frame, found) {
      if (found.length > 0) inside.set(frame, found);
      else if (!inside.delete(frame)) return;
      tellAll();
    },
    remove(id) {
      const node = mirror.node(id);
      if (node instanceof Element) removeAttribute(node, PLACEHOLDER);
      if (items.delete(id)) tellAll();
    },
    clear() {
      if (items.size === 0 && files.size === 0 && inside.size === 0) return;
      items = new Map();
      files = new Map();
      inside = new Map();
      tellAll();
    },
  };
}

const WORDS: Record<string, string> = {
  link: 'style sheet',
  style: 'style sheet',
  iframe: 'frame',
  img: 'picture',
  image: 'picture',
};

/** What has a size of its own, and would be an empty place. A picture whose size is known has another placeholder. */
function isBox(node: Node | undefined): node is Element {
  return isFrame(node) || (node instanceof Element && /^(?:img|canvas|video)$/u.test(localNameOf(node)));
}

function nameOf(node: Node | undefined, tag: string): string {
  if (!(node instanceof Element)) return 'page';
  const label = getAttribute(node, 'alt') ?? getAttribute(node, 'title') ?? getAttribute(node, 'aria-label') ?? '';
  return `${WORDS[tag] ?? tag} ${label}`.trim().slice(0, MAX_LABEL_UNITS);
}
