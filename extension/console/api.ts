/** The server's HTTP side as the extension uses it. Every failure is an `ErrorCode`; nothing here throws. */
import { isErrorCode, type ErrorCode } from '../../protocol/errors.ts';
import { MAX_LABEL_UNITS } from '../../protocol/limits.ts';
import { parseSessionId, type SessionId } from '../../protocol/session-id.ts';
import {
  parseIceServers,
  type IceServer,
  type JoinResponse,
  type LiveSession,
  type ReturnResponse,
  type Side,
  type SignInResponse,
} from '../../protocol/signaling.ts';
import { parseAgentAccount } from '../agent-account.ts';
import { cleanText } from '../clean-text.ts';
import { isDate, isRecord, isText } from '../shape.ts';
import { parseSiteSettings } from '../site-settings.ts';

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: ErrorCode };

const TIMEOUT_MS = 10_000;
const MAX_LIVE_SESSIONS = 1_000;

export function signIn(server: string, email: string, password: string): Promise<Answer<SignInResponse>> {
  return ask(server, '/api/sign-in', { body: { email, password } }, parseSignIn);
}

/** The server forgets the token. Whether it heard is of no consequence here. */
export function signOut(server: string, token: string): Promise<Answer<true>> {
  return ask(server, '/api/sign-out', { token, body: {} }, () => true);
}

export function join(server: string, token: string, sessionId: SessionId): Promise<Answer<JoinResponse>> {
  return ask(server, '/api/sessions/join', { token, body: { sessionId } }, parseJoin);
}

/** The agent's own session, for a console that does not know it. */
export function returnToSession(server: string, token: string): Promise<Answer<ReturnResponse>> {
  return ask(server, '/api/sessions/return', { token, body: {} }, parseReturn);
}

export function liveSessions(server: string, token: string): Promise<Answer<LiveSession[]>> {
  return ask(server, '/api/sessions/live', { token }, parseLiveSessions);
}

/** The STUN and TURN servers to try: with credentials when the token is good, otherwise their addresses alone. */
export function checkServers(server: string, token: string): Promise<Answer<IceServer[]>> {
  return ask(server, '/api/check', token === '' ? {} : { token }, (raw) =>
    isRecord(raw) ? parseIceServers(raw['iceServers']) : null,
  );
}

/** Whether a co-browse server answers there. */
export function health(server: string): Promise<Answer<true>> {
  return ask(server, '/healthz', {}, () => true);
}

interface Request {
  readonly token?: string;
  readonly body?: Record<string, unknown>;
}

/** One question to the server. `parse` answers `null` to what it does not believe. */
export async function ask<T>(
  server: string,
  path: string,
  { token, body }: Request,
  parse: (raw: unknown) => T | null,
): Promise<Answer<T>> {
  let response: Response;
  let raw: unknown;
  try {
    response = await fetch(`${server}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    raw = await readBody(response);
  } catch {
    return { ok: false, code: 'server_unreachable' };
  }
  if (!response.ok) return { ok: false, code: codeOf(response.status, raw) };
  const value = parse(raw);
  return value === null ? { ok: false, code: 'server_error' } : { ok: true, value };
}

/** Not JSON (a proxy's page, an empty 204) is `null`; a body cut off on the way throws like a failed request. */
async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function codeOf(status: number, raw: unknown): ErrorCode {
  const code = isRecord(raw) && isRecord(raw['error']) ? raw['error']['code'] : null;
  if (isErrorCode(code)) return code;
  switch (status) {
    case 401:
      return 'not_signed_in';
    case 403:
      return 'role_not_allowed';
    case 429:
      return 'too_many_tries';
    case 502:
    case 504:
      return 'server_unreachable';
    case 503:
      return 'server_busy';
    default:
      return status < 500 ? 'bad_request' : 'server_error';
  }
}

function parseSignIn(raw: unknown): SignInResponse | null {
  if (!isRecord(raw) || !isText(raw['token'])) return null;
  const agent = parseAgentAccount(raw['agent']);
  return agent === null ? null : { token: raw['token'], agent };
}

function parseJoin(raw: unknown): JoinResponse | null {
  if (!isRecord(raw) || !isText(raw['historyId']) || !isText(raw['token'])) return null;
  const settings = parseSiteSettings(raw['settings']);
  return settings === null ? null : { historyId: raw['historyId'], token: raw['token'], settings };
}

function parseReturn(raw: unknown): ReturnResponse | null {
  const joined = parseJoin(raw);
  if (joined === null || !isRecord(raw) || !isText(raw['sessionId']) || !isDate(raw['joinedAt'])) return null;
  return { ...joined, sessionId: raw['sessionId'], joinedAt: raw['joinedAt'] };
}

function parseLiveSessions(raw: unknown): LiveSession[] | null {
  if (!isRecord(raw) || !Array.isArray(raw['sessions'])) return null;
  return raw['sessions']
    .slice(0, MAX_LIVE_SESSIONS)
    .map(parseLiveSession)
    .filter((session) => session !== null);
}

function parseLiveSession(raw: unknown): LiveSession | null {
  if (!isRecord(raw)) return null;
  const { historyId, state, channel, startedAt, joinedAt, agentName } = raw;
  const away = Array.isArray(raw['away']) ? raw['away'] : [];
  const sessionId = isText(raw['sessionId']) ? parseSessionId(raw['sessionId']) : null;
  if (!isText(historyId) || sessionId === null) return null;
  if (state !== 'waiting' && state !== 'active' && state !== 'paused') return null;
  if (channel !== 'voice' && channel !== 'chat') return null;
  if (!isDate(startedAt)) return null;
  return {
    historyId,
    sessionId,
    state,
    away: away.filter((side): side is Side => side === 'customer' || side === 'agent'),
    channel,
    startedAt,
    joinedAt: isDate(joinedAt) ? joinedAt : null,
    agentName: isText(agentName) ? cleanText(agentName, MAX_LABEL_UNITS) : null,
  };
}
