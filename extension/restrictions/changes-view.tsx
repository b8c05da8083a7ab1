import type { VNode } from 'preact';
import type { Rule, SitePattern } from '../../protocol/rules.ts';
import type { Change, Changes } from './draft.ts';
import { ruleLine } from './words.ts';

/** A comparison of two rule sets, line by line. */
export function ChangeList({ changes, label }: { readonly changes: Changes; readonly label: string }): VNode {
  const lines = [...changes.rules.map(ruleLines), ...changes.patterns.map(patternLines)];
  return (
    <ul class="changes" aria-label={label}>
      {lines.map(({ before, after }, at) => (
        <li key={at}>
          {before !== null && (
            <del>
              <span class="sign">− </span>
              {before}
            </del>
          )}
          {after !== null && (
            <ins>
              <span class="sign">+ </span>
              {after}
            </ins>
          )}
        </li>
      ))}
    </ul>
  );
}

interface Lines {
  readonly before: string | null;
  readonly after: string | null;
}

function ruleLines({ before, after }: Change<Rule>): Lines {
  return { before: before && ruleLine(before), after: after && ruleLine(after) };
}

function patternLines({ before, after }: Change<SitePattern>): Lines {
  return { before: before && patternLine(before), after: after && patternLine(after) };
}

function patternLine({ name, pattern }: SitePattern): string {
  return `Pattern ${name === '' ? '' : `${name}: `}${pattern}`;
}
