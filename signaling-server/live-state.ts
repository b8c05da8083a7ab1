import type { SessionId } from '../protocol/session-id.ts';

/**
 * What a session needs to go on after the process was killed: it lies in the session's row for as long as the session
 * lives, and not a moment longer. Tokens are there as hashes only.
 */
export interface LiveState {
  readonly id: SessionId;
  readonly customer: SeatRecord;
  /** `null` while nobody has joined. */
  readonly agent: (SeatRecord & { readonly name: string }) | null;
}

export interface SeatRecord {
  /** See `seatHashOf`: of every token that opens it. A customer has one for each origin of the site. */
  readonly hashes: readonly string[];
  /** The name of its PeerJS socket; `null` until the join. */
  readonly peer: string | null;
  /** Since when its socket has been gone, Unix milliseconds; `null`: it is there, or has never been. */
  readonly leftAt: number | null;
  /** It did not leave: the process it was connected to was stopped. */
  readonly isLost?: boolean;
}

/** `null`: not one of ours, or torn. Never throws. */
export function readLiveState(json: string): LiveState | null {
  try {
    const raw = JSON.parse(json) as Partial<LiveState> | null;
    if (typeof raw !== 'object' || raw === null) return null;
    const { id, customer, agent } = raw;
    if (typeof id !== 'string' || !/^\d{9}$/u.test(id) || !isSeat(customer)) return null;
    if (agent !== null && !(isSeat(agent) && typeof agent.name === 'string')) return null;
    return { id, customer, agent };
  } catch {
    return null;
  }
}

function isSeat(raw: SeatRecord | undefined): raw is SeatRecord {
  return (
    typeof raw === 'object' &&
    Array.isArray(raw.hashes) &&
    raw.hashes.every((hash) => typeof hash === 'string') &&
    (raw.peer === null || typeof raw.peer === 'string') &&
    (raw.leftAt === null || Number.isSafeInteger(raw.leftAt)) &&
    (raw.isLost === undefined || typeof raw.isLost === 'boolean')
  );
}
