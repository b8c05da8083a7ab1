import { listen } from '../../listen.ts';
import { isConnected, windowOf } from '../../native.ts';
import { dispatch } from '../native-acts.ts';

/**
 * `change` comes when a person leaves a field they have edited. The browser does not know that the agent's typing was
 * editing, so the acts say what they edited, and `change` is sent before the focus goes.
 */
export interface Commits {
  /** From now on notices when a field of this window loses the focus. */
  watch(window: Window): void;
  /** @param before the field's value before this edit; the first one counts */
  edited(field: Element & { readonly value: string }, before: string): void;
  /** Sends `change` for every edited field but `staying`. */
  commit(staying?: Element | null): void;
}

export function createCommits(signal: AbortSignal): Commits {
  const befores = new Map<Element & { readonly value: string }, string>();

  function commit(staying: Element | null = null): void {
    for (const [field, before] of befores) {
      if (field === staying) continue;
      befores.delete(field);
      if (field.value === before || !isConnected(field)) continue;
      dispatch(field, new (windowOf(field).Event)('change', { bubbles: true }));
    }
  }

  signal.addEventListener('abort', () => commit(), { once: true });

  return {
    watch(window) {
      // The customer, or the page, takes the focus away. In the capture phase `change` still comes before the page's `blur`.
      listen(window, 'blur', ({ target }) => target !== window && commit(), { signal, capture: true });
    },
    edited(field, before) {
      if (!befores.has(field)) befores.set(field, before);
    },
    commit,
  };
}
