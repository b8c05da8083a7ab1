import type { VNode } from 'preact';
import { formatDuration } from './duration.ts';
import type { Session } from './session.ts';
import { useNow } from './use-now.ts';

/** Nobody has done anything for a while: how long the session still lasts, and what keeps it. */
export function IdleBanner({ session }: { readonly session: Session }): VNode {
  const until = session.idleUntil.value;
  const now = useNow(until > 0);
  return (
    <div class="idle-banner" role="status" aria-label="Inactivity">
      {until > 0 && (
        <>
          <span>Nobody has done anything for a while. The session ends soon.</span>
          <b class="numbers" aria-live="off">
            {formatDuration(until - now + 999)}
          </b>
          <button type="button" onClick={() => session.goOn()}>
            Continue
          </button>
        </>
      )}
    </div>
  );
}
