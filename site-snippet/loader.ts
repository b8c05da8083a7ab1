/**
 * The tag itself, a classic script: what every page view pays for. It reads the tag's settings, shows the button,
 * answers as `window.Alongside`, and loads the session module when a session starts or goes on.
 *
 * A site that calls the API before the tag has loaded puts this stub before the tag:
 *
 *   window.Alongside = window.Alongside || (function (q) {
 *     function later(name) {
 *       return function () {
 *         var args = arguments;
 *         return new Promise(function (resolve, reject) { q.push([name, args, resolve, reject]); });
 *       };
 *     }
 *     function on() {
 *       var entry = ['on', arguments];
 *       q.push(entry);
 *       return function () { entry.off ? entry.off() : (entry[0] = ''); };
 *     }
 *     return { q: q, session: null, start: later('start'), end: later('end'), interaction: later('interaction'), on: on };
 *   })([]);
 */
import type {
  AlongsideApi,
  AlongsideEvents,
  BackInPage,
  ConversationStart,
  LoaderHandle,
  LoaderSettings,
  PublicSession,
  SessionApi,
  SessionModule,
} from './loader-handle.ts';

/** A call that waited in the stub's queue. `off` is how a stub's unsubscribe reaches the real one. */
type QueuedCall = [
  name: string,
  args: ArrayLike<unknown>,
  resolve?: (value: unknown) => void,
  reject?: (reason: unknown) => void,
] & { off?: () => void };

interface Stub {
  q: { push(call: QueuedCall): unknown } & Iterable<QueuedCall>;
}

type Listener = (detail: never) => void;

