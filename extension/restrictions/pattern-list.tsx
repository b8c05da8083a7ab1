import type { TargetedSubmitEvent, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { MAX_PATTERN_UNITS, MAX_RULE_NAME_UNITS, MAX_SITE_PATTERNS } from '../../protocol/limits.ts';
import { compilePattern, type SitePattern } from '../../protocol/rules.ts';

export interface PatternListProps {
  readonly patterns: readonly SitePattern[];
  readonly change: (patterns: readonly SitePattern[]) => void;
}

/** Texts that are hidden wherever they turn up, such as policy numbers. */
export function PatternList({ patterns, change }: PatternListProps): VNode {
  const [fault, setFault] = useState('');

  function add(event: TargetedSubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = event.currentTarget;
    const name = (form.elements.namedItem('pattern-name') as HTMLInputElement).value.trim();
    const pattern = (form.elements.namedItem('pattern') as HTMLInputElement).value.trim();
    const wrong = patternFault(patterns, pattern);
    setFault(wrong);
    if (wrong !== '') return;
    change([...patterns, { name, pattern }]);
    form.reset();
  }

  return (
    <section class="card" aria-label="Patterns">
      <h2>Patterns</h2>
      <p class="hint">
        A text that a pattern describes is hidden wherever it turns up. <code>\d</code> is a digit, <code>\a</code> a
        letter, <code>\w</code> either, <code>{'{8}'}</code> eight times, <code>?</code> or not.
      </p>
      <ul class="rules">
        {patterns.map(({ name, pattern }, at) => (
          <li key={at} class="rule">
            <div class="what">
              <strong>{name === '' ? pattern : name}</strong>
              <code>{pattern}</code>
            </div>
            <button
              type="button"
              aria-label={`Delete pattern ${name === '' ? pattern : name}`}
              onClick={() => change(patterns.toSpliced(at, 1))}
            >
              Delete
            </button>
          </li>
        ))}
      </ul>
      <form class="row" noValidate onSubmit={add}>
        <input
          name="pattern-name"
          aria-label="Pattern name"
          placeholder="Policy number"
          maxLength={MAX_RULE_NAME_UNITS}
        />
        <input
          name="pattern"
          aria-label="Pattern"
          placeholder="POL-\d{6}"
          maxLength={MAX_PATTERN_UNITS}
          spellcheck={false}
        />
        <button type="submit">Add pattern</button>
      </form>
      <p class="message error" role="alert">
        {fault}
      </p>
    </section>
  );
}

function patternFault(patterns: readonly SitePattern[], pattern: string): string {
  if (patterns.length >= MAX_SITE_PATTERNS) return `There are at most ${MAX_SITE_PATTERNS} patterns.`;
  return compilePattern(pattern) === null ? 'This is not a pattern: it needs 4 to 64 characters in a row.' : '';
}
