/**
 * What snippet, extension and server say to each other: JSON over HTTPS and over the session socket (`WS /session`).
 * The PeerJS socket (`WS /peerjs`) speaks PeerJS's own protocol and is not described here. docs/protocol.md has the road.
 */
import type { OriginPattern } from './origin.ts';
import { isEndReason, isErrorCode, type EndReason, type ErrorCode } from './errors.ts';
import type { PathStep } from './path-step.ts';
import type { ReceiptEntry } from './receipt.ts';
import type { RuleProblem, RulesBody } from './rules.ts';
import { isCount, isShortString, parseObject } from './socket-frame.ts';

export type Channel = 'voice' | 'chat';
export type Role = 'agent' | 'lead' | 'admin';
/** `waiting` is mission's *idle*: the ID is out and nobody has joined. */
export type SessionState = 'waiting' | 'active' | 'paused' | 'ended';
export type Side = 'customer' | 'agent';

// --- HTTP -----------------------------------------------------------------------------------------------------------

/** Every HTTP error: a code of ours and its sentence. Status 400, 401, 403, 404, 409, 413, 429, 500 or 503. */
export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly message: string };
}

export interface AgentAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly site: { readonly key: string; readonly name: string };
}

/** POST /api/sign-in */
export interface SignInRequest {
  readonly email: string;
  readonly password: string;
}
export interface SignInResponse {
  /** Bearer token, 12 hours. */
  readonly token: string;
  readonly agent: AgentAccount;
}
/** GET /api/me (Bearer) → AgentAccount · POST /api/sign-out (Bearer) → 204 */

/** GET /api/sites/:key/settings (Origin checked): what the snippet needs before a session exists. */
export interface SiteSettings {
  readonly name: string;
  /** The number to call, as people read it; empty when there is none. */
  readonly phone: string;
  readonly writeMode: boolean;
  /** Write mode is to be asked for again on every page; else it goes with the customer, as the session does. */
  readonly writeModeEndsWithPage: boolean;
  readonly pendingTimeoutMs: number;
  readonly writeRequestTimeoutMs: number;
  readonly awayTimeoutMs: number;
  readonly idleTimeoutMs: number;
}
/** What only the customer's side needs to know beside it. */
export interface CustomerSettings extends SiteSettings {
  /** Whose files the server fetches for pages that may not read them, see `FileRequest`. */
  readonly fileHosts: readonly OriginPattern[];
}
/**
 * POST /api/sessions/file (Bearer: the customer's token; Origin checked) → the file as it is, without anybody's cookies;
 * for a picture, font or style sheet that a page shows and may not read itself.
 */
export interface FileRequest {
  readonly url: string;
}

/** POST /api/sessions (Origin checked) */
export interface StartRequest {
  readonly site: string;
  readonly channel: Channel;
  readonly interactionId?: string;
}
export interface StartResponse {
  /** Nine digits, no separators. */
  readonly sessionId: string;
  readonly historyId: string;
  /** The customer's key to this session, and to nothing else. */
  readonly token: string;
  readonly settings: CustomerSettings;
}

/** POST /api/sessions/resume (Origin checked): the session goes on on another origin of the site. */
export interface ResumeResponse extends StartResponse {
  readonly channel: Channel;
}

/** POST /api/sessions/join (Bearer) */
export interface JoinRequest {
  /** As typed: separators are allowed. */
  readonly sessionId: string;
}
export interface JoinResponse {
  readonly historyId: string;
  /** The agent's key to this session, and to nothing else. */
  readonly token: string;
  readonly settings: SiteSettings;
}

/** POST /api/sessions/return (Bearer): the agent's own session, under a new token; the one before is dead. */
export interface ReturnResponse extends JoinResponse {
  /** Nine digits. */
  readonly sessionId: string;
  /** ISO 8601. */
  readonly joinedAt: string;
}

