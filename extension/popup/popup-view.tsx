import type { VNode } from 'preact';
import { SENTENCES } from '../../protocol/errors.ts';
import type { LiveSession } from '../../protocol/signaling.ts';
import { Mark } from '../console/drawing/mark.tsx';
import { showSessionId } from '../console/entrance/session-id-typing.ts';
import type { LiveList } from './live-list.ts';

const STATE_WORDS: Readonly<Record<LiveSession['state'], string>> = {
  waiting: 'Waiting',
  active: 'Active',
  paused: 'Paused',
};
const STATES = ['active', 'paused', 'waiting'] as const;

export function PopupView({ list }: { readonly list: LiveList }): VNode {
  const agent = list.agent.value;
  return (
    <div class="popup">
      <header>
        <span class="brand">
          <Mark />
          Alongside
        </span>
        <button class="primary" type="button" onClick={() => void openConsole()}>
          Open console
        </button>
      </header>
      <main>{agent === null ? <SignedOut /> : <Sessions list={list} />}</main>
      <footer>
        <span class="who">{agent === null || agent === undefined ? '' : `${agent.name} · ${agent.site.name}`}</span>
        {agent?.role === 'admin' && (
          <a href="../restrictions/restrictions.html" target="_blank" rel="noreferrer">
            DOM restrictions
          </a>
        )}
        <a href="../options/options.html" target="_blank" rel="noreferrer">
          Options
        </a>
      </footer>
    </div>
  );
}

function SignedOut(): VNode {
  return (
    <div class="empty">
      <strong>You are not signed in</strong>
      <p>Open the console and sign in to see the live sessions.</p>
    </div>
  );
}

function Sessions({ list }: { readonly list: LiveList }): VNode {
  const sessions = list.sessions.value;
  const error = list.error.value;
  const own = list.agent.value?.name;
  return (
    <>
      <dl class="counts">
        {STATES.map((state) => (
          <div key={state}>
            <dt>{STATE_WORDS[state]}</dt>
            <dd class="numbers">{sessions?.filter((session) => session.state === state).length ?? '–'}</dd>
          </div>
        ))}
        <div>
          <dt>In all</dt>
          <dd class="numbers">{sessions?.length ?? '–'}</dd>
        </div>
      </dl>
      <p class="message error" role="alert">
        {error === null ? '' : SENTENCES[error]}
      </p>
      {sessions?.some((one) => one.agentName === own && one.away.includes('agent')) === true && (
        <p class="missed">
          Your customer is waiting for you.
          <button class="primary" type="button" onClick={() => void openConsole()}>
            Return to session
          </button>
        </p>
      )}
      <div class="list">
        {sessions !== null && sessions.length === 0 && error === null && (
          <div class="empty">
            <strong>No live sessions</strong>
            <p>They appear here as soon as a customer starts one.</p>
          </div>
        )}
        {sessions !== null && sessions.length > 0 && <SessionTable sessions={sessions} />}
      </div>
    </>
  );
}

function SessionTable({ sessions }: { readonly sessions: readonly LiveSession[] }): VNode {
  return (
    <table aria-label="Live sessions">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Started</th>
          <th scope="col">Session ID</th>
          <th scope="col">Agent</th>
        </tr>
      </thead>
      <tbody class="numbers">
        {sessions.map((session) => (
          <tr key={session.historyId}>
            <td>
              <span class="state" data-state={session.state}>
                {STATE_WORDS[session.state]}
              </span>
            </td>
            <td>
              <time dateTime={session.startedAt} title={new Date(session.startedAt).toLocaleString()}>
                {startTime(session.startedAt)}
              </time>
            </td>
            <td>{showSessionId(session.sessionId)}</td>
            <td class="agent-cell">{session.agentName ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function startTime(iso: string): string {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

async function openConsole(): Promise<void> {
  await chrome.runtime.sendMessage({ type: 'open-console' });
  window.close();
}
