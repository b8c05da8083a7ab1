import type { VNode } from 'preact';
import { showSessionId } from './entrance/session-id-typing.ts';
import { IdleBanner } from './idle-banner.tsx';
import { ConnectionStatus } from './connection-status.tsx';
import type { Desk } from './desk.ts';
import { NavigationBar } from './virtual-browser/navigation-bar.tsx';
import { SafetyWords } from './safety-words.tsx';
import { SessionClock } from './session-clock.tsx';
import { RefusalNote } from './refusal-note.tsx';
import type { Session } from './session.ts';
import { TopBar } from './top-bar.tsx';
import { VirtualBrowser } from './virtual-browser/virtual-browser.tsx';
import { WriteSwitch } from './write-switch.tsx';

/** A session: its state and its exit on top, what acts on the page below, then the page. */
export function SessionView({ desk, session }: { readonly desk: Desk; readonly session: Session }): VNode {
  return (
    <div
      class="console in-session"
      onPointerMove={session.noteActivity}
      onPointerDown={session.noteActivity}
      onKeyDown={session.noteActivity}
    >
      <TopBar desk={desk}>
        <ConnectionStatus session={session} />
        <span class="session-facts numbers">
          <span class="session-number" title="Session ID">
            {showSessionId(session.sessionId)}
          </span>
          <SessionClock since={session.joinedAt} />
          <SafetyWords session={session} />
        </span>
        <span class="gap" />
        {session.writeOffered && <WriteSwitch write={session.write} />}
        <button class="exit" type="button" onClick={() => session.exit()}>
          Exit Session
        </button>
      </TopBar>
      <IdleBanner session={session} />
      <NavigationBar desk={desk} session={session} />
      <VirtualBrowser desk={desk} session={session} />
      <RefusalNote session={session} />
    </div>
  );
}