/** One function, because a classic script's top level is the page's. */
(() => {
  /** A module that is not here by now is taken as failed; the customer may try again. */
  const LOAD_TIMEOUT_MS = 20_000;
  const LOAD_AGAIN_MS = 3_000;
  const LOAD_TRIES = 5;
  /** A page that keeps throwing us out wins in the end: two scripts must not fight for ever. */
  const MAX_RETURNS = 50;
  /** After so long it is no fight, but another page of the same document. */
  const FIGHT_MS = 1_000;
  const SENTENCE_MS = 15_000;
  const CANNOT_LOAD = 'Co-browse could not be loaded. Please try again.';
  // Important declarations of a shadow root beat the page's own, its inline ones included.
  const STYLES = `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  top: 0 !important;
  left: 0 !important;
  z-index: 2147483647 !important;
  direction: ltr !important;
  unicode-bidi: isolate !important;
}
/* A popover's: what the page says of all backdrops would lie over the page for as long as a session lasts. */
:host::backdrop {
  display: none !important;
}
#edge {
  position: fixed;
  top: 50%;
  left: 0;
  display: flex;
  align-items: center;
  gap: 8px;
  transform: translateY(-50%);
  pointer-events: none;
  font: 500 14px/1.4 system-ui, sans-serif;
}
#edge.right {
  left: auto;
  right: 0;
  flex-direction: row-reverse;
}
#edge > * {
  pointer-events: auto;
}
#start {
  box-sizing: border-box;
  min-width: 40px;
  max-height: 90vh;
  margin: 0;
  padding: 16px 8px;
  border: 1px solid #fff3;
  border-left: 0;
  border-radius: 0 10px 10px 0;
  color: #fff;
  background: #1b4f8f;
  box-shadow: 0 2px 10px #0004;
  font: inherit;
  letter-spacing: 0.02em;
  writing-mode: vertical-rl;
  cursor: pointer;
}
.right #start {
  border-radius: 10px 0 0 10px;
  border-left: 1px solid #fff3;
  border-right: 0;
}
#start[hidden], #sentence:empty {
  display: none;
}
#start:hover {
  background: #163f73;
}
#start:focus-visible {
  outline: 3px solid #1b4f8f;
  outline-offset: 2px;
  box-shadow: 0 0 0 2px #fff;
}
#start[aria-busy] {
  cursor: progress;
  opacity: 0.75;
}
#sentence {
  max-width: min(260px, 70vw);
  margin: 0;
  padding: 10px 14px;
  border: 1px solid #8886;
  border-radius: 10px;
  color: #1d2430;
  background: #fff;
  box-shadow: 0 2px 10px #0004;
}
@media (pointer: coarse) {
  #start {
    min-width: 44px;
  }
}
@media (prefers-color-scheme: dark) {
  #sentence {
    color: #e8ebf1;
    background: #20252e;
  }
}
@media print {
  :host {
    display: none !important;
  }
}`;

  try {
    install();
  } catch (error) {
    // The page goes on without us; whoever looks after the site finds a line in the console.
    console.warn('Alongside:', error);
  }

  function install(): void {
    const tag = document.currentScript as HTMLScriptElement | null;
    const present = (window as { Alongside?: Partial<Stub & AlongsideApi> }).Alongside;
    // The real object is frozen, the stub is not: the tag is in the page twice.
    if (present && Object.isFrozen(present)) return;
    const site = tag?.dataset['site'];
    if (!tag || !site) {
      console.warn('Alongside: the script tag needs data-site.');
      return;
    }
    const url = new URL(tag.src);
    const settings: LoaderSettings = {
      site,
      base: new URL('.', url).href,
      server: url.origin,
      position: tag.dataset['position'] === 'right' ? 'right' : 'left',
      label: tag.dataset['label'] || 'Start Co-browse',
      phone: tag.dataset['phone'] ?? '',
    };
    const events = createEvents();
    const api = window.top === window ? createApi(tag.dataset, settings, events) : createFrameApi(events.on);
    (window as { Alongside?: AlongsideApi }).Alongside = api;
    if (present?.q) replay(present.q, api);
  }

  /** A frame follows the page around it: sessions belong to the whole tab. */
  function createFrameApi(on: AlongsideApi['on']): AlongsideApi {
    return Object.freeze<AlongsideApi>({
      start: () => Promise.reject(new Error('Co-browse starts in the page itself, not in a frame of it.')),
      end() {},
      interaction() {},
      session: null,
      on,
    });
  }

  function createApi(
    attributes: DOMStringMap,
    settings: LoaderSettings,
    events: ReturnType<typeof createEvents>,
  ): AlongsideApi {
    const { button, host, shadow, say } = createButton(settings, attributes['offset']);
    let current: PublicSession | null = null;
    let loading: Promise<SessionApi> | null = null;
    let failures = 0;
    let isKept = false;

    const handle: LoaderHandle = {
      settings,
      host,
      shadow,
      button,
      showButton(shown) {
        button.hidden = !shown || attributes['hidden'] !== undefined;
      },
      emit: events.emit,
      setSession(session) {
        current = session && Object.freeze({ ...session });
      },
    };

    function load(): Promise<SessionApi> {
      return (loading ??= importSession().then(
        (api) => {
          button.ariaBusy = null;
          return api;
        },
        (error: unknown) => {
          loading = null;
          failures += 1;
          button.ariaBusy = null;
          say(CANNOT_LOAD);
          throw new Error(CANNOT_LOAD, { cause: error });
        },
      ));
    }

    async function importSession(): Promise<SessionApi> {
      // Somebody is in a hurry, and the page may still be being read.
      keepInPage();
      say('');
      button.ariaBusy = 'true';
      // Some browsers remember that a module failed: another try needs another address.
      const file = `${settings.base}__SESSION_FILE__${failures > 0 ? `?${failures}` : ''}`;
      const module = (await withTimeout(import(/* @vite-ignore */ file))) as SessionModule;
      return module.connect(handle);
    }

    /** For what has no caller to tell: `load` has shown its failure already, and the page must not see the session's. */
    function whenLoaded(act: (session: SessionApi) => void, tries = 1): void {
      load()
        .then(act, (error: unknown) => {
          if (tries < 2) throw error;
          setTimeout(whenLoaded, LOAD_AGAIN_MS, act, tries - 1);
        })
        .catch((error: unknown) => console.warn('Alongside:', error));
    }

    handle.showButton(true);
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', keepInPage, { once: true });
    else keepInPage();
    goOn();

    /** From the browser's memory, as it was when it was left: the session may have begun or ended meanwhile. */
    function cameBack({ persisted }: PageTransitionEvent): void {
      if (persisted) goOn();
    }

    function pressed(event: MouseEvent): void {
      if (event.isTrusted) whenLoaded((session) => session.buttonPressed());
    }

    /**
     * At the end of the body, when all of it is there: React 18 takes over whole documents (Next.js, Remix), and throws them
     * away when it finds something anywhere else. Frameworks that change bodies throw us out; then we come back.
     */
    function keepInPage(): void {
      if (isKept) return;
      isKept = true;
      let returns = 0;
      let returnedAt = 0;
      // The page's, whatever has become of it: with Angular, one from a frame would cost every page view.
      const Observer = window.MutationObserver as typeof window.MutationObserver | undefined;
      const watch = typeof Observer === 'function' ? new Observer(lookForUs) : null;
      enter();

      function lookForUs(): void {
        if (host.isConnected) return;
        const now = performance.now();
        returns = now - returnedAt > FIGHT_MS ? 1 : returns + 1;
        returnedAt = now;
        if (returns <= MAX_RETURNS) enter();
      }

      function enter(): void {
        const { body, documentElement } = document;
        // Again each time: `document.open()` takes them away.
        button.addEventListener('click', pressed);
        addEventListener('pageshow', cameBack);
        if (!host.isConnected) {
          (body?.localName === 'body' ? body : documentElement)?.append(host);
          host.dispatchEvent(new Event('alongside-back' satisfies BackInPage));
        }
        for (const place of [document, documentElement, body]) if (place) watch?.observe(place, { childList: true });
      }
    }

    function goOn(): void {
      // Made ready in case it is wanted, and seen by nobody yet.
      if ((document as { prerendering?: boolean }).prerendering) {
        document.addEventListener('prerenderingchange', goOn, { once: true });
        return;
      }
      const pass = takePass();
      // Nobody should have to begin anew because a file did not come: the network may be back soon.
      if (pass || hasStoredSession()) whenLoaded((session) => session.resume(pass), LOAD_TRIES);
    }

    return Object.freeze<AlongsideApi>({
      start: (request: ConversationStart) => load().then((session) => session.start(request)),
      end() {
        if (loading) whenLoaded((session) => session.end());
      },
      interaction(conversation) {
        // The end of a conversation ends a session; without a module there is none.
        if (loading || conversation.active) whenLoaded((session) => session.interaction(conversation));
      },
      get session() {
        return current;
      },
      on: events.on,
    });
  }

  function withTimeout<Result>(promise: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The session module took too long.')), LOAD_TIMEOUT_MS);
      promise.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }

  /** What a page of another origin sent along, and the page itself is not to see. */
  function takePass(): string {
    const pass = /^#alongside=([\w-]{22,64})$/.exec(location.hash)?.[1] ?? '';
    if (pass) history.replaceState(history.state, '', location.pathname + location.search);
    return pass;
  }

  function hasStoredSession(): boolean {
    try {
      return sessionStorage.getItem('alongside') !== null;
    } catch {
      return false; // Storage is forbidden here, so nothing was stored.
    }
  }

  function replay(queue: Stub['q'], api: AlongsideApi): void {
    function call(entry: QueuedCall): void {
      const [name, args, resolve, reject] = entry;
      try {
        if (name !== 'start' && name !== 'end' && name !== 'interaction' && name !== 'on') return;
        const answer: unknown = (api[name] as (...all: unknown[]) => unknown)(...Array.from(args));
        if (name === 'on') entry.off = answer as () => void;
        else resolve?.(answer);
      } catch (error) {
        reject?.(error);
      }
    }
    for (const entry of queue) call(entry);
    // Whoever kept the stub goes on calling it.
    queue.push = call;
  }

  function createEvents() {
    const listeners = new Map<string, Set<Listener>>();
    return {
      on<Name extends keyof AlongsideEvents>(
        event: Name,
        listener: (detail: AlongsideEvents[Name]) => void,
      ): () => void {
        // A wrapper of its own: the same function subscribed twice is two subscriptions.
        const subscribed: Listener = (detail) => listener(detail);
        const all = listeners.get(event) ?? new Set();
        listeners.set(event, all.add(subscribed));
        return () => void all.delete(subscribed);
      },
      emit<Name extends keyof AlongsideEvents>(event: Name, detail: AlongsideEvents[Name]): void {
        // As they are now: one may subscribe another.
        const all = [...(listeners.get(event) ?? [])];
        for (const listener of all) {
          try {
            listener(detail as never);
          } catch (error) {
            reportError(error);
          }
        }
      },
    };
  }

  function createButton(settings: LoaderSettings, offset: string | undefined) {
    const host = document.createElement('alongside-widget');
    const shadow = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet(); // Constructed: a page's style policy does not reach it.
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];

    const edge = document.createElement('div');
    edge.id = 'edge';
    edge.className = settings.position;
    if (offset) edge.style.top = offset;
    const button = document.createElement('button');
    button.type = 'button';
    button.id = 'start';
    button.textContent = settings.label;
    const status = document.createElement('p');
    status.id = 'sentence';
    status.setAttribute('role', 'status');
    edge.append(button, status);
    shadow.append(edge);

    let silence: ReturnType<typeof setTimeout> | undefined;
    function say(sentence: string): void {
      clearTimeout(silence);
      status.textContent = sentence;
      if (sentence) silence = setTimeout(say, SENTENCE_MS, '');
    }
    return { button, host, shadow, say };
  }
})();
