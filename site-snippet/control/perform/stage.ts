import type { Guard } from '../guard.ts';
import type { Commits } from './commits.ts';
import type { HoverStyle } from './hover-style.ts';
import type { At } from './pointer.ts';

/** What the acts of one grant share. */
export interface Stage {
  readonly commits: Commits;
  /**
   * The field the customer is typing in. While there is one the focus is theirs: taking it away would send their next
   * key somewhere else.
   */
  readonly customerField: () => Element | null;
  readonly hoverStyle: HoverStyle;
  /** Asked before each edit: what the caret stands at then. */
  readonly judgeEdit: Guard['judgeEdit'];
  readonly judgeReset: Guard['judgeReset'];
  /** Where the agent's pointer was last. */
  pointer: At | null;
}
