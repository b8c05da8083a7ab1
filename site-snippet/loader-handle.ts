/** What the tag and the session module say to each other. Types only: the loader must not import anything. */
import type { EndReason } from '../protocol/errors.ts';
import type { SessionMode } from '../protocol/page-message.ts';
import type { Channel, SessionState } from '../protocol/signaling.ts';

/** The event on the host when it had been thrown out of the page and is there again. */
export type BackInPage = 'alongside-back';

/** The tag's attributes, and where the script came from. */
export interface LoaderSettings {
  /** `data-site`. */
  readonly site: string;
  /** The folder of the script's own URL, with its slash: the modules lie beneath it. */
  readonly base: string;
  /** The origin of the script, without a slash: `https://cobrowse.example.com`. */
  readonly server: string;
  /** `data-position`: the edge the button sits on. */
  readonly position: 'left' | 'right';
  /** `data-label`. */
  readonly label: string;
  /** `data-phone`; empty when the tag names none (the server's settings may). */
  readonly phone: string;
}

/** `window.Alongside.session`. */
export interface PublicSession {
  /** Nine digits, no separators. */
  readonly id: string;
  readonly historyId: string;
  readonly state: SessionState;
  readonly mode: SessionMode;
  /** Empty until an agent joined. */
  readonly agentName: string;
}

export interface AlongsideEvents {
  readonly statechange: PublicSession;
  readonly modechange: PublicSession;
  readonly ended: { readonly id: string; readonly historyId: string; readonly reason: EndReason };
  /** The customer focuses a field that agents cannot see. */
  readonly masked: { readonly element: Element };
}

export interface ConversationStart {
  readonly channel: Channel;
  readonly interactionId?: string;
}

export interface Conversation {
  readonly channel: Channel;
  readonly interactionId: string;
  readonly active: boolean;
}

export interface StartedSession {
  /** Nine digits, no separators. */
  readonly id: string;
  readonly historyId: string;
}

/** `window.Alongside`, as the site's developers see it. */
export interface AlongsideApi {
  /** @throws Error (as a rejection) with a sentence for people when no session could be started */
  start(request: ConversationStart): Promise<StartedSession>;
  end(): void;
  interaction(conversation: Conversation): void;
  readonly session: PublicSession | null;
  /** @returns a function that ends the subscription */
  on<Name extends keyof AlongsideEvents>(event: Name, listener: (detail: AlongsideEvents[Name]) => void): () => void;
}

/** What the session module gets. */
export interface LoaderHandle {
  readonly settings: LoaderSettings;
  /** `alongside-widget`, a child of the document element. */
  readonly host: HTMLElement;
  readonly shadow: ShadowRoot;
  readonly button: HTMLButtonElement;
  /** Shows or hides the button; a site's `data-hidden` keeps it hidden either way. */
  showButton(shown: boolean): void;
  /** Calls the site's listeners. Never throws. */
  emit<Name extends keyof AlongsideEvents>(event: Name, detail: AlongsideEvents[Name]): void;
  /** What `Alongside.session` answers from now on. */
  setSession(session: PublicSession | null): void;
}

/** What the session module gives back. The loader calls nothing but these. */
export interface SessionApi {
  /** The customer really clicked the button. */
  buttonPressed(): void;
  start(request: ConversationStart): Promise<StartedSession>;
  end(): void;
  interaction(conversation: Conversation): void;
  /**
   * `sessionStorage` has the key `alongside`, whatever its text, or there is a pass: this tab goes on with the session of the page before.
   * @param pass what a page of another origin of the site sent along; empty when none did
   */
  resume(pass: string): void;
}

/** What the module named `__SESSION_FILE__` exports. Called once a page. */
export interface SessionModule {
  connect(handle: LoaderHandle): SessionApi;
}
