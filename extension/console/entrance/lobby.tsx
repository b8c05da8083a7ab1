import type { VNode } from 'preact';
import type { AgentAccount } from '../../../protocol/signaling.ts';
import type { Desk } from '../desk.ts';
import { formatDuration } from '../duration.ts';
import { JoinForm } from './join-form.tsx';
import { TopBar } from '../top-bar.tsx';
import { endWords } from '../words.ts';

/** Signed in, no session: the way into the next one, and how the last one ended. */
export function Lobby({ desk, agent }: { readonly desk: Desk; readonly agent: AgentAccount }): VNode {
  const ended = desk.lastEnded.value;
  return (
    <div class="console">
      <TopBar desk={desk} />
      <main class="lobby">
        <section class="ended" role="status" aria-label="Last session">
          {ended !== null && (
            <div class="ended-panel" data-fault={ended.code !== null}>
              <strong>Session ended</strong>
              <p>{endWords(ended)}</p>
              <span class="numbers">It lasted {formatDuration(ended.durationMs)}.</span>
            </div>
          )}
          {desk.elsewhere.value && (
            <div class="ended-panel">
              <strong>A session is open in another tab</strong>
              <p>Go on there, or close that tab and reload this one.</p>
            </div>
          )}
        </section>
        <section class="card join-card">
          <h1>{ended === null ? 'Join a customer' : 'Join the next customer'}</h1>
          <p class="hint">
            Ask for the nine digits the customer of {agent.site.name} sees after <b class="term">Start Co-browse</b>.
          </p>
          <JoinForm desk={desk} />
        </section>
      </main>
    </div>
  );
}
