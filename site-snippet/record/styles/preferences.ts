import type { PageScheme, Preferences } from '../../../protocol/page-message.ts';
import { holdingNow } from '../../../protocol/preferences.ts';
import { documentHas, viewOf } from '../../native.ts';
import { fontSizeOf, measureBrowser } from './browser-sizes.ts';
import { measureScreen, NO_LENGTHS } from './screen-lengths.ts';

/** What media queries answer here, what the browser is set to, and which scheme the page's `<meta>` comes to: now, and when it changes. */
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
      const now: Preferences = {
        holding,
        devicePixelRatio,
        pageScheme: schemeOf(document, asks('(prefers-color-scheme: dark)')),
        sizes: measureBrowser(widget, devicePixelRatio),
        rootFontSize: fontSizeOf(documentHas(document, 'documentElement')),
        ...(document === globalThis.document ? measureScreen(widget) : NO_LENGTHS),
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
