import { MAX_RULE_PROBLEMS } from '../../../protocol/limits.ts';
import { readRuleSet, type RuleProblem } from '../../../protocol/rules.ts';
import type { ClientMessage } from '../../../protocol/signaling.ts';
import { requestRules } from '../../channel/server.ts';
import type { Judge } from '../judge.ts';
import type { LastLook } from '../last-look.ts';
import { CLEARING } from './clearing.ts';
import { createFinder } from './finder.ts';
import { createRuleMatches } from './matches.ts';
import { createMaskedFields } from './masked-fields.ts';
import { maskedStyle } from './masked-style.ts';
import { partsAround } from './parts-around.ts';
import { rememberWithin } from './remember-within.ts';

/** Keeps the site's newest rules in force for as long as the session lives. */
export interface RulesFollower {
  /** The server has this version. */
  newest(version: number): void;
}

export interface FollowOptions {
  readonly server: string;
  readonly site: string;
  readonly document: Document;
  readonly judge: Judge;
  readonly lastLook: LastLook;
  readonly say: (message: ClientMessage) => void;
  readonly signal: AbortSignal;
}

const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 60_000;

export function followRules(options: FollowOptions): RulesFollower {
  const { document, judge, lastLook, signal } = options;
  let version = -1;
  let inForce: AbortController | null = null;
  let isAsking = false;
  let retry = FIRST_RETRY_MS;
  let timer = 0;
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    inForce?.abort();
  });

  async function ask(): Promise<void> {
    if (isAsking || signal.aborted) return;
    isAsking = true;
    clearTimeout(timer);
    const answer = await requestRules(options.server, options.site).catch(() => null);
    isAsking = false;
    if (signal.aborted) return;
    if (answer !== null) obey(answer);
    // Until an answer comes the rules known so far hold; without any, all fields are masked.
    else timer = setTimeout(() => void ask(), retry);
    retry = answer === null ? Math.min(retry * 2, MAX_RETRY_MS) : FIRST_RETRY_MS;
  }

  function obey(answer: unknown): void {
    const { rules, problems } = readRuleSet(answer);
    inForce?.abort();
    inForce = new AbortController();
    version = rules.version;
    report(problems);
    lastLook.setFinder(createFinder(rules.patterns));
    const url = (): string => document.location.href;
    judge.setRules(createRuleMatches({ document, rules, url, onProblems: report, signal: inForce.signal }));
  }

  function report(problems: readonly RuleProblem[]): void {
    if (problems.length === 0) return;
    options.say({ type: 'rule-problems', version, problems: problems.slice(0, MAX_RULE_PROBLEMS) });
  }

  lastLook.setFinder(createFinder([]), rememberWithin, maskedStyle, createMaskedFields(), partsAround);
  judge.clearing = CLEARING;
  void ask();
  return {
    newest(known) {
      if (known !== version) void ask();
    },
  };
}
