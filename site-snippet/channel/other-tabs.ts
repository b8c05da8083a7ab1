import { linkIn } from '../native.ts';
import { listen } from '../listen.ts';

/**
 * A link opened in a new tab leaves the session behind, in the tab it was opened from. Pressing **Start Co-browse** in
 * the new tab fetches it. Only pages of the same origin hear each other here, and each of them could have read the
 * session where it is stored.
 */
const NAME = 'alongside-session';
const ASK = 'ask';
/** A tab in the background may be slow to answer; it is known to be there. */
const ANSWER_TIMEOUT_MS = 5_000;

/**
 * This tab has the session. Once the customer has opened a new tab from here, it is handed over when a tab asks; others
 * of the customer's tabs may have sessions of their own.
 * @param stored the session as it is stored
 * @param onNewTab the customer opens a page of this origin in another tab
 */
export function offerSession(stored: () => string | null, onNewTab: () => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  let isOffered = false;

  function offer(): void {
    if (isOffered) return;
    isOffered = true;
    const channel = new BroadcastChannel(NAME);
    channel.addEventListener('message', ({ data }) => data === ASK && channel.postMessage(stored()), { signal });
    signal.addEventListener('abort', () => channel.close());
    // The others need not wait for an answer that nobody gives.
    const held = navigator.locks?.request(NAME, { mode: 'shared', signal }, () => untilAborted(signal));
    held?.catch(() => {}); // Over before it began.
  }

  for (const type of ['click', 'auxclick'] as const) {
    listen(
      window,
      type,
      (event) => {
        if (event.defaultPrevented || !event.isTrusted) return;
        const link = linkIn(event);
        if (!link || link.origin !== location.origin || !opensTab(event, link.target)) return;
        offer();
        onNewTab();
      },
      { signal },
    );
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });
}

function opensTab({ type, button, ctrlKey, metaKey }: MouseEvent, target: string): boolean {
  return type === 'auxclick' ? button === 1 : target === '_blank' || ctrlKey || metaKey;
}

/** The session of another tab of this origin, as it was stored there; `null`: there is none. Never throws. */
export async function fetchSession(): Promise<string | null> {
  const known = await navigator.locks?.query().catch(() => null);
  if (!known?.held?.some(({ name }) => name === NAME)) return null;
  const channel = new BroadcastChannel(NAME);
  let patience = 0;
  try {
    return await new Promise((resolve) => {
      channel.addEventListener('message', ({ data }) => typeof data === 'string' && data !== ASK && resolve(data));
      patience = setTimeout(resolve, ANSWER_TIMEOUT_MS, null);
      channel.postMessage(ASK);
    });
  } finally {
    clearTimeout(patience);
    channel.close();
  }
}
