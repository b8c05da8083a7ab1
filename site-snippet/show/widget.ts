import { formatSessionId, type SessionId } from '../../protocol/session-id.ts';
import { element } from './element.ts';
import type { Guidance } from './guidance.ts';
import type { HiddenView, HiddenViewOptions } from './hidden-view.ts';
import { keepInSight } from './in-sight.ts';
import { createNotices } from './notice.ts';
import { stayOnTop } from './stay-on-top.ts';
import { STYLES } from './styles.ts';
import { createToolbar, type ActiveInfo, type ConnectionState, type Toolbar, type ToolbarActions } from './toolbar.ts';
import type { WriteAnswer, WriteRequest } from './write-request.ts';

export interface WidgetOptions {
  /** The number to call, as people read it; empty when there is none. */
  readonly phone: () => string;
  /** Shows or hides the button **Start Co-browse** (`LoaderHandle.showButton`). */
  readonly showButton: (shown: boolean) => void;
  /** Everything goes when it aborts; only notices still on the screen live out their seconds. */
  readonly signal: AbortSignal;
  readonly on: ToolbarActions & {
    /** **Cancel** beside the session ID. */
    cancelled(): void;
  };
}

/** Everything the customer sees of a session. Positions are CSS pixels of the viewport. */
export interface Widget {
  /** Asks **Are you on the phone with a representative?** `false`: no, closed, or the session's end. */
  askPhone(): Promise<boolean>;
  /** Nothing happens when the same digits are shown already. @param id nine digits @param expiresInMs milliseconds */
  showSessionId(id: string, expiresInMs: number): void;
  /** The toolbar. May be called again when something of it changes. */
  showActive(info: ActiveInfo): void;
  setWriteMode(on: boolean): void;
  setConnection(state: ConnectionState): void;
  /** Three words that both sides see when nobody stands between them. */
  setSafetyWords(words: string): void;
  /** Asks for Write mode; one request at a time: a second call gets `denied`. @param timeoutMs milliseconds */
  askWrite(agentName: string, timeoutMs: number): Promise<WriteAnswer>;
  /** The agent took the request back: its promise resolves `denied`. */
  closeWriteRequest(): void;
  /** `info` goes away by itself, `error` stays until it is dismissed (or the signal aborts). */
  notice(kind: 'info' | 'error', sentence: string, details?: Promise<HTMLElement | null>): void;
  /** Nobody has done anything for a while. 0 takes the question away. @param remainingMs milliseconds to the end */
  askStillThere(remainingMs: number, onContinue: () => void): void;
  /** For screen readers only. */
  announce(text: string): void;
  /** Loads what both sides show each other over the page; once a widget. */
  openGuidance(agentName: () => string): Promise<Guidance>;
  /** How many values the agent does not see. */
  setHiddenCount(count: number): void;
  /** Loads and opens the frames around what is hidden. */
  openHidden(of: Pick<HiddenViewOptions, 'veiled' | 'hide'>): Promise<HiddenView>;
  /** Back to the button alone. A notice that comes after it stays its time, also past the signal's abort. */
  showIdle(): void;
}

/** The page's own shortcuts and "click outside" handlers have no business with what happens in the widget. */
const KEPT_FROM_THE_PAGE = [
  'keydown',
  'keyup',
  'keypress',
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'touchstart',
  'touchend',
  'click',
  'focusin',
  'focusout',
];

/**
 * @param root the shadow root the loader made; everything here lives in one element of it
 */
