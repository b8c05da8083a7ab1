/**
 * The PeerJS messages of one pair. PeerJS's clients send `{ type, dst, payload }` and get `{ type, src, dst, payload }`;
 * `src` is set here and what the sender claims is not looked at.
 */
type Relayed =
  | { readonly outcome: 'forward'; readonly text: string }
  | { readonly outcome: 'heartbeat' }
  /** Counted and dropped: not a message that PeerJS sends, or the other one is not there. */
  | { readonly outcome: 'drop' }
  /** Meant for somebody else. Answered alike whether that name exists or not. */
  | { readonly outcome: 'not_paired' };

const RELAYED_TYPES: readonly unknown[] = ['OFFER', 'ANSWER', 'CANDIDATE', 'LEAVE'];

/** Reads what the peer `from` sent, for the only peer it may reach. Never throws. */
export function relay(frame: string, from: string, to: string): Relayed {
  try {
    const message: unknown = JSON.parse(frame);
    if (typeof message !== 'object' || message === null || Array.isArray(message)) return { outcome: 'drop' };
    const { type, dst, payload } = message as Record<string, unknown>;
    if (type === 'HEARTBEAT') return { outcome: 'heartbeat' };
    if (!RELAYED_TYPES.includes(type)) return { outcome: 'drop' };
    if (dst !== to) return { outcome: 'not_paired' };
    return { outcome: 'forward', text: JSON.stringify({ type, src: from, dst: to, payload }) };
  } catch {
    // Not JSON, or nested deeper than JSON.stringify can follow.
    return { outcome: 'drop' };
  }
}
