import type { AgentMessage } from '../../protocol/command.ts';
import type { Anchor, DrawnBy } from '../../protocol/page-message.ts';

/** What an agent sends to be drawn. */
export type DrawingMessage = Extract<AgentMessage, { type: 'draw' | 'comment' | 'clear-drawing' }>;

/** A comment that is still there. */
export interface Pinned {
  readonly by: DrawnBy;
  /** The node's number is that of its own document. */
  readonly at: Anchor;
  readonly text: string;
}
