import { assertNever } from '../../protocol/assert-never.ts';
import type { Outcome } from '../../protocol/errors.ts';
import type { SessionMode } from '../../protocol/page-message.ts';
import { MAX_LABEL_UNITS } from '../../protocol/limits.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';
import type { ReceiptEntry } from '../../protocol/receipt.ts';
import type { Judge } from '../mask/judge.ts';
import type { LastLook } from '../mask/last-look.ts';
import { maskedName } from '../mask/masked-name.ts';
import { clear, maskedUrl } from '../mask/masked-text.ts';
import type { IncomingCommand } from '../sharing.ts';
import { isElement, viewOf } from '../native.ts';
import { createCustomerTyping } from './customer-typing.ts';
import { createFollowing } from './following.ts';
import { createGuard, type AllowedCommand } from './guard.ts';
import { click } from './perform/click.ts';
import { compose } from './perform/compose.ts';
import { createHoverStyle } from './perform/hover-style.ts';
import { rest } from './perform/rest.ts';
import { wheel } from './perform/wheel.ts';
import { createCommits } from './perform/commits.ts';
import { key } from './perform/key.ts';
import { menu } from './perform/menu.ts';
import { navigate } from './perform/navigate.ts';
import { withoutSubmit } from './perform/no-submit.ts';
import { open } from './perform/open.ts';
import { scroll } from './perform/scroll.ts';
import { select } from './perform/select.ts';
import { set } from './perform/set.ts';
import { createReceipt } from './receipt.ts';
import type { Stage } from './perform/stage.ts';
import { takeSteps, waitAsAHand, type Steps } from './perform/steps.ts';
import { type } from './perform/type.ts';

type Tell = (outcome: Outcome) => void;
type Drag = typeof import('./perform/drag.ts').drag;

/** The agent's hands on the page, loaded when Write mode is asked for the first time. */
export interface Acting {
  /**
   * Judges and performs, at once or when what takes its time has ended. Never throws.
   * @param tell is not called when the agent may not act any more before it has begun
   */
  perform(command: IncomingCommand, mode: SessionMode, epoch: number, tell: Tell): void;
  /** A new connection counts its commands from the beginning. */
  renew(): void;
  /** The agent's pointer is gone from the page. */
  leave(): void;
  /** What is still to be told of what was done is told now. */
  settle(): void;
  readonly refusals: ReadonlyMap<Outcome, number>;
}

export interface ActingOptions {
  readonly document: Document;
  readonly host: Element;
  readonly judge: Judge;
  readonly lastLook: LastLook;
  /** What the agent does, for the session's history. */
  readonly tellActs: (acts: readonly ReceiptEntry[]) => void;
  readonly signal: AbortSignal;
  /** Between two steps of a click or a drag. */
  readonly wait?: Stage['wait'];
}

/** Acts that may wait for a click or a drag to end; more are refused, in their order. */
const MAX_WAITING = 500;

interface Waiting {
  readonly command: IncomingCommand;
  readonly mode: SessionMode;
  readonly epoch: number;
  readonly tell: Tell;
  readonly isFlood: boolean;
  readonly turn: number;
}

