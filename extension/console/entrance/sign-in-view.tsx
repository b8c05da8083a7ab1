import type { TargetedSubmitEvent, VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { Mark } from '../drawing/mark.tsx';
import { errorWords } from '../words.ts';

export function SignInView({ desk }: { readonly desk: Desk }): VNode {
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const error = desk.signInError.value;

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    await desk.enter(email.current?.value.trim() ?? '', password.current?.value ?? '');
    setBusy(false);
  }

  return (
    <main class="gate">
      <form class="card" onSubmit={(event) => void submit(event)}>
        <Mark size={36} />
        <h1>Sign in to Alongside</h1>
        <label class="field">
          <span>Email</span>
          <input ref={email} type="email" autocomplete="username" required autofocus spellcheck={false} />
        </label>
        <label class="field">
          <span>Password</span>
          <input ref={password} type="password" autocomplete="current-password" required />
        </label>
        <p class="message error" role="alert">
          {error === null ? '' : errorWords(error)}
        </p>
        <button class="primary wide" type="submit" aria-disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
        <p class="aside">
          Server <span class="server">{desk.server.value}</span>
          <a href="../options/options.html" target="_blank" rel="noreferrer">
            Change
          </a>
        </p>
      </form>
    </main>
  );
}
