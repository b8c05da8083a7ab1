import type { VNode } from 'preact';
import { useNow } from './use-now.ts';
import type { WriteMode } from './write-mode.ts';
import { WRITE_NOTES } from './words.ts';

/** Asks the customer for Write mode, shows what they said, and ends it. */
export function WriteSwitch({ write }: { readonly write: WriteMode }): VNode {
  const state = write.state.value;
  const note = write.note.value;
  const now = useNow(state === 'asking');
  const left = Math.max(0, Math.ceil((write.answerDue.value - now) / 1000));
  return (
    <div class="write" data-state={state}>
      <span class="write-note" role="status" aria-label="Write Mode answer">
        {state === 'asking' && (
          <>
            Waiting for the customer…{' '}
            <span class="numbers" aria-live="off">
              {left} s
            </span>
          </>
        )}
        {state !== 'asking' && note !== null && WRITE_NOTES[note]}
      </span>
      <button
        class="switch"
        type="button"
        role="switch"
        aria-label="Write Mode"
        aria-checked={state === 'on'}
        aria-busy={state === 'asking'}
        title={titleOf(state)}
        onClick={() => write.toggle()}
      >
        <span class="switch-words">Write Mode</span>
        <span class="switch-track" aria-hidden="true">
          <span class="switch-thumb" />
        </span>
      </button>
    </div>
  );
}

function titleOf(state: 'off' | 'asking' | 'on'): string {
  if (state === 'asking') return 'Take the request back';
  return state === 'on'
    ? 'End Write Mode. Hold Alt to drag anything'
    : 'Ask the customer to let you click and type on their page';
}
