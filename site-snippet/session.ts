import { SENTENCES } from '../protocol/errors.ts';
import type { Farewell } from '../protocol/page-message.ts';
import type { CustomerSettings } from '../protocol/signaling.ts';
import { requestSession, requestSettings, ServerRefusal } from './channel/server.ts';
import type { ConversationStart, LoaderHandle, SessionApi, StartedSession } from './loader-handle.ts';
import { runSession, type RunningSession } from './running-session.ts';
import { whenRewritten } from './rewritten.ts';
import { createWidget, type Widget } from './show/widget.ts';
import {
  clearStoredSession,
  readStoredSession,
  storeSession,
  storeText,
  type StoredSession,
} from './stored-session.ts';

/** The session module, once a page: the loader calls it when a session starts or goes on. */
export function connect(handle: LoaderHandle): SessionApi {
  const { settings: tag } = handle;
  let running: RunningSession | null = null;
  let starting: Promise<StartedSession> | null = null;
  let conversation: ConversationStart | null = null;
  let isAsking = false;
  /** Somebody ended what had not begun yet: the server hears it as soon as there is something to end. */
  let endWanted: Farewell | null = null;
  /** From the site's settings, for tags that name none. */
  let phone = '';
  let view: { widget: Widget; close: () => void } | null = null;

  /** The widget outlives neither a question nor a session: between them nothing of ours runs in the page. */
  function openWidget(): Widget {
    if (view) return view.widget;
    const closing = new AbortController();
    const widget = createWidget(handle.shadow, {
      phone: () => tag.phone || phone,
      showButton: handle.showButton,
      signal: closing.signal,
      on: {
        exit: () => end('customer_ended'),
        cancelled: () => end('customer_ended'),
        writeSwitched: (on) => running?.writeSwitched(on),
        drawSwitched: (on) => running?.drawSwitched(on),
        hiddenSwitched: (on) => running?.hiddenSwitched(on),
      },
    });
    view = { widget, close: () => closing.abort() };
    whenRewritten(document, closing.signal, rewritten);
    return widget;
  }

  /** Nothing of the widget's can be pressed any more: another takes its place, as on another page. */
  function rewritten(): void {
    const wasRunning = running !== null;
    running?.suspend();
    closeWidget();
    isAsking = false;
    if (wasRunning) resumeStored();
  }

  function closeWidget(): void {
    view?.close();
    view = null;
  }

  function run(stored: StoredSession, settings: CustomerSettings | null): void {
    const widget = openWidget();
    running = runSession(handle, widget, stored, settings, () => {
      running = null;
      closeWidget();
    });
  }

  function start(request: ConversationStart): Promise<StartedSession> {
    if (running) return Promise.reject(new ServerRefusal('customer_busy'));
    starting ??= startNow(request).finally(() => (starting = null));
    return starting;
  }

  async function startNow(request: ConversationStart): Promise<StartedSession> {
    endWanted = null;
    handle.button.ariaBusy = 'true';
    try {
      const { sessionId, historyId, token, settings } = await requestSession(tag.server, {
        site: tag.site,
        ...request,
      });
      const stored: StoredSession = { sessionId, historyId, token, channel: request.channel };
      storeSession(stored);
      run(stored, settings);
      if (endWanted) end(endWanted);
      return { id: sessionId, historyId };
    } finally {
      handle.button.ariaBusy = null;
    }
  }

  /** From another origin of the site. */
  async function goOn(pass: string): Promise<void> {
    try {
      const { redeemPass } = await import('./channel/pass.ts');
      const { settings, ...resumed } = await redeemPass(tag.server, pass);
      if (running || starting) return;
      const stored: StoredSession = { ...resumed, isTold: true };
      storeSession(stored);
      run(stored, settings);
    } catch {
      // Too late, or not for us: this origin may still have its own from before.
      if (!running) resumeStored();
    }
  }

  function resumeStored(): void {
    const stored = readStoredSession();
    if (stored) run(stored, null);
    else clearStoredSession();
  }

  function end(reason: Farewell): void {
    if (running) running.end(reason);
    else if (starting) endWanted = reason;
  }

  async function askAndStart(): Promise<void> {
    if (running || starting || isAsking) return;
    if (await moveHere()) return;
    const widget = openWidget();
    try {
      // A conversation the site told us of needs no question.
      isAsking = conversation === null;
      if (isAsking && tag.phone === '' && phone === '') void learnPhone();
      const isTalking = !isAsking || (await widget.askPhone());
      isAsking = false;
      // The site's own link may have started one meanwhile: the widget is that session's now.
      if (running) return;
      if (isTalking) await (starting ?? start(conversation ?? { channel: 'voice' }));
      else closeWidget();
    } catch (error) {
      widget.showIdle();
      widget.notice('error', error instanceof ServerRefusal ? error.message : SENTENCES.server_error);
      closeWidget();
    }
  }

  /** Pressed in a new tab, with the session in the one it was opened from: one click moves it here. */
  async function moveHere(): Promise<boolean> {
    const text = await import('./channel/other-tabs.ts').then(({ fetchSession }) => fetchSession()).catch(() => null);
    if (text === null || running || starting) return running !== null;
    storeText(text);
    resumeStored();
    return running !== null;
  }

  async function learnPhone(): Promise<void> {
    const known = await requestSettings(tag.server, tag.site).catch(() => null);
    phone = typeof known?.phone === 'string' ? known.phone : '';
  }

  return {
    buttonPressed: () => void askAndStart(),
    start,
    end: () => end('customer_ended'),
    interaction({ channel, interactionId, active }) {
      conversation = active ? { channel, interactionId } : null;
      if (!active) end('interaction_ended');
    },
    resume(pass) {
      if (running || starting) return;
      if (pass) void goOn(pass);
      else resumeStored();
    },
  };
}
