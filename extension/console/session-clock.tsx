import type { VNode } from 'preact';
import { formatDuration } from './duration.ts';
import { useNow } from './use-now.ts';

/** How long the session has been going on; `since` in Unix milliseconds. */
export function SessionClock({ since }: { readonly since: number }): VNode {
  useNow();
  return (
    <span class="clock" title="Duration">
      {formatDuration(Date.now() - since)}
    </span>
  );
}