export function createActing({ document, host, judge, lastLook, tellActs, signal, wait }: ActingOptions): Acting {
  const now = (): number => performance.now();
  const typing = createCustomerTyping(now, signal);
  const commits = createCommits(signal);
  const following = createFollowing(document, typing, now);
  const guard = createGuard({ host, judge, customerField: typing.field, ...following, now });
  const hoverStyle = createHoverStyle(signal);
  const stage: Stage = {
    ...guard,
    signal,
    commits,
    customerField: typing.field,
    hoverStyle,
    wait: wait ?? waitAsAHand,
    pointer: null,
    tabFrom: null,
    unfinished: null,
    turn: 0,
  };
  /** In their order: one is done after the other, though some take their time. */
  const waiting: Waiting[] = [];
  let isBusy = false;
  let drag: Drag | null = null;
  let isDragMissing = false;
  const met = new WeakSet<Document>();

  /** Frames come and go; their windows are watched from the first time the agent acts in them. */
  function meet(node: Node | undefined): Node | undefined {
    const view = node && viewOf(node);
    if (view && !met.has(view.document)) {
      met.add(view.document);
      typing.watch(view);
      commits.watch(view);
    }
    return node;
  }
  meet(document);

  const receipt = createReceipt(tellActs, signal);

  function safely<Result>(work: () => Result): Result | 'failed' {
    try {
      return work();
    } catch {
      return 'failed';
    }
  }

  /** Before the act: what it was done to may be gone after it. */
  function nameOf({ act }: IncomingCommand, target: Node | undefined): MaskedText {
    if (act.act === 'navigate') return clear(act.to);
    if (act.act === 'open') return clear(maskedUrl(act.url).slice(0, MAX_LABEL_UNITS));
    try {
      return isElement(target) ? maskedName(target, judge, lastLook) : clear('');
    } catch {
      return clear(''); // The act is done all the same, and answered.
    }
  }

  /** Few agents ever drag, and who does waits for it. */
  async function loadDrag(): Promise<void> {
    isBusy = true;
    try {
      ({ drag } = await import('./perform/drag.ts'));
    } catch {
      isDragMissing = true;
    }
    resume();
  }

  /** What takes its time, and the element it begins at. */
  function stepsOf(allowed: AllowedCommand | Outcome): readonly [Element, Steps] | null {
    if (typeof allowed === 'string') return null;
    if (allowed.act === 'click') return [allowed.element, click(allowed, stage)];
    return allowed.act === 'drag' && drag ? [allowed.from.element, drag(allowed, stage)] : null;
  }

  function begin({ command, mode, epoch, tell, isFlood }: Waiting): void {
    const allowed = safely(() =>
      guard.judge({ ...command, node: (id) => meet(command.node(id)) }, mode, epoch, isFlood),
    );
    // Not even looked at, so there is nothing to tell of.
    if (allowed === 'refused:rate' || allowed === 'refused:mode') return tell(allowed);
    const work = (): Outcome => (typeof allowed === 'string' ? allowed : safely(() => perform(allowed, stage)));
    if (typeof allowed !== 'string' && isMovement(allowed)) return tell(work());
    const asked = targetOf(command);
    const name = nameOf(command, typeof allowed !== 'string' && 'field' in allowed ? allowed.field : asked);
    const during = (act: () => Outcome): Outcome =>
      following.during(asked, 'text' in command.act || 'key' in command.act, act);
    const end = (outcome: Outcome): void => {
      receipt.note(command.act.act, name, outcome);
      tell(outcome);
    };
    const steps = stepsOf(allowed);
    if (!steps) {
      end(during(work));
      finish();
      return;
    }
    isBusy = true;
    takeSteps(...steps, stage, during, (outcome) => {
      try {
        end(outcome);
      } finally {
        // What the page does at the click in turns of its own comes first, as it does with a hand.
        stage.wait(resume);
      }
    });
  }

  /** What the act still does comes before the next one. */
  function finish(): void {
    const { unfinished } = stage;
    if (!unfinished) return;
    stage.unfinished = null;
    isBusy = true;
    void unfinished.then(resume, resume);
  }

  function resume(): void {
    isBusy = false;
    goOn();
  }

  function goOn(): void {
    for (let [next] = waiting; next && !isBusy; [next] = waiting) {
      const mayBegin = next.turn === stage.turn;
      const isFirstDrag = mayBegin && next.command.act.act === 'drag' && next.mode === 'write' && !drag;
      if (isFirstDrag && !isDragMissing) {
        void loadDrag();
        return;
      }
      // The next one tries again.
      if (isFirstDrag) isDragMissing = false;
      waiting.shift();
      if (mayBegin) begin(next);
    }
  }

  return {
    perform(command, mode, epoch, tell) {
      const isFlood = guard.isFlood() || waiting.length >= MAX_WAITING;
      waiting.push({ command, mode, epoch, tell, isFlood, turn: stage.turn });
      goOn();
    },
    settle: receipt.settle,
    renew() {
      stage.turn += 1;
      guard.renew();
    },
    leave() {
      stage.turn += 1;
      hoverStyle.leave();
    },
    refusals: guard.refusals,
  };
}

function perform(command: AllowedCommand, stage: Stage): Outcome {
  const element = 'field' in command ? command.field : 'element' in command ? command.element : null;
  if (!element) return performAlone(command, stage);
  let outcome: Outcome = 'failed';
  return withoutSubmit(element, stage, () => (outcome = performAlone(command, stage))) ?? outcome;
}

function performAlone(command: AllowedCommand, stage: Stage): Outcome {
  switch (command.act) {
    case 'type':
      return type(command, stage);
    case 'key':
      return key(command, stage);
    case 'select':
      return select(command, stage);
    case 'set':
      return set(command, stage);
    case 'scroll':
      return scroll(command);
    case 'navigate':
      return navigate(command);
    case 'open':
      return open(command);
    case 'hover':
      return rest(command, stage);
    case 'wheel':
      return wheel(command);
    case 'compose':
      return compose(command, stage);
    case 'menu':
      return menu(command, stage);
    case 'click':
    case 'drag':
      return 'failed'; // They take their time, step by step, and dragging could not be loaded.
    default:
      return assertNever(command);
  }
}

function targetOf({ act, node }: IncomingCommand): Node | undefined {
  if (act.act === 'navigate' || act.act === 'open') return undefined;
  return node('at' in act ? act.at.node : 'from' in act ? act.from.node : act.node);
}

/** The pointer's own ways are in no receipt. */
function isMovement({ act }: AllowedCommand): boolean {
  return act === 'hover' || act === 'wheel';
}
