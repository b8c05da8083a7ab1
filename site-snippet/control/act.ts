import { assertNever } from '../../protocol/assert-never.ts';
import type { Outcome } from '../../protocol/errors.ts';
import type { SessionMode } from '../../protocol/page-message.ts';
import type { Judge } from '../mask/judge.ts';
import type { IncomingCommand } from '../sharing.ts';
import { watchCustomerTyping } from './customer-typing.ts';
import { createGuard, type AllowedCommand } from './guard.ts';
import { click } from './perform/click.ts';
import { createCommits } from './perform/commits.ts';
import { key } from './perform/key.ts';
import { navigate } from './perform/navigate.ts';
import { withoutSubmit } from './perform/no-submit.ts';
import { open } from './perform/open.ts';
import { scroll } from './perform/scroll.ts';
import { select } from './perform/select.ts';
import { set } from './perform/set.ts';
import type { Stage } from './perform/stage.ts';
import { type } from './perform/type.ts';

/** The agent's hands on the page, loaded when Write mode is asked for the first time. */
export interface Acting {
  /** Judges and performs. Never throws. */
  perform(command: IncomingCommand, mode: SessionMode, epoch: number): Outcome;
  /** A new connection counts its commands from the beginning. */
  renew(): void;
  readonly refusals: ReadonlyMap<Outcome, number>;
}

export interface ActingOptions {
  readonly document: Document;
  readonly host: Element;
  readonly judge: Judge;
  readonly signal: AbortSignal;
}

export function createActing({ document, host, judge, signal }: ActingOptions): Acting {
  const view = document.defaultView ?? window;
  const now = (): number => performance.now();
  const customerField = watchCustomerTyping(view, now, signal);
  const guard = createGuard({ host, judge, customerField, now });
  const stage: Stage = { commits: createCommits(view, signal), customerField, pointer: null };

  return {
    perform(command, mode, epoch) {
      try {
        const allowed = guard.judge(command, mode, epoch);
        return typeof allowed === 'string' ? allowed : perform(allowed, stage);
      } catch {
        return 'failed';
      }
    },
    renew: guard.renew,
    refusals: guard.refusals,
  };
}

function perform(command: AllowedCommand, stage: Stage): Outcome {
  switch (command.act) {
    case 'click':
      return unlessSubmitted(command.element, () => click(command, stage));
    case 'type':
      return unlessSubmitted(command.field, () => type(command, stage));
    case 'key':
      return unlessSubmitted(command.element, () => key(command, stage));
    case 'select':
      return unlessSubmitted(command.field, () => select(command, stage));
    case 'set':
      return unlessSubmitted(command.field, () => set(command, stage));
    case 'scroll':
      return scroll(command);
    case 'navigate':
      return navigate(command);
    case 'open':
      return open(command);
    default:
      return assertNever(command);
  }
}

function unlessSubmitted(element: Element, act: () => Outcome): Outcome {
  let outcome: Outcome = 'failed';
  const tried = withoutSubmit(element, () => (outcome = act()));
  return tried ? 'refused:submit' : outcome;
}