/** GET /api/sessions/live (Bearer): agents see their own, leads and admins their site's. */
export interface LiveSession {
  readonly historyId: string;
  /** Nine digits while the session lives. */
  readonly sessionId: string;
  readonly state: Exclude<SessionState, 'ended'>;
  /** Who is missing while `paused`. */
  readonly away: Side[];
  readonly channel: Channel;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly joinedAt: string | null;
  readonly agentName: string | null;
}
export interface LiveSessions {
  readonly sessions: readonly LiveSession[];
}

/** GET /api/sessions/:historyId/acts (Bearer, leads and administrators): what the agent did in Write mode. */
export interface SessionActs {
  readonly acts: readonly {
    /** ISO 8601. */
    readonly at: string;
    readonly act: string;
    readonly name: string;
    readonly outcome: string;
    readonly times: number;
  }[];
}

/** GET /api/sites/:key/rules (Origin checked, ETag) → RuleSet, see rules.ts */

/** GET /api/rules (Bearer, administrators): what has been published for their site, the newest first. */
export interface RulesHistory {
  readonly versions: readonly RulesVersion[];
  /** What pages have reported about the newest version. */
  readonly problems: readonly CountedRuleProblem[];
}
export interface RulesVersion {
  readonly version: number;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly publishedBy: string;
  /** What the administrator wrote about it; "Version 3 again" for one rolled back to. */
  readonly note: string;
  readonly rules: number;
}
export interface CountedRuleProblem extends RuleProblem {
  /** Pages that reported it. */
  readonly count: number;
}
/** GET /api/rules/:version (Bearer, administrators) → RuleSet */

/** POST /api/rules (Bearer, administrators) → RulesVersion. Refused with `rules_changed` when `basedOn` is not the newest. */
export interface PublishRulesRequest extends RulesBody {
  /** The version the editor started from; 0: there was none. */
  readonly basedOn: number;
  readonly note: string;
}
/** POST /api/rules/:version/restore (Bearer, administrators) → RulesVersion: publishes an old version anew. */
export interface RestoreRulesRequest {
  readonly basedOn: number;
}

// --- The session socket ---------------------------------------------------------------------------------------------

/** What a client says. `hello` comes first and once; anything else before it ends the socket. */
export type ClientMessage =
  | {
      readonly type: 'hello';
      readonly version: number;
      readonly token: string;
      /** A data channel to the other side is open and was heard from: it need not be made anew. */
      readonly linked: boolean;
    }
  /** The session is over: by one's own doing, or as the other side has said on the data channel. */
  | { readonly type: 'end'; readonly reason: 'customer_ended' | 'agent_ended' | 'interaction_ended' | 'policy' }
  /** "My data channel is open now." */
  | { readonly type: 'linked' }
  /** "Somebody did something here", so many milliseconds ago. At most every 15 s. */
  | { readonly type: 'active'; readonly agoMs: number }
  /** "My data channel is lost and I cannot bring it back": the server asks the other side to reconnect. */
  | { readonly type: 'reconnect' }
  /** For the other side: the connection there is looks for another way. */
  | { readonly type: 'path'; readonly step: PathStep }
  /** The customer's page could not read some of the site's rules. */
  | { readonly type: 'rule-problems'; readonly version: number; readonly problems: readonly RuleProblem[] }
  /** The customer's page: how many values have been hidden from the agent in this session so far. Never which. */
  | { readonly type: 'hidden'; readonly count: number }
  /** The customer's page: what the agent has done in Write mode, as it happens. */
  | { readonly type: 'acts'; readonly acts: readonly ReceiptEntry[] }
  | { readonly type: 'ping' };

