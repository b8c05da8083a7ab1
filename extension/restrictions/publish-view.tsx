import type { TargetedSubmitEvent, VNode } from 'preact';
import { assertNever } from '../../protocol/assert-never.ts';
import { SENTENCES } from '../../protocol/errors.ts';
import { MAX_RULE_NAME_UNITS, MAX_RULES_BYTES } from '../../protocol/limits.ts';
import type { RulesBody } from '../../protocol/rules.ts';
import { ChangeList } from './changes-view.tsx';
import { countChanges } from './draft.ts';
import type { Notice, RulesEditor } from './editor.ts';
import { whenWords } from './words.ts';

/** The note and the version beside the rules. */
const ENVELOPE_BYTES = 1_024;

/** What differs from what is published, and the button that publishes it. */
export function PublishView({ editor }: { readonly editor: RulesEditor }): VNode {
  const changes = editor.changes.value;
  const count = countChanges(changes);
  const error = editor.error.value;
  const notice = editor.notice.value;
  const isTooLarge = count > 0 && bytesOf(editor.body.value) > MAX_RULES_BYTES - ENVELOPE_BYTES;

  async function publish(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const note = (form.elements.namedItem('note') as HTMLInputElement).value.trim();
    if (await editor.publish(note)) form.reset();
  }

  return (
    <section class="card" aria-label="Changes">
      <h2>Changes</h2>
      <p class="hint">
        {count === 0
          ? 'Everything here is published.'
          : `Not published yet: ${count === 1 ? '1 change' : `${count} changes`}, kept in this browser.`}
      </p>
      <ChangeList changes={changes} label="Changes since the published version" />
      <form class="row" noValidate onSubmit={(event) => void publish(event)}>
        <input name="note" aria-label="Note" placeholder="What for? (optional)" maxLength={MAX_RULE_NAME_UNITS} />
        <button class="primary" type="submit" disabled={count === 0 || isTooLarge || editor.busy.value}>
          Publish
        </button>
      </form>
      <p class="actions">
        <button type="button" disabled={!editor.canUndo.value} onClick={() => editor.undo()}>
          Undo
        </button>
        <button type="button" disabled={count === 0} onClick={() => editor.discard()}>
          Discard changes
        </button>
      </p>
      <p class="message error" role="alert">
        {isTooLarge && 'These rules are too large to be published: 256 KiB in all are the most.'}
        {error !== null && SENTENCES[error]}
      </p>
      <p class="message good" role="status" aria-label="Editor">
        {notice === null ? '' : noticeWords(notice)}
      </p>
    </section>
  );
}

function bytesOf(body: RulesBody): number {
  return new TextEncoder().encode(JSON.stringify(body)).length;
}

function noticeWords(notice: Notice): string {
  switch (notice.type) {
    case 'published':
      return `Published as version ${notice.version}. Pages in a session follow at once.`;
    case 'moved':
      return notice.onto === null
        ? 'Your changes now stand on top of what is published.'
        : `${notice.onto.publishedBy} published version ${notice.onto.version} on ${whenWords(notice.onto.publishedAt)}. Your changes now stand on top of it.`;
    case 'restored-draft':
      return 'These are the changes you had not published yet.';
    default:
      return assertNever(notice);
  }
}
