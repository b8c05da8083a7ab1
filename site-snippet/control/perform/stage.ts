import type { Guard } from '../guard.ts';
import type { Commits } from './commits.ts';
import type { HoverStyle } from './hover-style.ts';
import type { At } from './at.ts';

/** What the acts of one grant share. */
export interface Stage extends Pick<Guard, 'judgeEdit' | 'judgeEntry' | 'judgeReset'> {
  /** The session's. */
  readonly signal: AbortSignal;
  readonly commits: Commits;
  /**
   * The field the customer is typing in. While there is one the focus is theirs: taking it away would send their next
   * key somewhere else.
   */
  readonly customerField: () => Element | null;
  readonly hoverStyle: HoverStyle;
  /** Where the agent's pointer was last. */
  pointer: At | null;
  /** What the agent has clicked that cannot have the focus: Tab goes on from there. */
  tabFrom: Element | null;
  /** Between two steps of what takes its time. */
  readonly wait: (next: () => void) => void;
  /** What the last act still does before any event: the next one comes after it. */
  unfinished: Promise<void> | null;
  /** Another one each time that the agent may not act any more: what takes its time looks whether it may go on. */
  turn: number;
}
