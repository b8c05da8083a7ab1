import type { VNode } from 'preact';
import { formatDuration } from '../duration.ts';
import type { Session, Stage } from '../session.ts';
import { useNow } from '../use-now.ts';
import { errorWords, STAGE_WORDS, VIEWER_FAILED_WORDS, VIEWER_STALLED_WORDS } from '../words.ts';

const BUSY: readonly Stage[] = ['connecting', 'building', 'disconnected'];

/** What is between the two sides says more than what happens on this one. */
function isCut(stage: Stage): boolean {
  return stage === 'disconnected' || stage === 'paused';
}

/** Over the mirror, whenever what is seen is not what the customer sees now. Never in the way of **Exit Session**. */
export function Veil({ session }: { readonly session: Session }): VNode | null {
  const stage = session.stage.value;
  const now = useNow(stage === 'paused');
  const failed = session.screen.viewerFailed.value;
  const stalled = session.screen.viewerStalled.value && !isCut(stage);
  if (stage === 'ended' || (stage === 'live' && !failed && !stalled)) return null;
  const words = failed ? VIEWER_FAILED_WORDS : stalled ? VIEWER_STALLED_WORDS : STAGE_WORDS[stage];
  const trouble = stage === 'connecting' ? session.trouble.value : null;
  const until = session.pausedUntil.value;
  return (
    <div
      class="veil"
      data-stage={stalled ? 'stalled' : stage}
      data-empty={!session.screen.shown.value}
      data-before={session.screen.mirrors.value.before !== null}
    >
      <div class="veil-panel">
        {!failed && BUSY.includes(stage) && <i class="spinner" aria-hidden="true" />}
        <strong>{words.title}</strong>
        <p>{trouble === null ? words.detail : `${errorWords(trouble)} Trying again…`}</p>
        {stage === 'paused' && until > 0 && (
          <p class="numbers">
            Ends in <b>{formatDuration(until - now + 999)}</b>
          </p>
        )}
      </div>
    </div>
  );
}