export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** What the server says. */
export type ServerMessage =
  /** Sent after `hello` and at every change. */
  | {
      readonly type: 'state';
      readonly state: Exclude<SessionState, 'ended'>;
      readonly historyId: string;
      /** Nine digits; to the customer always, to the agent while active. */
      readonly sessionId: string;
      readonly channel: Channel;
      /** Empty until an agent joined. */
      readonly agentName: string;
      /** Who is missing while `paused`. */
      readonly away: readonly Side[];
      /** Milliseconds until `waiting` or `paused` ends by itself; 0 when nothing runs. */
      readonly remainingMs: number;
    }
  /** The name to open the PeerJS socket under, and the key to it. Once a session is active; again after each `hello`. */
  | {
      readonly type: 'peer';
      readonly name: string;
      readonly token: string;
      readonly iceServers: readonly IceServer[];
    }
  /** To the customer only: the agent's PeerJS socket is open, call this name. Again when the agent came back. */
  | { readonly type: 'connect'; readonly to: string }
  /** To the customer only, after each `hello`, where the site has several origins: good once, to go on at another. */
  | { readonly type: 'pass'; readonly code: string; readonly origins: readonly OriginPattern[] }
  /** To the customer only, after each `hello` and whenever rules are published: the newest version. */
  | { readonly type: 'rules'; readonly version: number }
  /** The other side's `PathStep`, unread: whoever holds the connection reads it. */
  | { readonly type: 'path'; readonly step: unknown }
  /** Nobody has done anything for a while: it ends by itself in so many milliseconds. 0: somebody is there after all. */
  | { readonly type: 'idle'; readonly remainingMs: number }
  /** The last message of a session; the server closes the socket after it. */
  | { readonly type: 'ended'; readonly reason: EndReason }
  /** The socket is closed after it; the session may live on. */
  | { readonly type: 'error'; readonly code: ErrorCode }
  | { readonly type: 'pong' };

/** Parses a server's frame. `null`: not one of ours, malformed, or too long. Never throws. */
export function parseServerMessage(frame: string): ServerMessage | null {
  const raw = parseObject(frame);
  if (raw === null) return null;
  switch (raw['type']) {
    case 'state':
      return parseState(raw);
    case 'peer':
      return isShortString(raw['name']) && isShortString(raw['token'])
        ? { type: 'peer', name: raw['name'], token: raw['token'], iceServers: parseIceServers(raw['iceServers']) }
        : null;
    case 'connect':
      return isShortString(raw['to']) ? { type: 'connect', to: raw['to'] } : null;
    case 'pass': {
      const { code, origins } = raw;
      return isShortString(code) && Array.isArray(origins) && origins.every(isShortString)
        ? { type: 'pass', code, origins }
        : null;
    }
    case 'path':
      return { type: 'path', step: raw['step'] };
    case 'rules':
      return isCount(raw['version']) ? { type: 'rules', version: raw['version'] } : null;
    case 'idle':
      return isCount(raw['remainingMs']) ? { type: 'idle', remainingMs: raw['remainingMs'] } : null;
    case 'ended':
      return isEndReason(raw['reason']) ? { type: 'ended', reason: raw['reason'] } : null;
    case 'error':
      return isErrorCode(raw['code']) ? { type: 'error', code: raw['code'] } : null;
    case 'pong':
      return { type: 'pong' };
    default:
      return null;
  }
}

function parseState(raw: Record<string, unknown>): ServerMessage | null {
  const { state, historyId, sessionId, channel, agentName, away, remainingMs } = raw;
  if (state !== 'waiting' && state !== 'active' && state !== 'paused') return null;
  if (!isShortString(historyId) || !isShortString(sessionId) || !isShortString(agentName)) return null;
  if (channel !== 'voice' && channel !== 'chat') return null;
  if (!Array.isArray(away) || !isCount(remainingMs)) return null;
  const sides = away.filter((side): side is Side => side === 'customer' || side === 'agent');
  return { type: 'state', state, historyId, sessionId, channel, agentName, away: sides, remainingMs };
}

/** What cannot be read is left out. Never throws. */
export function parseIceServers(raw: unknown): IceServer[] {
  if (!Array.isArray(raw)) return [];
  const servers: IceServer[] = [];
  for (const entry of raw.slice(0, 16)) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { urls, username, credential } = entry as Record<string, unknown>;
    if (!Array.isArray(urls) || !urls.every(isShortString)) continue;
    const withoutLogin = { urls };
    servers.push(isShortString(username) && isShortString(credential) ? { urls, username, credential } : withoutLogin);
  }
  return servers;
}
