import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { ErrorCode } from '../../protocol/errors.ts';
import type { Rule, RulesBody, RuleSet, SitePattern } from '../../protocol/rules.ts';
import type { AgentAccount, CountedRuleProblem, RulesVersion } from '../../protocol/signaling.ts';
import {
  forgetRulesDraft,
  onSettingsChange,
  readRulesDraft,
  readServer,
  readSignIn,
  saveRulesDraft,
  type RulesDraft,
  type RulesOwner,
  type SignIn,
} from '../browser-storage.ts';
import type { Answer } from '../console/api.ts';
import { changesBetween, countChanges, EMPTY_BODY, putOnTop, type Changes } from './draft.ts';
import { publishRules, restoreRules, rulesHistory, rulesOf } from './rules-api.ts';

const MAX_UNDO = 100;

/** `signed-out`, `not-allowed`: there is nothing to see for whoever this is. */
export type Phase = 'loading' | 'signed-out' | 'not-allowed' | 'unreachable' | 'ready';

/** What was just done, for a line on the screen. */
export type Notice =
  | { readonly type: 'published'; readonly version: number }
  /** Somebody else published meanwhile; this administrator's changes now stand on top of that version. */
  | { readonly type: 'moved'; readonly onto: RulesVersion | null }
  | { readonly type: 'restored-draft' };

/** A site's rules while an administrator changes them. Nothing counts before it is published. */
export interface RulesEditor {
  readonly phase: ReadonlySignal<Phase>;
  readonly account: ReadonlySignal<AgentAccount | null>;
  readonly owner: ReadonlySignal<RulesOwner | null>;
  readonly body: ReadonlySignal<RulesBody>;
  readonly published: ReadonlySignal<RulesBody>;
  readonly versions: ReadonlySignal<readonly RulesVersion[]>;
  readonly problems: ReadonlySignal<readonly CountedRuleProblem[]>;
  readonly changes: ReadonlySignal<Changes>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly busy: ReadonlySignal<boolean>;
  readonly error: ReadonlySignal<ErrorCode | null>;
  readonly notice: ReadonlySignal<Notice | null>;
  addRules(rules: readonly Rule[]): void;
  replaceRule(at: number, rule: Rule): void;
  removeRule(at: number): void;
  setPatterns(patterns: readonly SitePattern[]): void;
  undo(): void;
  /** Back to what is published. `undo` brings the changes back. */
  discard(): void;
  publish(note: string): Promise<boolean>;
  rollBack(version: number): Promise<void>;
  /** One published version, to look at. */
  look(version: number): Promise<RuleSet | null>;
  reload(): Promise<void>;
  dispose(): void;
}

