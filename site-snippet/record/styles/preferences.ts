import type { PageScheme, Preferences, ScrollBars } from '../../../protocol/page-message.ts';
import { holdingNow } from '../../../protocol/preferences.ts';
import { viewOf } from '../../native.ts';
import { measureScrollBars } from './scroll-bars.ts';

/** What media queries answer here, what scroll bars take, and which scheme the page's `<meta>` comes to: now, and when it changes. */
export function recordPreferences(
  document: Document,
  widget: ShadowRoot,
  signal: AbortSignal,
  onChange: (now: Preferences) => void,
): { look(): void } {
  const window = viewOf(document);
  const lists = new Map<string, MediaQueryList>();
  let holding: readonly number[] | null = null;
  let last = '';
  let scrollBars: ScrollBars = { normal: 0, thin: 0 };
  let ratio = 0;

  function asks(query: string): boolean {
    let list = lists.get(query);
    if (list === undefined) {
      if (window === null) return false;
      list = window.matchMedia(query);
      list.addEventListener('change', () => (holding = null), { signal });
      lists.set(query, list);
    }
    return list.matches;
  }

  function look(): void {
    try {
      holding ??= holdingNow(asks);
      const devicePixelRatio = window?.devicePixelRatio ?? 1;
      // Measured in dots, they are others when the page is zoomed.
      if (devicePixelRatio !== ratio) scrollBars = measureScrollBars(widget);
      ratio = devicePixelRatio;
      const now: Preferences = {
        holding,
        devicePixelRatio,
        pageScheme: schemeOf(document, asks('(prefers-color-scheme: dark)')),
        scrollBars,
      };
      const key = JSON.stringify(now);
      if (key === last) return;
      last = key;
      onChange(now);
    } catch {
      // A page may have put anything in the place of `matchMedia`: the agent's browser answers for itself then.
    }
  }

  look();
  return { look };
}

/** Of several schemes that the page can be drawn in, the customer's own, or else its first (CSS Color Adjustment 1). */
function schemeOf({ head }: Document, isDark: boolean): PageScheme {
  const meta = head?.querySelector<HTMLMetaElement>('meta[name="color-scheme" i]');
  const schemes: readonly string[] = meta?.content.toLowerCase().match(/\b(?:light|dark)\b/gu) ?? [];
  if (schemes.length === 0) return 'normal';
  // With one word there is no choice.
  return schemes.includes(isDark ? 'dark' : 'light') === isDark ? 'dark' : 'light';
}
