/** What the agent reads. Codes that both sides know have their sentences in protocol/errors.ts. */
import { SENTENCES, type EndReason, type ErrorCode, type Outcome } from '../../protocol/errors.ts';
import type { NotShownReason } from '../../protocol/page-message.ts';
import type { Ended, Stage } from './session.ts';
import type { WriteNote } from './write-mode.ts';

export interface StageWords {
  /** For the status line: two or three words. */
  readonly short: string;
  /** For the veil over the page, while there is one. */
  readonly title: string;
  readonly detail: string;
}

export const STAGE_WORDS: Readonly<Record<Exclude<Stage, 'ended'>, StageWords>> = {
  connecting: {
    short: 'Connecting',
    title: 'Waiting for the page',
    detail: 'The customer’s browser is connecting. This usually takes a second or two.',
  },
  building: {
    short: 'Loading',
    title: 'Building the picture',
    detail: 'The page is on its way.',
  },
  live: { short: 'Live', title: '', detail: '' },
  quiet: {
    short: 'Quiet',
    title: 'The page is quiet',
    detail: 'Nothing was heard from it for more than 10 seconds. What you see may be out of date.',
  },
  disconnected: {
    short: 'Disconnected',
    title: 'Disconnected',
    detail: 'The connection to the customer’s page is lost. Reconnecting…',
  },
  paused: {
    short: 'Paused',
    title: 'The customer is away',
    detail: 'They left the site or closed the tab. The session goes on when they come back.',
  },
};

export const VIEWER_FAILED_WORDS: StageWords = {
  short: 'No picture',
  title: 'The picture could not be started',
  detail: 'Please reload this tab. The session goes on.',
};

export const VIEWER_STALLED_WORDS: StageWords = {
  short: 'Paused',
  title: 'The picture is paused',
  detail:
    'This page is more than your browser can show just now. The picture goes on as soon as it can; so does the session.',
};

const END_WORDS: Readonly<Record<EndReason, string>> = {
  customer_ended: 'The customer ended the session.',
  agent_ended: 'You ended the session.',
  interaction_ended: 'The call or chat is over, and the session with it.',
  idle_timeout: 'The session ended because neither side did anything for a while.',
  away_timeout: 'The session ended because one side was away for too long.',
  pending_timeout: 'The session ID expired before the session began.',
  connection_lost: 'The connection was lost.',
  policy: 'The site’s settings ended the session.',
};

/** Why it ended, in one sentence. */
export function endWords({ reason, code }: Ended): string {
  return code === null ? END_WORDS[reason] : errorWords(code);
}

export function errorWords(code: ErrorCode): string {
  return SENTENCES[code];
}

export const WRITE_NOTES: Readonly<Record<WriteNote, string>> = {
  denied: 'The customer declined Write Mode.',
  timeout: 'The customer did not answer.',
  'not-offered': 'Write Mode is not offered on this site.',
  'ended-by-customer': 'The customer ended Write Mode.',
  interrupted: 'Write Mode ended because the page was left or reloaded.',
  unreachable: 'The customer’s page cannot be reached right now.',
};

export const REFUSALS: Readonly<Record<Exclude<Outcome, 'done'>, string>> = {
  'refused:mode': 'Not done: Write Mode is off.',
  'refused:restricted': 'Not done: this control is restricted.',
  'refused:masked': 'Not done: this field is hidden from you.',
  'refused:submit': 'Not done: only the customer can submit.',
  'refused:widget': 'Not done: the customer’s co-browse toolbar lies over it. They can move it.',
  'refused:origin': 'Not done: this address is not on the customer’s site.',
  'refused:rate': 'Not done: too many actions at once.',
  'refused:unsupported': 'Not done: this kind of field or link cannot be used from here.',
  gone: 'Not done: this is no longer on the page.',
  covered: 'Not done: something covers it on the customer’s screen.',
  prevented: 'The page did not accept it.',
  failed: 'It did not work on the customer’s page.',
};

export const NOT_SHOWN_WORDS: Readonly<Record<NotShownReason, string>> = {
  'cross-origin': 'from another site',
  'too-large': 'too large',
  unsupported: 'cannot be mirrored',
  unreadable: 'could not be read',
  font: 'has fonts that a script made',
};
