import type { VNode } from 'preact';
import type { Session } from './session.ts';

const WHY =
  'The customer reads the same three words in their toolbar; every page they open has new ones. If theirs are others, somebody may be listening in: exit.';

/** Three words that tell both sides that nobody stands between them. */
export function SafetyWords({ session }: { readonly session: Session }): VNode | null {
  const words = session.safetyWords.value;
  if (words === '') return null;
  return (
    <span class="session-number" role="note" aria-label="Safety words" title={WHY}>
      {words}
    </span>
  );
}
