import { randomInt } from 'node:crypto';
import { SESSION_ID_DIGITS } from '../protocol/limits.ts';
import type { SessionId } from '../protocol/session-id.ts';

/** A billion numbers and a few thousand sessions: taken ones are rare, and a thousand in a row cannot be chance. */
const MAX_DRAWS = 1_000;

/**
 * Nine digits, each number equally likely (`randomInt` throws away what would make some likelier), not yet taken.
 * @throws when no free number turns up, which only a broken `isTaken` can cause.
 */
export function mintSessionId(
  isTaken: (id: SessionId) => boolean,
  draw: (max: number) => number = randomInt,
): SessionId {
  for (let draws = 0; draws < MAX_DRAWS; draws += 1) {
    const id = String(draw(10 ** SESSION_ID_DIGITS)).padStart(SESSION_ID_DIGITS, '0') as SessionId;
    if (!isTaken(id)) return id;
  }
  throw new Error('No free session ID was found.');
}
