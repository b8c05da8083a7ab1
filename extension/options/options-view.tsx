import type { TargetedSubmitEvent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { SENTENCES } from '../../protocol/errors.ts';
import { saveServer, type ServerSetting, type SignIn } from '../browser-storage.ts';
import { health } from '../console/api.ts';
import { Mark } from '../console/drawing/mark.tsx';
import { parseServer } from '../server-address.ts';
import { ConnectionCheck } from './connection-check.tsx';
import { KeptFiles } from './kept-files.tsx';

type Check = 'checking' | 'reached' | 'unreachable';
const CHECK_WORDS: Readonly<Record<Check, string>> = {
  checking: 'Checking the connection…',
  reached: 'The server answers.',
  unreachable: SENTENCES.server_unreachable,
};

export interface OptionsProps {
  readonly setting: ServerSetting;
  /** Whoever is signed in. */
  readonly signIn: SignIn | null;
}

export function OptionsView({ setting, signIn }: OptionsProps): VNode {
  const [server, setServer] = useState(setting.server);
  const [saved, setSaved] = useState(false);
  const [invalid, setInvalid] = useState(false);
  const check = useCheck(server);

  async function save(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem('server') as HTMLInputElement;
    const parsed = parseServer(field.value);
    setInvalid(parsed === null);
    setSaved(false);
    if (parsed === null) {
      field.focus();
      return;
    }
    field.value = parsed;
    await saveServer(parsed);
    setServer(parsed);
    setSaved(true);
  }

  return (
    <main class="options">
      <span class="brand">
        <Mark />
        Alongside
      </span>
      <h1>Options</h1>
      <form class="card" noValidate onSubmit={(event) => void save(event)}>
        <label class="field">
          <span>Server</span>
          <input
            name="server"
            type="url"
            defaultValue={setting.server}
            readOnly={setting.byPolicy}
            aria-invalid={invalid}
            aria-describedby="server-message"
            spellcheck={false}
            autocomplete="off"
            onInput={() => {
              setSaved(false);
              setInvalid(false);
            }}
          />
        </label>
        <p class="hint">
          {setting.byPolicy
            ? 'Your organization sets this address. It cannot be changed here.'
            : 'The address of your company’s co-browse server. Changing it signs you out.'}
        </p>
        <div class="actions">
          {!setting.byPolicy && (
            <button class="primary" type="submit">
              Save
            </button>
          )}
          <p id="server-message" class={`message ${invalid ? 'error' : 'good'}`} role="status">
            {invalid && 'Please enter an address that starts with https:// or http://.'}
            {saved && 'Saved.'}
          </p>
        </div>
        <p class="check" data-check={check} role="status" aria-label="Server connection">
          <i aria-hidden="true" />
          {CHECK_WORDS[check]}
        </p>
      </form>
      <ConnectionCheck server={server} token={signIn?.server === server ? signIn.token : ''} />
      <KeptFiles />
      {signIn?.agent.role === 'admin' && (
        <p>
          <a href="../restrictions/restrictions.html">DOM restrictions</a>: what agents may see and use on your site.
        </p>
      )}
    </main>
  );
}

function useCheck(server: string): Check {
  const [check, setCheck] = useState<Check>('checking');
  useEffect(() => {
    let current = true;
    setCheck('checking');
    void health(server).then((answer) => {
      if (current) setCheck(answer.ok ? 'reached' : 'unreachable');
    });
    return () => {
      current = false;
    };
  }, [server]);
  return check;
}
