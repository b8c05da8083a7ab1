import type { Outcome } from '../../../protocol/errors.ts';
import { inNextTurn } from '../../record/next-turn.ts';
import { withoutSubmit } from './no-submit.ts';
import type { Stage } from './stage.ts';

/** An act that takes its time, as a hand does: between two steps the page has turns of its own. */
export type Steps = Generator<void, Outcome>;

/** Pages render what they do at a press, begin a drag, and look where it goes, in tasks of their own. */
const STEP_MS = 20;

/** In a tab that nobody sees timers wait for a second. */
export function waitAsAHand(next: () => void): void {
  if (document.visibilityState === 'hidden') inNextTurn(next);
  else setTimeout(next, STEP_MS);
}

/**
 * The first at once, the others in their time. It ends with what is under way given up when the agent may not act any more.
 * @param element the act's own
 * @param during wraps each step
 * @param end is called once
 */
export function takeSteps(
  element: Element,
  steps: Steps,
  stage: Stage,
  during: (step: () => Outcome) => Outcome,
  end: (outcome: Outcome) => void,
): void {
  const { turn } = stage;
  let refused: Outcome | null = null;

  function next(): void {
    let last: IteratorResult<void, Outcome> = { value: undefined };
    let outcome: Outcome = 'failed';
    try {
      outcome = during(() => {
        const tried = withoutSubmit(element, stage, () => {
          last = stage.turn === turn ? steps.next() : steps.return('refused:mode');
        });
        refused ??= tried;
        return refused ?? (last.done ? last.value : 'done');
      });
    } catch {
      last = { done: true, value: outcome };
    }
    if (last.done) end(outcome);
    else stage.wait(next);
  }
  next();
}
