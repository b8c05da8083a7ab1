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
  let inside = new Map<number, readonly NotShownItem[]>();

  function tellAll(): void {
    tell([...items.values(), ...[...inside.values()].flat()].slice(0, MAX_ITEMS));
  }

  return {
    add(id, reason) {
      const node = mirror.node(id);
      if (items.size >= MAX_ITEMS || items.has(id)) return;
      if (isFrame(node)) setAttribute(node, PLACEHOLDER, '');
      items.set(id, { name: nameOf(node), reason });
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
      if (items.size === 0 && inside.size === 0) return;
      items = new Map();
      inside = new Map();
      tell([]);
    },
  };
}

const WORDS: Record<string, string> = { style: 'style sheet', iframe: 'frame' };

function nameOf(node: Node | undefined): string {
  if (!(node instanceof Element)) return 'page';
  const label = getAttribute(node, 'alt') ?? getAttribute(node, 'title') ?? getAttribute(node, 'aria-label') ?? '';
  const tag = WORDS[localNameOf(node)] ?? localNameOf(node);
  return `${tag} ${label}`.trim().slice(0, MAX_LABEL_UNITS);
}
