import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { eraseKeptAssets, keptAssets, type KeptAssets } from '../asset-store.ts';

/** How much of customers' pages this browser has kept, and the way to be rid of it. */
export function KeptFiles(): VNode {
  const [kept, setKept] = useState<KeptAssets | null>(null);
  const [failed, setFailed] = useState(false);

  async function look(act: () => Promise<void> = async () => {}): Promise<void> {
    try {
      await act();
      setKept(await keptAssets());
    } catch {
      setFailed(true);
    }
  }

  useEffect(() => void look(), []);

  return (
    <section class="card">
      <h2>Kept files</h2>
      <p class="hint">
        Style sheets, fonts and pictures that a site gives to everybody are kept for 30 days, so that its pages appear
        sooner. What a site marks as one customer’s own is forgotten with the session.
      </p>
      <div class="actions">
        <button type="button" disabled={kept === null || kept.files === 0} onClick={() => void look(eraseKeptAssets)}>
          Erase kept files
        </button>
        <p class="message" role="status" aria-label="Kept files">
          {failed ? 'The browser’s storage does not answer.' : kept && wordsFor(kept)}
        </p>
      </div>
    </section>
  );
}

function wordsFor({ files, bytes }: KeptAssets): string {
  if (files === 0) return 'Nothing is kept.';
  return `${files} ${files === 1 ? 'file' : 'files'}, ${(bytes / 1_000_000).toFixed(1)} MB`;
}
