import type { ComponentChildren, VNode } from 'preact';
import { useSignalEffect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { assertNever } from '../../protocol/assert-never.ts';
import { SENTENCES } from '../../protocol/errors.ts';
import { MAX_RULES } from '../../protocol/limits.ts';
import type { Rule } from '../../protocol/rules.ts';
import { Mark } from '../console/drawing/mark.tsx';
import type { RulesEditor } from './editor.ts';
import { ImportView } from './import-view.tsx';
import type { Picked } from './picker-message.ts';
import { HistoryView } from './history-view.tsx';
import { PatternList } from './pattern-list.tsx';
import { PublishView } from './publish-view.tsx';
import { RuleForm, type Proposals } from './rule-form.tsx';
import { ProblemList, RuleList } from './rule-list.tsx';
import { createSiteTab } from './site-tab.ts';
import { SiteView } from './site-view.tsx';

export function EditorView({ editor }: { readonly editor: RulesEditor }): VNode {
  const account = editor.account.value;
  return (
    <div class="editor">
      <header>
        <span class="brand">
          <Mark />
          Alongside
        </span>
        <span class="who">{account === null ? '' : `${account.name} · ${account.site.name}`}</span>
      </header>
      <main>
        <h1>DOM Restrictions Editor</h1>
        <Phases editor={editor} />
      </main>
    </div>
  );
}

function Phases({ editor }: { readonly editor: RulesEditor }): VNode {
  const phase = editor.phase.value;
  switch (phase) {
    case 'loading':
      return <p class="hint">Loading the rules…</p>;
    case 'signed-out':
      return (
        <Told title="You are not signed in">
          <p>Sign in as an administrator of your site to change what agents may see and use.</p>
          <button class="primary" type="button" onClick={() => void openConsole()}>
            Open console
          </button>
        </Told>
      );
    case 'not-allowed':
      return (
        <Told title="This is for administrators">
          <p>{SENTENCES.role_not_allowed} Ask an administrator of your site to change what agents may see and use.</p>
        </Told>
      );
    case 'unreachable':
      return (
        <Told title="The rules could not be loaded">
          <p role="alert">{editor.error.value === null ? '' : SENTENCES[editor.error.value]}</p>
          <button class="primary" type="button" onClick={() => void editor.reload()}>
            Try again
          </button>
        </Told>
      );
    case 'ready':
      return <Desk editor={editor} />;
    default:
      return assertNever(phase);
  }
}

function Told({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  return (
    <section class="card told">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** The rule in the dialog: `at` is its place in the list, `null` for a new one. */
interface Open {
  readonly at: number | null;
  readonly rule: Rule;
  readonly proposals?: Proposals;
}

const NEW_RULE: Rule = { name: '', urls: [], selectors: [], action: 'mask' };

function Desk({ editor }: { readonly editor: RulesEditor }): VNode {
  const [open, setOpen] = useState<Open | null>(null);
  const { rules, patterns } = editor.body.value;
  const [siteTab] = useState(() => createSiteTab(take));
  const owner = editor.owner.value;

  useSignalEffect(() => siteTab.setRules(editor.body.value.rules));
  useEffect(() => () => siteTab.dispose(), []);

  /** What was pointed at becomes a rule of the draft, or is decided about here. */
  function take(picked: Picked): void {
    const { action, label, urls, selectors } = picked;
    const rule: Rule = {
      name: label,
      urls: urls.slice(0, 1),
      selectors: selectors.slice(0, 1).map(({ selector }) => selector),
      action: action ?? 'mask',
    };
    if (action === null) setOpen({ at: null, rule, proposals: { selectors, urls } });
    else editor.addRules([rule]);
  }

  function save(rule: Rule): void {
    if (open?.at === null) editor.addRules([rule]);
    else if (open) editor.replaceRule(open.at, rule);
    setOpen(null);
  }

  return (
    <div class="desk">
      <div class="column">
        {owner !== null && <SiteView owner={owner} siteTab={siteTab} add={(rule) => editor.addRules([rule])} />}
        <section class="card" aria-label="Rules">
          <div class="head">
            <h2>Rules</h2>
            <button
              type="button"
              disabled={rules.length >= MAX_RULES}
              onClick={() => setOpen({ at: null, rule: NEW_RULE })}
            >
              New rule
            </button>
          </div>
          <RuleList
            rules={rules}
            matches={siteTab.page.value?.matches ?? []}
            edit={(at) => rules[at] && setOpen({ at, rule: rules[at] })}
            remove={(at) => editor.removeRule(at)}
          />
          <ImportView count={rules.length} add={(imported) => editor.addRules(imported)} />
        </section>
        <PatternList patterns={patterns} change={(next) => editor.setPatterns(next)} />
      </div>
      <div class="column">
        <PublishView editor={editor} />
        <ProblemList rules={editor.published.value.rules} problems={editor.problems.value} />
        <HistoryView editor={editor} />
      </div>
      {open !== null && (
        <RuleForm
          key={open}
          rule={open.rule}
          title={open.at === null ? 'New rule' : 'Edit rule'}
          proposals={open.proposals}
          save={save}
          close={() => setOpen(null)}
        />
      )}
    </div>
  );
}

async function openConsole(): Promise<void> {
  await chrome.runtime.sendMessage({ type: 'open-console' });
}
