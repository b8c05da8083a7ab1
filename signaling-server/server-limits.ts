import { MAX_SOCKET_FRAME_BYTES, RETURN_PATIENCE_MS } from '../protocol/limits.ts';

/**
 * The server's own maxima. Bytes or counts unless the name says otherwise; times end in `_MS` or `Ms`. Those that more
 * than one room must agree on are in protocol/limits.ts; those that each site chooses are in its settings.
 */
export interface ServerLimits {
  /** Wrong passwords for one account. */
  readonly wrongPasswordsPerAccount: TriesLimit;
  /** Wrong session IDs: one agent, one address. */
  readonly wrongJoinsPerAgent: TriesLimit;
  readonly wrongJoinsPerAddress: TriesLimit;
  /** Wrong session IDs in all, whoever sends them: a bucket. */
  readonly wrongJoinsInAll: { readonly burst: number; readonly perSecond: number };
  /** Requests to `/api/`, of one address, per minute. */
  readonly requestsPerMinute: number;
  readonly signInsPerMinute: number;
  readonly startsPerMinute: number;
  /** Of other hosts, for the pages of one address. */
  readonly filesPerMinute: number;
  /** Password hashes under way or waiting; each takes 32 MiB while it runs. */
  readonly passwordChecksAtOnce: number;
  readonly liveSessions: number;
  readonly socketsPerAddress: number;
  readonly socketsInAll: number;
  /** Messages on one socket. Above the burst they are dropped; `closeAfterDropped` dropped ones later it is closed. */
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  readonly closeAfterDropped: number;
  /** What one socket may leave unread before it is cut. */
  readonly unreadBytes: number;
  readonly frameBytes: number;
  readonly bodyBytes: number;
  readonly headerBytes: number;
  /** How long the head of a request may take, from the opening of its socket. */
  readonly headMs: number;
  readonly helloTimeoutMs: number;
  readonly pingEveryMs: number;
  /** After a restart nobody is away for good before this time has passed. */
  readonly returnPatienceMs: number;
  /** How long a stopping server waits for its sockets to say goodbye. */
  readonly goodbyeMs: number;
}

export interface TriesLimit {
  readonly tries: number;
  readonly withinMs: number;
}

const TEN_MINUTES_MS = 10 * 60_000;

export const SERVER_LIMITS: ServerLimits = {
  wrongPasswordsPerAccount: { tries: 10, withinMs: TEN_MINUTES_MS },
  wrongJoinsPerAgent: { tries: 10, withinMs: TEN_MINUTES_MS },
  // A call centre is one address with hundreds of people who mistype now and then.
  wrongJoinsPerAddress: { tries: 100, withinMs: TEN_MINUTES_MS },
  wrongJoinsInAll: { burst: 600, perSecond: 1 },
  requestsPerMinute: 1_200,
  signInsPerMinute: 60,
  startsPerMinute: 60,
  filesPerMinute: 600,
  passwordChecksAtOnce: 32,
  liveSessions: 20_000,
  socketsPerAddress: 2_000,
  socketsInAll: 100_000,
  messagesPerSecond: 100,
  messageBurst: 300,
  closeAfterDropped: 1_000,
  unreadBytes: 1024 * 1024,
  frameBytes: MAX_SOCKET_FRAME_BYTES,
  bodyBytes: 64 * 1024,
  headerBytes: 16 * 1024,
  headMs: 10_000,
  helloTimeoutMs: 5_000,
  pingEveryMs: 20_000,
  returnPatienceMs: RETURN_PATIENCE_MS,
  goodbyeMs: 1_000,
};
