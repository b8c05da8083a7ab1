import { baseOf, documentHas, isElement, linkIn, nameOf } from '../native.ts';
import { admits } from '../../protocol/origin.ts';
import type { ResumeResponse, ServerMessage } from '../../protocol/signaling.ts';
import { listen } from '../listen.ts';

/** A pass and the origins it may be taken to. */
export type Pass = Extract<ServerMessage, { type: 'pass' }>;

/**
 * Storage ends at the origin, the session does not: a link or form that leads to another origin of the site takes a
 * pass along, in the fragment, which no server and no `Referer` gets to see. It is good once, for seconds, from this
 * browser, after this page has gone.
 *
 * The page's own link is as it was a moment later. One with a fragment of its own is left alone: the page there would
 * read another.
 * @param signal ends it
 */
export function carryPass(newest: () => Pass, signal: AbortSignal): void {
  if (signal.aborted) return;

  function decorated(address: string): string | null {
    if (!URL.canParse(address)) return null;
    const url = new URL(address);
    const { code, origins } = newest();
    if (url.origin === location.origin || url.hash !== '' || !admits(origins, url)) return null;
    url.hash = `alongside=${code}`;
    return url.href;
  }

  /** The browser reads the address when all listeners have been called. */
  function lend(element: Element, attribute: string, address: string): void {
    const own = element.getAttribute(attribute);
    const carrying = decorated(address);
    if (carrying === null) return;
    element.setAttribute(attribute, carrying);
    setTimeout(() => {
      if (element.getAttribute(attribute) !== carrying) return;
      if (own === null) element.removeAttribute(attribute);
      else element.setAttribute(attribute, own);
    });
  }

  // On the window and not captured: the page's own listeners have had their say.
  listen(
    window,
    'click',
    (event) => {
      if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const link = linkIn(event);
      if (link && isThisTab(link.target)) lend(link, 'href', link.href);
    },
    { signal },
  );
  listen(
    window,
    'submit',
    (event) => {
      const { target: form, submitter } = event;
      if (event.defaultPrevented || !isElement(form) || nameOf(form) !== 'form') return;
      // Fields named `action` or `target` hide the properties.
      const own = submitter?.getAttribute('formaction');
      const action = own ?? form.getAttribute('action') ?? '';
      const aim = submitter?.getAttribute('formtarget') ?? form.getAttribute('target') ?? '';
      const address = URL.canParse(action, baseOf(document)) ? new URL(action, baseOf(document)).href : '';
      if (isThisTab(aim)) lend(own == null ? form : submitter!, own == null ? 'action' : 'formaction', address);
    },
    { signal },
  );
}

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * The session of the page on another origin that sent this pass along.
 * @throws when the server refuses, or does not answer
 */
export async function redeemPass(server: string, pass: string): Promise<ResumeResponse> {
  const cameFrom = URL.canParse(documentHas(document, 'referrer'))
    ? new URL(documentHas(document, 'referrer')).origin
    : '';
  const response = await fetch(`${server}/api/sessions/resume`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pass, cameFrom }),
    credentials: 'omit',
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error('The pass is no longer good.');
  return (await response.json()) as ResumeResponse;
}

function isThisTab(target: string): boolean {
  return target === '' || target === '_self' || target === '_top';
}
