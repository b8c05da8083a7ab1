import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { RulesVersion } from '../../protocol/signaling.ts';
import { ChangeList } from './changes-view.tsx';
import { changesBetween, countChanges, type Changes } from './draft.ts';
import type { RulesEditor } from './editor.ts';
import { whenWords } from './words.ts';

/** Every version that was published, the newest first. */
export function HistoryView({ editor }: { readonly editor: RulesEditor }): VNode {
  const [newest, ...older] = editor.versions.value;
  return (
    <section class="card" aria-label="History">
      <h2>History</h2>
      {newest === undefined ? (
        <p class="hint">Nothing has been published yet.</p>
      ) : (
        <ol class="versions" aria-label="Versions">
          <li class="version">
            <VersionWords version={newest} />
            <span class="badge">In force</span>
          </li>
          {older.map((version) => (
            <OldVersion key={version.version} version={version} editor={editor} />
          ))}
        </ol>
      )}
    </section>
  );
}

function OldVersion({ version, editor }: { readonly version: RulesVersion; readonly editor: RulesEditor }): VNode {
  const [changes, setChanges] = useState<Changes | null>(null);

  async function compare(): Promise<void> {
    if (changes !== null) {
      setChanges(null);
      return;
    }
    const old = await editor.look(version.version);
    if (old !== null) setChanges(changesBetween(editor.published.value, old));
  }

  return (
    <li class="version">
      <VersionWords version={version} />
      <button
        type="button"
        aria-expanded={changes !== null}
        aria-label={`Compare version ${version.version}`}
        onClick={() => void compare()}
      >
        Compare
      </button>
      <button
        type="button"
        aria-label={`Roll back to version ${version.version}`}
        disabled={editor.busy.value}
        onClick={() => void editor.rollBack(version.version)}
      >
        Roll back
      </button>
      {changes !== null && (
        <div class="compared">
          {countChanges(changes) === 0 ? (
            <p class="hint">The same rules as those in force.</p>
          ) : (
            <>
              <p class="hint">Rolling back would change:</p>
              <ChangeList changes={changes} label={`Changes to version ${version.version}`} />
            </>
          )}
        </div>
      )}
    </li>
  );
}

function VersionWords({ version }: { readonly version: RulesVersion }): VNode {
  const { publishedAt, publishedBy, note, rules } = version;
  return (
    <div class="what">
      <strong>
        Version {version.version}
        {note === '' ? '' : `: ${note}`}
      </strong>
      <span class="hint">
        {publishedBy} · <time dateTime={publishedAt}>{whenWords(publishedAt)}</time> ·{' '}
        {rules === 1 ? '1 rule' : `${rules} rules`}
      </span>
    </div>
  );
}
