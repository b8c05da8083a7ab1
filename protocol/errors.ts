/** Every code either side reports, with the sentence a person reads. */
export const SENTENCES = {
  // Joining and starting
  not_signed_in: 'Please sign in again.',
  wrong_credentials: 'The email or the password is not right.',
  too_many_tries: 'Too many tries. Wait a minute and try again.',
  session_not_found:
    'No customer is waiting under this session ID. It may be mistyped, expired or already in use: please ask the customer for a new one.',
  malformed_session_id: 'A session ID has nine digits.',
  agent_busy: 'You are already in a co-browse session. Exit it before joining another.',
  customer_busy: 'A co-browse session is already under way on this page.',
  site_not_found: 'This site is not known to the co-browse server.',
  origin_not_allowed: 'This page is not one of the addresses registered for the site.',
  role_not_allowed: 'Your account does not allow this.',
  server_unreachable: 'The co-browse server cannot be reached. Check your connection and try again.',
  server_busy: 'The co-browse server is very busy. Please try again in a moment.',
  server_error: 'Something went wrong on the co-browse server. Please try again.',
  rules_changed: 'Somebody else has published rules meanwhile. Look at theirs, then publish yours again.',
  rules_unreadable: 'These rules cannot be published.',
  bad_request: 'The co-browse server did not understand the request.',
  // The sockets
  bad_token: 'This session is no longer valid.',
  bad_message: 'The connection was closed because of a message that could not be read.',
  version_mismatch: 'This page and the agent’s extension speak different versions. Please update the older one.',
  not_paired: 'You are not paired with this peer.',
  replaced: 'The session was opened somewhere else.',
  // The data channel
  channel_failed: 'No direct connection could be made. A firewall may be blocking it.',
  too_large: 'The page is too large to be shown completely.',
  page_unreadable: 'This page could not be shared.',
  out_of_step: 'The picture was renewed because a change could not be followed.',
} as const;

export type ErrorCode = keyof typeof SENTENCES;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(SENTENCES, value);
}

/** Why a session ended, kept in the history. One reason for every end. */
export const END_REASONS = [
  'customer_ended',
  'agent_ended',
  'interaction_ended',
  'idle_timeout',
  'away_timeout',
  'pending_timeout',
  'connection_lost',
  'policy',
] as const;
export type EndReason = (typeof END_REASONS)[number];

export function isEndReason(value: unknown): value is EndReason {
  return END_REASONS.includes(value as EndReason);
}

/** What came of an agent's act. `done`, or why not. */
export const OUTCOMES = [
  'done',
  'refused:mode',
  'refused:restricted',
  'refused:masked',
  'refused:submit',
  'refused:widget',
  'refused:origin',
  'refused:rate',
  'refused:unsupported',
  'gone',
  'covered',
  'prevented',
  'failed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
