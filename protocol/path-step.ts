/**
 * A step of an ICE restart: the same connection finds another way through the network. The agent's side asks, and offers
 * once the other says that it is here; the server passes it on to the other side of the session.
 */
export interface PathStep {
  /** PeerJS's name of the connection: a step for another one is nobody's. */
  readonly call: string;
  /** The agent counts tries; an answer and candidates say which one they belong to. */
  readonly attempt: number;
  readonly kind: (typeof KINDS)[number];
  /** A session description, or one candidate's line. */
  readonly text: string;
}

const KINDS = ['ask', 'here', 'offer', 'answer', 'candidate'] as const;
const MAX_CALL_UNITS = 100;
const MAX_TEXT_UNITS = 16_384;

/** `null`: malformed. Never throws. */
export function parsePathStep(raw: unknown): PathStep | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { call, attempt, kind, text } = raw as Record<string, unknown>;
  if (typeof call !== 'string' || call.length > MAX_CALL_UNITS) return null;
  if (!Number.isSafeInteger(attempt) || (attempt as number) < 0) return null;
  if (!KINDS.includes(kind as PathStep['kind'])) return null;
  if (typeof text !== 'string' || text.length > MAX_TEXT_UNITS) return null;
  return { call, attempt: attempt as number, kind: kind as PathStep['kind'], text };
}
