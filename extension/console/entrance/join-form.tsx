import type { TargetedInputEvent, VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { typeSessionId } from './session-id-typing.ts';
import { errorWords } from '../words.ts';

export function JoinForm({ desk }: { readonly desk: Desk }): VNode {
  const field = useRef<HTMLInputElement>(null);
  const joining = desk.joining.value;
  const error = desk.joinError.value;

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    // The wrong number is most likely replaced as a whole.
    if (error !== null) field.current?.select();
  }, [error]);

  function onInput({ currentTarget, isComposing }: TargetedInputEvent<HTMLInputElement>): void {
    desk.forgetJoinError();
    desk.viewers.prepare();
    // Changing the text under an input method breaks what it is composing.
    if (!isComposing) group(currentTarget);
  }

  return (
    <form
      class="join"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void desk.join(field.current?.value ?? '');
      }}
    >
      <div class="join-row">
        <input
          ref={field}
          class="session-id-field"
          aria-label="Session ID"
          aria-invalid={error !== null}
          aria-describedby="join-message"
          placeholder="000-000-000"
          inputMode="numeric"
          autocomplete="off"
          spellcheck={false}
          readOnly={joining}
          onInput={onInput}
          onCompositionEnd={({ currentTarget }) => group(currentTarget)}
        />
        <button class="primary" type="submit" aria-disabled={joining}>
          {joining ? 'Joining…' : 'Join co-browse'}
        </button>
      </div>
      <p id="join-message" class="message error" role="alert">
        {error === null ? '' : errorWords(error)}
      </p>
      {error === 'agent_busy' && (
        <button type="button" onClick={() => void desk.returnToSession()}>
          Return to my session
        </button>
      )}
    </form>
  );
}

function group(field: HTMLInputElement): void {
  const typed = typeSessionId({ text: field.value, caret: field.selectionStart ?? field.value.length });
  if (typed.text === field.value) return;
  field.value = typed.text;
  field.setSelectionRange(typed.caret, typed.caret);
}