export function createWidget(root: ShadowRoot, options: WidgetOptions): Widget {
  const { signal, showButton, on } = options;
  const sheets: CSSStyleSheet[] = [];
  addStyles(STYLES);

  const layer = element('div');
  const spoken = element('p', { class: 'spoken', 'aria-live': 'polite' });
  const stack = element('div', { class: 'stack' });
  const widget = element('div', { class: 'widget', lang: 'en' }, layer, stack, spoken);
  root.append(widget);
  const lookAgain = keepInSight(widget, signal);
  // As wide as what things are fixed to.
  const zoomed = new ResizeObserver(() => setTimeout(() => (unzoom(), lookAgain())));
  zoomed.observe(spoken);

  const notices = createNotices(stack, signal, removeAll);
  let removeCard: (() => void) | null = null;
  let shownId = '';
  // Kept here, so that the session may say them before there is a toolbar.
  let connection: ConnectionState = 'connecting';
  let writing = false;
  let toolbar: Toolbar | null = null;
  let request: Pick<WriteRequest, 'close'> | null = null;
  let removeStillThere: (() => void) | null = null;
  let hasHiddenStyles = false;
  let leaveTop: (() => void) | null = null;
  let isDressed = false;

  for (const type of KEPT_FROM_THE_PAGE) widget.addEventListener(type, (event) => event.stopPropagation(), { signal });
  signal.addEventListener('abort', showIdle, { once: true });

  /** A page that is zoomed by its style would zoom us with it: what lies over a place of it would lie beside that. */
  function unzoom(): void {
    widget.style.zoom = `${1 / (root.host.currentCSSZoom ?? 1)}`;
  }

  function removeAll(): void {
    zoomed.disconnect();
    widget.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => !sheets.includes(one));
  }

  function addStyles(text: string): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.push(sheet);
    root.adoptedStyleSheets.push(sheet);
  }

  /** @throws when it cannot be loaded */
  async function dialogs() {
    const { askPhone, askWrite, showSessionIdCard, showStillThere, DIALOG_STYLES } = await import('./dialogs.ts');
    if (!isDressed) addStyles(DIALOG_STYLES);
    isDressed = true;
    return { askPhone, askWrite, showSessionIdCard, showStillThere };
  }

  async function showCard(id: string, expiresInMs: number, hadFocus: boolean): Promise<void> {
    const askedAt = performance.now();
    try {
      const { showSessionIdCard } = await dialogs();
      if (shownId !== id || signal.aborted) return;
      const left = expiresInMs - (performance.now() - askedAt);
      const card = showSessionIdCard(widget, id, left, signal, () => on.cancelled());
      removeCard = card.remove;
      if (hadFocus) card.focus();
    } catch {
      if (shownId !== id) return;
      // The digits must be seen all the same.
      shownId = '';
      notices.show('error', `Your session ID is ${formatSessionId(id as SessionId)}.`);
    }
  }

  async function askStillThere(remainingMs: number, onContinue: () => void): Promise<void> {
    const asked = new AbortController();
    removeStillThere = () => asked.abort();
    const endsAt = performance.now() + remainingMs;
    const { showStillThere } = await dialogs();
    showStillThere(stack, endsAt, asked.signal, onContinue);
  }

  function announce(text: string): void {
    // The same words again are no change, and would not be spoken.
    spoken.textContent = spoken.textContent === text ? `${text}\u00A0` : text;
  }

  function startShowing(): void {
    showButton(false);
    leaveTop ??= stayOnTop(root.host as HTMLElement, signal, (x, y) => toolbar?.pressAt(x, y) ?? null);
  }

  function hideCard(): void {
    removeCard?.();
    removeCard = null;
    shownId = '';
  }

  function showIdle(): void {
    hideCard();
    request?.close();
    removeStillThere?.();
    toolbar?.region.remove();
    toolbar = null;
    connection = 'connecting';
    writing = false;
    spoken.textContent = '';
    stack.classList.remove('bottom');
    leaveTop?.();
    leaveTop = null;
    showButton(true);
  }

  return {
    askPhone: async () => (await dialogs()).askPhone(widget, options.phone, signal),
    showSessionId(id, expiresInMs) {
      if (shownId === id) return;
      // The question's button had the focus, and goes: without this a keyboard starts again at the top of the page.
      const hadFocus = root.activeElement !== null;
      hideCard();
      shownId = id;
      startShowing();
      void showCard(id, expiresInMs, hadFocus);
    },
    showActive(info) {
      hideCard();
      startShowing();
      if (!toolbar) {
        toolbar = createToolbar(signal, on, (toTop) => stack.classList.toggle('bottom', toTop));
        toolbar.setConnection(connection);
        toolbar.setWriteMode(writing);
        widget.append(toolbar.region);
      }
      toolbar.update(info);
    },
    setWriteMode(on) {
      writing = on;
      toolbar?.setWriteMode(on);
    },
    setSafetyWords: (words) => toolbar?.setSafetyWords(words),
    setConnection(state) {
      connection = state;
      toolbar?.setConnection(state);
    },
    async askWrite(agentName, timeoutMs) {
      if (request || signal.aborted) return 'denied';
      // Stands for the question while that is being loaded.
      let taken = false;
      const loading = { close: () => (taken = true) };
      request = loading;
      try {
        const { askWrite } = await dialogs();
        if (taken || signal.aborted) return 'denied';
        const asked = askWrite(widget, agentName, timeoutMs, signal);
        request = asked;
        return await asked.answer;
      } catch {
        return 'denied';
      } finally {
        request = null;
      }
    },
    closeWriteRequest() {
      request?.close();
    },
    notice: notices.show,
    askStillThere(remainingMs, onContinue) {
      removeStillThere?.();
      removeStillThere = null;
      if (remainingMs > 0) askStillThere(remainingMs, onContinue).catch(() => {}); // Moving the mouse answers it as well.
    },
    async openGuidance(agentName) {
      const { createGuidance, GUIDANCE_STYLES } = await import('./guidance.ts');
      addStyles(GUIDANCE_STYLES);
      const onPenDown = (): void => toolbar?.setDrawing(false);
      return createGuidance({ widget, layer, agentName, announce, onPenDown, signal });
    },
    setHiddenCount: (count) => toolbar?.setHiddenCount(count),
    async openHidden(of) {
      const { HIDDEN_STYLES, openHiddenView } = await import('./hidden-view.ts');
      if (!hasHiddenStyles) addStyles(HIDDEN_STYLES);
      hasHiddenStyles = true;
      return openHiddenView({ ...of, toolbar: toolbar?.region ?? widget, layer, host: root.host, signal });
    },
    announce,
    showIdle() {
      notices.clear();
      showIdle();
    },
  };
}
