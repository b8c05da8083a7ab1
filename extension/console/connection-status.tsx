import { assertNever } from '../../protocol/assert-never.ts';
import type { VNode } from 'preact';
import { LATENCY_GOOD_MS, LATENCY_POOR_MS } from '../../protocol/limits.ts';
import type { Session, Stage } from './session.ts';
import { STAGE_WORDS } from './words.ts';

type Tone = 'good' | 'fair' | 'poor' | 'wait';

/** A dot, words, and the latency. Each says the same, so that nobody needs the colour. */
export function ConnectionStatus({ session }: { readonly session: Session }): VNode {
  const stage = session.stage.value;
  const latency = session.latencyMs.value;
  const words = stage === 'ended' ? 'Ended' : STAGE_WORDS[stage].short;
  const troubles = [
    ...(stage === 'live' && session.isLate.value ? ['no answer'] : []),
    ...(session.serverLost.value ? ['server lost'] : []),
  ];
  const measured = latency !== null && (stage === 'live' || stage === 'building' || stage === 'quiet');
  return (
    <div class="connection" role="status" aria-label="Connection" data-tone={tone(stage, latency)}>
      <i class="dot" aria-hidden="true" />
      <span class="connection-words">{[words, ...troubles].join(', ')}</span>
      {/* It changes every second: never read out by itself. */}
      <span class="latency numbers" aria-live="off">
        {measured ? `${Math.max(1, Math.round(latency))} ms` : ''}
      </span>
    </div>
  );
}

function tone(stage: Stage, latency: number | null): Tone {
  switch (stage) {
    case 'live':
      if (latency === null || latency <= LATENCY_GOOD_MS) return 'good';
      return latency > LATENCY_POOR_MS ? 'poor' : 'fair';
    case 'quiet':
    case 'paused':
      return 'fair';
    case 'disconnected':
    case 'ended':
      return 'poor';
    case 'connecting':
    case 'building':
      return 'wait';
    default:
      return assertNever(stage);
  }
}
