import { element } from './element.ts';
import { trustedButton } from './trusted-button.ts';

const INFO_MS = 10_000;
/** What an error may still stay when the session is over and nothing else of ours is on the page. */
const LAST_ERROR_MS = 15_000;
const DETAILS_MS = 60_000;
const MAX_NOTICES = 3;
/** A live region speaks what changes in it, not what it was born with. */
const SPEAK_AFTER_MS = 50;

export interface Notices {
  /** @param details more to read below the sentence, once it is there; with them the notice stays longer */
  show(kind: 'info' | 'error', sentence: string, details?: Promise<HTMLElement | null>): void;
  /** What they said is no longer so. */
  clear(): void;
}

/**
 * Short sentences at the edge of the page. They outlive the session by their own seconds, because the most important
 * one says why it ended.
 * @param onLastGone called once, when the signal has aborted and no notice is left
 */
export function createNotices(stack: HTMLElement, signal: AbortSignal, onLastGone: () => void): Notices {
  const standing = new Map<HTMLElement, { isError: boolean; stay(ms: number): void; remove(): void }>();
  // Not the session's signal: the dismiss button must work after it.
  const unending = new AbortController().signal;

  function goneIfLast(): void {
    if (signal.aborted && standing.size === 0) onLastGone();
  }

  signal.addEventListener(
    'abort',
    () => {
      for (const { isError, stay } of standing.values()) if (isError) stay(LAST_ERROR_MS);
      goneIfLast();
    },
    { once: true },
  );

  return {
    clear() {
      for (const notice of standing.values()) notice.remove();
    },
    show(kind, sentence, details) {
      if (signal.aborted) return;
      const text = element('p', { role: kind === 'error' ? 'alert' : 'status' });
      const dismiss = trustedButton('×', { class: 'icon', 'aria-label': 'Dismiss' }, unending, remove);
      const box = element('div', { class: `notice ${kind}` }, element('div', { class: 'words' }, text), dismiss);
      const speaking = setTimeout(() => (text.textContent = sentence), SPEAK_AFTER_MS);
      let leaving: ReturnType<typeof setTimeout> | undefined;
      let stayMs = INFO_MS;

      function stay(ms: number): void {
        clearTimeout(leaving);
        leaving = setTimeout(remove, ms);
      }

      function remove(): void {
        clearTimeout(speaking);
        clearTimeout(leaving);
        box.remove();
        if (standing.delete(box)) goneIfLast();
      }

      if (kind === 'info') {
        stay(stayMs);
        // Whoever is reading it, or about to dismiss it, has the time again.
        box.addEventListener('pointerleave', () => stay(stayMs));
        box.addEventListener('pointerenter', () => clearTimeout(leaving));
        box.addEventListener('focusin', () => stay(stayMs));
      }
      details?.then(
        (more) => {
          if (!more || !standing.has(box)) return;
          text.parentElement?.append(more);
          stayMs = DETAILS_MS;
          stay(stayMs);
        },
        () => {}, // It could not be loaded; the sentence stands without it.
      );
      standing.set(box, { isError: kind === 'error', stay, remove });
      stack.append(box);
      const oldest = standing.values().next().value;
      if (standing.size > MAX_NOTICES) oldest?.remove();
    },
  };
}
