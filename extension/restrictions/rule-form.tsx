import type { TargetedSubmitEvent, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ACTIONS, meaningOf, type Action, type Rule } from '../../protocol/rules.ts';
import type { SelectorProposal } from './picker-message.ts';
import { linesOf, nameFault, selectorsFault, urlsFault } from './check-rule.ts';
import { ACTION_HINTS, ACTION_WORDS } from './words.ts';

/** A proposal of the picker: other selectors for the same element, and other pages. */
export interface Proposals {
  readonly selectors: readonly SelectorProposal[];
  readonly urls: readonly string[];
}

export interface RuleFormProps {
  readonly rule: Rule;
  readonly title: string;
  readonly proposals?: Proposals | undefined;
  readonly save: (rule: Rule) => void;
  readonly close: () => void;
}

const QUESTIONS = [
  ['visible', 'Agents see it'],
  ['editable', 'Agents may type in it'],
  ['controllable', 'Agents may click it'],
] as const;

/** One rule, in a dialog. What cannot be read is not taken. */
export function RuleForm({ rule, title, proposals, save, close }: RuleFormProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [draft, setDraft] = useState(rule);
  const [selectors, setSelectors] = useState(rule.selectors.join('\n'));
  const [urls, setUrls] = useState(rule.urls.join('\n'));
  const [fault, setFault] = useState('');

  useEffect(() => dialog.current?.showModal(), []);

  function submit(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const whole = { ...draft, name: draft.name.trim(), selectors: linesOf(selectors), urls: linesOf(urls) };
    const wrong = nameFault(whole.name) || selectorsFault(whole.selectors) || urlsFault(whole.urls);
    setFault(wrong);
    if (wrong === '') save(whole);
  }

  return (
    <dialog ref={dialog} class="card dialog" aria-label={title} onClose={close}>
      <form noValidate onSubmit={submit}>
        <h2>{title}</h2>
        <label class="field">
          <span>Name</span>
          <input
            value={draft.name}
            autocomplete="off"
            placeholder="Why there is this rule"
            onInput={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
          />
        </label>
        <ActionChoice rule={draft} choose={setDraft} />
        <Lines label="Selectors" hint="CSS selectors, one a line." value={selectors} change={setSelectors} />
        {proposals !== undefined && (
          <div class="proposals" role="group" aria-label="Proposed selectors">
            {proposals.selectors.map(({ selector, count }) => (
              <button type="button" key={selector} onClick={() => setSelectors(selector)}>
                <code>{selector}</code> <span class="numbers">{count === 1 ? '1 match' : `${count} matches`}</span>
              </button>
            ))}
          </div>
        )}
        <Lines
          label="Pages"
          hint="Paths such as /account/*, or whole addresses, one a line. None: every page."
          value={urls}
          change={setUrls}
        />
        {proposals !== undefined && (
          <div class="proposals" role="group" aria-label="Proposed pages">
            {proposals.urls.map((url) => (
              <button type="button" key={url} onClick={() => setUrls(url)}>
                <code>{url}</code>
              </button>
            ))}
            <button type="button" onClick={() => setUrls('')}>
              Every page
            </button>
          </div>
        )}
        <p class="message error" role="alert">
          {fault}
        </p>
        <p class="actions">
          <button class="primary" type="submit">
            Save rule
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </p>
      </form>
    </dialog>
  );
}

function ActionChoice({ rule, choose }: { readonly rule: Rule; readonly choose: (rule: Rule) => void }): VNode {
  const meaning = meaningOf(rule);
  return (
    <>
      <fieldset class="choices">
        <legend>Action</legend>
        {ACTIONS.map((action) => (
          <label key={action} class="choice" data-action={action}>
            <input
              type="radio"
              name="action"
              checked={rule.action === action}
              onChange={() => choose(withAction(rule, action))}
            />
            <span>{ACTION_WORDS[action]}</span>
          </label>
        ))}
      </fieldset>
      <p class="hint">{ACTION_HINTS[rule.action]}</p>
      {(rule.action === 'mask' || rule.action === 'restrict') && (
        <fieldset class="ticks">
          <legend>What agents can do</legend>
          {QUESTIONS.map(([question, label]) => (
            <label key={question} class="tick">
              <input
                type="checkbox"
                checked={meaning[question]}
                // What cannot be seen is never typed in.
                disabled={question === 'editable' && !meaning.visible}
                onChange={({ currentTarget }) => choose({ ...rule, [question]: currentTarget.checked })}
              />
              {label}
            </label>
          ))}
        </fieldset>
      )}
      {(rule.action === 'mask' || rule.action === 'hide') && (
        <label class="tick">
          <input
            type="checkbox"
            checked={rule.mayShow === true}
            onChange={({ currentTarget }) => choose({ ...rule, mayShow: currentTarget.checked })}
          />
          Parts of it may be shown again, by a rule or by the page
        </label>
      )}
    </>
  );
}

/** Answers that were given for another action no longer hold. */
function withAction({ name, urls, selectors }: Rule, action: Action): Rule {
  return { name, urls, selectors, action };
}

interface LinesProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

function Lines({ label, hint, value, change }: LinesProps): VNode {
  const id = `${label.toLowerCase()}-hint`;
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        rows={3}
        spellcheck={false}
        aria-describedby={id}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      <span class="hint" id={id}>
        {hint}
      </span>
    </label>
  );
}
