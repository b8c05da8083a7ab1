import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Desk } from './desk.ts';
import { Lobby } from './entrance/lobby.tsx';
import { showSessionId } from './entrance/session-id-typing.ts';
import { SessionView } from './session-view.tsx';
import { SignInView } from './entrance/sign-in-view.tsx';

/** Not signed in, signed in without a session, or in a session. */
export function ConsoleView({ desk }: { readonly desk: Desk }): VNode | null {
  const { value: session } = desk.session;
  useEffect(() => {
    // Nothing of the customer's page: a tab's title is trusted.
    document.title = session === null ? 'Alongside' : `${showSessionId(session.sessionId)} · Alongside`;
  }, [session]);

  // A frame of the wrong screen is worse than none: the storage answers within milliseconds.
  if (!desk.ready.value) return null;
  if (session !== null) return <SessionView key={session.joinedAt} desk={desk} session={session} />;
  if (desk.signIn.value === null) return <SignInView desk={desk} />;
  return <Lobby desk={desk} agent={desk.signIn.value.agent} />;
}
