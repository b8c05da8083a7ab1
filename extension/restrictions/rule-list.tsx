import type { VNode } from 'preact';
import type { Rule } from '../../protocol/rules.ts';
import type { CountedRuleProblem } from '../../protocol/signaling.ts';
import { ACTION_WORDS, FAULT_WORDS, meaningWords, pagesWords, ruleTitle } from './words.ts';

export interface RuleListProps {
  readonly rules: readonly Rule[];
  /** How many elements of the open page each matches; `null`: no page is open, or the rule is for others. */
  readonly matches: readonly (number | null)[];
  readonly edit: (at: number) => void;
  readonly remove: (at: number) => void;
}

export function RuleList({ rules, matches, edit, remove }: RuleListProps): VNode {
  if (rules.length === 0) {
    return (
      <p class="hint">
        There are no rules yet. Passwords, payment cards and one-time codes are masked without any, and submit buttons
        are restricted.
      </p>
    );
  }
  return (
    <ul class="rules" aria-label="Rules">
      {rules.map((rule, at) => (
        <li key={at} class="rule" data-action={rule.action}>
          <span class="badge">{ACTION_WORDS[rule.action]}</span>
          <div class="what">
            <strong>{ruleTitle(rule)}</strong>
            <code>{rule.selectors.join('\n')}</code>
            <span class="hint">
              On {pagesWords(rule)} · {meaningWords(rule)}
              {matchWords(matches[at] ?? null)}
            </span>
          </div>
          <button type="button" aria-label={`Edit ${ruleTitle(rule)}`} onClick={() => edit(at)}>
            Edit
          </button>
          <button type="button" aria-label={`Delete ${ruleTitle(rule)}`} onClick={() => remove(at)}>
            Delete
          </button>
        </li>
      ))}
    </ul>
  );
}

function matchWords(count: number | null): string {
  if (count === null) return '';
  return count === 1 ? ' · matches 1 element of the open page' : ` · matches ${count} elements of the open page`;
}

export interface ProblemListProps {
  /** The published ones: problems are reported for these. */
  readonly rules: readonly Rule[];
  readonly problems: readonly CountedRuleProblem[];
}

/** What customers' browsers could not read of the published rules. */
export function ProblemList({ rules, problems }: ProblemListProps): VNode | null {
  if (problems.length === 0) return null;
  return (
    <section class="card problems" aria-label="Problems">
      <h2>Problems with the published rules</h2>
      <ul>
        {problems.map(({ rule, what, count }) => (
          <li key={`${rule} ${what}`}>
            {rules[rule] === undefined ? 'The list' : `“${ruleTitle(rules[rule])}”`} {FAULT_WORDS[what]} (
            {count === 1 ? 'reported by 1 page' : `reported by ${count} pages`}).
          </li>
        ))}
      </ul>
    </section>
  );
}