export function createRulesEditor(): RulesEditor {
  const phase = signal<Phase>('loading');
  const account = signal<AgentAccount | null>(null);
  const owner = signal<RulesOwner | null>(null);
  const body = signal<RulesBody>(EMPTY_BODY);
  const published = signal<RulesBody>(EMPTY_BODY);
  const versions = signal<readonly RulesVersion[]>([]);
  const problems = signal<readonly CountedRuleProblem[]>([]);
  const undone = signal<readonly RulesBody[]>([]);
  const busy = signal(false);
  const error = signal<ErrorCode | null>(null);
  const notice = signal<Notice | null>(null);
  const changes = computed(() => changesBetween(published.value, body.value));
  let signIn: SignIn | null = null;
  /** The version that `published` is. */
  let newest = 0;
  /** Grows when somebody else signs in: what was asked before is then nobody's answer. */
  let round = 0;

  const stopListening = onSettingsChange(() => void begin());
  void begin();

  async function begin(): Promise<void> {
    const current = ++round;
    const [{ server }, stored] = await Promise.all([readServer(), readSignIn()]);
    if (current !== round) return;
    signIn = stored?.server === server ? stored : null;
    account.value = signIn?.agent ?? null;
    undone.value = [];
    notice.value = null;
    if (signIn?.agent.role !== 'admin') {
      phase.value = signIn === null ? 'signed-out' : 'not-allowed';
      return;
    }
    owner.value = { server, siteKey: signIn.agent.site.key };
    const draft = await readRulesDraft(owner.value);
    if (current === round) await load(draft, current);
  }

  /** Reads what is published, and puts the draft on top of it. */
  async function load(draft: RulesDraft | null, current = round): Promise<void> {
    if (signIn === null) return;
    const history = await rulesHistory(signIn);
    if (!history.ok) return fail(history.code, current);
    const version = history.value.versions[0]?.version ?? 0;
    const theirs = await rulesOf(signIn, version);
    if (!theirs.ok) return fail(theirs.code, current);
    const isBehind = draft !== null && draft.basedOn !== version;
    const base = isBehind ? await rulesOf(signIn, draft.basedOn) : theirs;
    if (!base.ok) return fail(base.code, current);
    if (current !== round) return;
    newest = version;
    versions.value = history.value.versions;
    problems.value = history.value.problems;
    published.value = plain(theirs.value);
    body.value = draft === null ? published.value : putOnTop(base.value, draft.body, published.value);
    if (draft !== null && countChanges(changes.value) > 0) {
      notice.value = isBehind ? { type: 'moved', onto: versions.value[0] ?? null } : { type: 'restored-draft' };
    }
    phase.value = 'ready';
    await keepDraft();
  }

  function fail(code: ErrorCode, current: number): void {
    if (current !== round) return;
    error.value = code;
    if (code === 'not_signed_in') phase.value = 'signed-out';
    else if (code === 'role_not_allowed') phase.value = 'not-allowed';
    else if (phase.value === 'loading') phase.value = 'unreachable';
  }

  function change(next: RulesBody): void {
    undone.value = [...undone.value, body.value].slice(-MAX_UNDO);
    body.value = next;
    notice.value = null;
    error.value = null;
    void keepDraft();
  }

  async function keepDraft(): Promise<void> {
    if (owner.value === null) return;
    if (countChanges(changes.value) === 0) await forgetRulesDraft(owner.value);
    else await saveRulesDraft(owner.value, { basedOn: newest, body: body.value });
  }

  /** Publishes or rolls back. Whoever was slower finds their changes on top of the other's, and nothing is published. */
  async function send(
    request: (by: SignIn) => Promise<Answer<RulesVersion>>,
    draftAfter: () => RulesDraft | null,
  ): Promise<boolean> {
    if (signIn === null || busy.value) return false;
    busy.value = true;
    error.value = null;
    notice.value = null;
    const answer = await request(signIn);
    if (answer.ok) {
      await load(draftAfter());
      notice.value = { type: 'published', version: answer.value.version };
    } else {
      if (answer.code === 'rules_changed') await load({ basedOn: newest, body: body.value });
      fail(answer.code, round);
    }
    busy.value = false;
    return answer.ok;
  }

  return {
    phase,
    account,
    owner,
    body,
    published,
    versions,
    problems,
    changes,
    canUndo: computed(() => undone.value.length > 0),
    busy,
    error,
    notice,
    addRules: (rules) => change({ ...body.value, rules: [...body.value.rules, ...rules] }),
    replaceRule: (at, rule) => change({ ...body.value, rules: body.value.rules.with(at, rule) }),
    removeRule: (at) => change({ ...body.value, rules: body.value.rules.toSpliced(at, 1) }),
    setPatterns: (patterns) => change({ ...body.value, patterns }),
    undo() {
      const last = undone.value.at(-1);
      if (last === undefined) return;
      change(last);
      undone.value = undone.value.slice(0, -2);
    },
    discard: () => change(published.value),
    async publish(note) {
      const isPublished = await send(
        (by) => publishRules(by, { ...body.value, basedOn: newest, note }),
        () => null,
      );
      if (isPublished) undone.value = [];
      return isPublished;
    },
    async rollBack(version) {
      await send(
        (by) => restoreRules(by, version, { basedOn: newest }),
        () => (countChanges(changes.value) === 0 ? null : { basedOn: newest, body: body.value }),
      );
    },
    async look(version) {
      const answer = signIn === null ? null : await rulesOf(signIn, version);
      if (answer?.ok === false) error.value = answer.code;
      return answer?.ok === true ? answer.value : null;
    },
    async reload() {
      error.value = null;
      await begin();
    },
    dispose() {
      round += 1;
      stopListening();
    },
  };
}

/** Without the version: what can be compared and published again. */
function plain({ rules, patterns }: RuleSet): RulesBody {
  return { rules, patterns };
}
