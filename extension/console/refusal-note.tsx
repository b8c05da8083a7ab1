import type { VNode } from 'preact';
import type { Session } from './session.ts';
import { REFUSALS } from './words.ts';

/** Why the agent's last act came to nothing. It floats over the page, so that nothing moves for it. */
export function RefusalNote({ session }: { readonly session: Session }): VNode {
  const refusal = session.refusal.value;
  return (
    <p class="refusal" role="status" aria-label="Last action" data-empty={refusal === null}>
      {refusal === null ? '' : REFUSALS[refusal]}
    </p>
  );
}
