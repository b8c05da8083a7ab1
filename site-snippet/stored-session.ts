import type { Channel, IceServer } from '../protocol/signaling.ts';

/** What takes a session through a page load: the tab's storage, which other tabs and other origins cannot read. */
export interface StoredSession {
  /** Nine digits. */
  readonly sessionId: string;
  readonly historyId: string;
  readonly token: string;
  readonly channel: Channel;
  /** The customer has been told that the agent sees the page. */
  readonly isTold?: boolean;
  /** The agent, by its name on the PeerJS socket, who was allowed to act on the page before. */
  readonly grantedTo?: string;
  /** Where the next page may be heard at once, before the server has said it again. */
  readonly peer?: PeerTicket;
  /** Whom the page before was told to call. */
  readonly agent?: string;
  /** Until when it is believed without a word from the server, Unix milliseconds; `null`: nothing runs out. */
  readonly lastsUntil?: number | null;
}

/** A name on the PeerJS socket, the key to it, and what leads through firewalls. */
export interface PeerTicket {
  readonly name: string;
  readonly token: string;
  readonly iceServers: readonly IceServer[];
}

/** The loader looks for this key too. */
const KEY = 'alongside';
const RECEIPT_KEY = 'alongside-receipt';

export function storeSession(session: StoredSession): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    // Storage may be forbidden: the session then ends with the page.
  }
}

/** As it is stored, for another tab. */
export function storedText(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @param text what another tab had stored */
export function storeText(text: string): void {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // As above.
  }
}

export function clearStoredSession(): void {
  try {
    sessionStorage.removeItem(KEY);
    sessionStorage.removeItem(RECEIPT_KEY);
  } catch {
    // As above.
  }
}

/** `null` when there is none, or none that can be read. */
export function readStoredSession(): StoredSession | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as StoredSession;
    const { sessionId, historyId, token, channel } = stored;
    const isWhole = typeof sessionId === 'string' && typeof historyId === 'string' && typeof token === 'string';
    if (!isWhole) return null;
    return {
      sessionId,
      historyId,
      token,
      channel: channel === 'chat' ? 'chat' : 'voice',
      isTold: stored.isTold === true,
      grantedTo: stored.grantedTo ?? '',
      agent: stored.agent ?? '',
      lastsUntil: stored.lastsUntil ?? null,
      ...(stored.peer && { peer: stored.peer }),
    };
  } catch {
    return null;
  }
}

/** What the agent has done so far; stored-receipt.ts reads it. */
export function storeReceipt(json: string): void {
  try {
    sessionStorage.setItem(RECEIPT_KEY, json);
  } catch {
    // As above: the receipt then begins anew with each page.
  }
}

export function readStoredReceipt(): string | null {
  try {
    return sessionStorage.getItem(RECEIPT_KEY);
  } catch {
    return null;
  }
}
