import { MAX_LABEL_UNITS } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { NotShownReason } from '../../../protocol/page-message.ts';
import { getAttribute, localNameOf } from './dom.ts';
import type { Mirror } from './mirror.ts';

export interface NotShownItem {
  readonly name: string;
  readonly reason: NotShownReason;
}

/** What of the page cannot be shown: listed for the agent, never silently blank. */
export interface NotShown {
  add(id: NodeId, reason: NotShownReason): void;
  clear(): void;
}

const MAX_ITEMS = 200;

export function createNotShown(mirror: Mirror, tell: (items: NotShownItem[]) => void): NotShown {
  let items = new Map<NodeId, NotShownItem>();
  return {
    add(id, reason) {
      if (items.size >= MAX_ITEMS || items.has(id)) return;
      items.set(id, { name: nameOf(mirror.node(id)), reason });
      tell([...items.values()]);
    },
    clear() {
      if (items.size === 0) return;
      items = new Map();
      tell([]);
    },
  };
}

function nameOf(node: Node | undefined): string {
  if (!(node instanceof Element)) return 'page';
  const label = getAttribute(node, 'alt') ?? getAttribute(node, 'title') ?? getAttribute(node, 'aria-label') ?? '';
  const tag = localNameOf(node) === 'style' ? 'style sheet' : localNameOf(node);
  return `${tag} ${label}`.trim().slice(0, MAX_LABEL_UNITS);
}
