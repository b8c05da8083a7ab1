import type { Modifier } from '../../../protocol/command.ts';
import { listen } from '../../listen.ts';
import { documentOf } from '../../native.ts';
import { isNamed, pathOf } from '../path.ts';

/**
 * A link that opens a new tab opens none for a script, the browser's popup blocker sees to that: for the agent it leads
 * there in this tab, where the session goes on. So does any link with a key held, which would open a tab or a window, or
 * save what it leads to. The guard has judged the address.
 * @param modifiers what is held
 * @param click sends the click
 */
export function followInThisTab(element: Element, modifiers: readonly Modifier[], click: () => boolean): boolean {
  const link = pathOf(element).find((passed) => isNamed(passed, 'a') || isNamed(passed, 'area'));
  const view = documentOf(element).defaultView;
  const isElsewhere =
    link !== undefined &&
    (modifiers.length > 0 ||
      (!['', '_self', '_top', '_parent'].includes(link.target) && !isFrameNamed(link.target, element)));
  if (!isElsewhere || !view || !/^https?:$/u.test(link.protocol)) return click();
  const { href } = link;
  const stop = new AbortController();
  // The last to hear of it: the page has had its say.
  const listener = (event: Event): void => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    // Of a link in a frame too: a new tab would have shown the whole page.
    window.location.assign(href);
  };
  listen(view, 'click', listener, { signal: stop.signal });
  try {
    return click();
  } finally {
    stop.abort();
  }
}

/** A link may lead into another frame of the page: the browser's own way is right then. */
function isFrameNamed(name: string, from: Element): boolean {
  const frame = `:is(iframe, frame)[name="${CSS.escape(name)}"]`;
  return [documentOf(from), document].some((one) => one.querySelector(frame) !== null);
}
