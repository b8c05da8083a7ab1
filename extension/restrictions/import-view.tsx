import type { TargetedEvent, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_RULES } from '../../protocol/limits.ts';
import type { Rule } from '../../protocol/rules.ts';
import { importGenesys, MAX_IMPORT_BYTES, type Imported } from './genesys/import.ts';
import { ruleLine } from './words.ts';

export interface ImportViewProps {
  /** Rules in the draft already. */
  readonly count: number;
  readonly add: (rules: readonly Rule[]) => void;
}

/** Takes over the DOM restrictions of Genesys Co-browse, after a look at what becomes of them. */
export function ImportView({ count, add }: ImportViewProps): VNode {
  const file = useRef<HTMLInputElement>(null);
  const [imported, setImported] = useState<Imported | null>(null);
  const [fault, setFault] = useState('');

  async function read({ currentTarget }: TargetedEvent<HTMLInputElement>): Promise<void> {
    const chosen = currentTarget.files?.[0];
    if (!chosen) return;
    const found = chosen.size > MAX_IMPORT_BYTES ? null : importGenesys(await chosen.text());
    // The same file can be chosen again.
    currentTarget.value = '';
    const isTooMany = found !== null && count + found.rules.length > MAX_RULES;
    setFault(
      found === null
        ? 'This is not a file of DOM restrictions.'
        : isTooMany
          ? `With these there would be more than ${MAX_RULES} rules.`
          : '',
    );
    setImported(isTooMany ? null : found);
  }

  return (
    <>
      <p class="actions">
        <button type="button" onClick={() => file.current?.click()}>
          Import Genesys XML…
        </button>
        <input
          ref={file}
          hidden
          type="file"
          accept=".xml,text/xml,application/xml"
          aria-label="Genesys XML file"
          onChange={(event) => void read(event)}
        />
        <span class="message error" role="alert">
          {fault}
        </span>
      </p>
      {imported !== null && (
        <ImportDialog
          imported={imported}
          add={() => add(imported.rules)}
          close={() => {
            setImported(null);
          }}
        />
      )}
    </>
  );
}

interface ImportDialogProps {
  readonly imported: Imported;
  readonly add: () => void;
  readonly close: () => void;
}

function ImportDialog({ imported: { rules, notes }, add, close }: ImportDialogProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);

  function take(): void {
    add();
    dialog.current?.close();
  }

  return (
    <dialog ref={dialog} class="card dialog" aria-label="Import" onClose={close}>
      <h2>{rules.length === 1 ? '1 rule was found' : `${rules.length} rules were found`}</h2>
      <ul class="changes" aria-label="Rules to import">
        {rules.map((rule, at) => (
          <li key={at}>
            <ins>{ruleLine(rule)}</ins>
          </li>
        ))}
      </ul>
      {notes.length > 0 && (
        <>
          <h3>Not quite as it was</h3>
          <ul class="notes" aria-label="Notes">
            {notes.map((note, at) => (
              <li key={at}>{note}</li>
            ))}
          </ul>
        </>
      )}
      <p class="actions">
        <button class="primary" type="button" disabled={rules.length === 0} onClick={take}>
          Add to the draft
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
      </p>
    </dialog>
  );
}
