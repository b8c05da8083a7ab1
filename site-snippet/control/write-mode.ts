import type { Outcome } from '../../protocol/errors.ts';
import { WRITE_REQUEST_TIMEOUT_MS } from '../../protocol/limits.ts';
import type { SessionMode } from '../../protocol/page-message.ts';
import type { SiteSettings } from '../../protocol/signaling.ts';
import type { ReceiptEntry } from '../../protocol/receipt.ts';
import type { Judge } from '../mask/judge.ts';
import type { LastLook } from '../mask/last-look.ts';
import type { IncomingCommand, Sharing } from '../sharing.ts';
import type { Widget } from '../show/widget.ts';
import type { Acting } from './act.ts';

/**
 * Whether the agent may act. A grant is bound to one agent, one connection and one epoch, and the customer takes it back
 * at once, also from commands already on their way. It goes along to the next page unless the site asks anew there.
 */
export interface WriteMode {
  readonly mode: SessionMode;
  /** Who may act, or may go on to as soon as there is a connection; empty: nobody. */
  readonly grantee: string;
  /** A connection to the agent of that name is there; a grant from before it counts on the first one of a page alone. */
  connect(sharing: Sharing, signal: AbortSignal, agent: string): void;
  asked(): void;
  endedByAgent(): void;
  switchedByCustomer(on: boolean): void;
  command(command: IncomingCommand): void;
  /** What is still to be told and stored of what the agent did is told and stored now. */
  settle(): void;
}

export interface WriteModeOptions {
  readonly widget: Widget;
  readonly document: Document;
  readonly host: Element;
  /** The one recording uses: it remembers which fields have ever been passwords. */
  readonly judge: Judge;
  readonly lastLook: LastLook;
  /** What the agent does, for the session's history. */
  readonly tellActs: (acts: readonly ReceiptEntry[]) => void;
  readonly settings: () => SiteSettings | null;
  /** Resolves when they are known, or will not be. */
  readonly whenSettled: Promise<unknown>;
  /** Who was allowed to act on the page before; empty: nobody. */
  readonly grantedTo: string;
  readonly agentName: () => string;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
}

/** What is said once for a run of commands: nobody has looked at them. */
const TOLD_ONCE: ReadonlySet<Outcome> = new Set(['refused:rate', 'refused:mode']);

export function createWriteMode(options: WriteModeOptions): WriteMode {
  const { widget, signal } = options;
  let mode: SessionMode = 'pointer';
  let epoch = 1;
  let sharing: Sharing | null = null;
  let agent = '';
  let { grantedTo } = options;
  let isAsking = false;
  let acting: Acting | null = null;
  let lastTold: Outcome | null = null;

  /** Guard and acts come with the first request; most sessions never need them. */
  async function load(): Promise<Acting> {
    const { createActing } = await import('./act.ts');
    acting ??= createActing(options);
    return acting;
  }

  function change(to: SessionMode): void {
    if (mode !== to) {
      mode = to;
      epoch += 1;
      lastTold = null;
      if (to === 'pointer') acting?.leave();
      widget.setWriteMode(to === 'write');
      options.onChange();
    }
    sharing?.tellMode(mode, epoch);
  }

  async function asked(): Promise<void> {
    const settings = options.settings();
    if (settings?.writeMode !== true) {
      sharing?.tellWriteAnswer('not-offered');
      return;
    }
    if (isAsking || mode === 'write') return;
    isAsking = true;
    const asking = sharing;
    const loading = load().then(
      () => true,
      () => false,
    );
    const answer = await widget.askWrite(
      options.agentName(),
      settings.writeRequestTimeoutMs || WRITE_REQUEST_TIMEOUT_MS,
    );
    const isLoaded = await loading;
    isAsking = false;
    // An answer given after the connection changed was given to somebody else.
    if (signal.aborted || asking === null || asking !== sharing) return;
    if (answer === 'allowed' && isLoaded) change('write');
    else if (answer === 'allowed') asking.tellWriteAnswer('not-offered');
    else asking.tellWriteAnswer(answer);
  }

  /** On a new page: the customer has allowed it to this agent in this session, and has not taken it back. */
  async function goOn(connected: Sharing): Promise<void> {
    if (grantedTo === '') return;
    await Promise.all([options.whenSettled, load()]);
    const { writeMode, writeModeEndsWithPage } = options.settings() ?? {};
    const isGranted = grantedTo === agent && writeMode === true && writeModeEndsWithPage === false;
    if (sharing !== connected) return;
    if (isGranted) change('write');
    grantedTo = '';
  }

  return {
    get mode() {
      return mode;
    },
    get grantee() {
      return mode === 'write' ? agent : grantedTo;
    },
    connect(connected, connection, to) {
      sharing = connected;
      agent = to;
      lastTold = null;
      acting?.renew();
      change('pointer');
      // What could not be loaded: Write mode can be asked for.
      goOn(connected).catch(() => {});
      connection.addEventListener('abort', () => {
        if (sharing !== connected) return;
        sharing = null;
        widget.closeWriteRequest();
        change('pointer');
      });
    },
    asked: () => void asked(),
    endedByAgent() {
      widget.closeWriteRequest();
      grantedTo = '';
      change('pointer');
    },
    switchedByCustomer(on) {
      if (on) widget.notice('info', 'Your representative has to ask for Write Mode first.');
      else {
        grantedTo = '';
        change('pointer');
      }
    },
    command(command) {
      const tell = (outcome: Outcome): void => {
        // One answer to a flood is enough.
        if (outcome === lastTold && TOLD_ONCE.has(outcome)) return;
        lastTold = outcome;
        sharing?.tellOutcome(command.sequence, outcome);
      };
      if (acting) acting.perform(command, mode, epoch, tell);
      else tell('refused:mode');
    },
    settle: () => acting?.settle(),
  };
}
