import { assertNever } from '../protocol/assert-never.ts';
import { SENTENCES, type EndReason } from '../protocol/errors.ts';
import { AWAY_TIMEOUT_MS, FAREWELL_MS, OTHERS_WORD_MS } from '../protocol/limits.ts';
import type { Farewell, SessionMode } from '../protocol/page-message.ts';
import type { ServerMessage, SessionState, CustomerSettings } from '../protocol/signaling.ts';
import { watchActivity } from './channel/activity.ts';
import { createLine, type Channels } from './channel/line.ts';
import { isSilence } from './channel/live.ts';
import type { Pass } from './channel/pass.ts';
import { requestSettings } from './channel/server.ts';
import { openSessionSocket, type SessionSocket } from './channel/session-socket.ts';
import { createWriteMode, type WriteMode } from './control/write-mode.ts';
import { firstOf } from './first-of.ts';
import type { LoaderHandle } from './loader-handle.ts';
import { countHidden } from './mask/hidden-count.ts';
import { createJudge } from './mask/judge.ts';
import { createLastLook } from './mask/last-look.ts';
import { openRules } from './mask/rules-door.ts';
import { createDeflater } from './send/deflate.ts';
import { startSharing, type Sharing } from './sharing.ts';
import { createGuidanceDoor } from './show/guidance-door.ts';
import type { HiddenView } from './show/hidden-view.ts';
import type { Widget } from './show/widget.ts';
import {
  clearStoredSession,
  readStoredReceipt,
  storedText,
  storeSession,
  type StoredSession,
} from './stored-session.ts';
import { listen } from './listen.ts';

/** Why it ended, to the customer. */
const END_WORDS: Record<EndReason, string> = {
  customer_ended: 'You ended the co-browse session. Your page is no longer shared.',
  agent_ended: 'Your representative ended the co-browse session. Your page is no longer shared.',
  interaction_ended: 'The conversation is over, and with it the co-browse session.',
  idle_timeout: 'The co-browse session ended because nothing happened for a while.',
  away_timeout: 'The co-browse session ended because one of you was away for too long.',
  pending_timeout: 'The session ID expired before a representative joined.',
  connection_lost: 'The co-browse session ended because the connection was lost.',
  policy: 'The co-browse session was ended.',
};

/** A session on this page, from its first moment here until it ends or the page goes. */
export interface RunningSession {
  end(reason: Farewell): void;
  /** As when the page goes; the session is taken up again from what is stored. */
  suspend(): void;
  writeSwitched(on: boolean): void;
  drawSwitched(on: boolean): void;
  hiddenSwitched(on: boolean): void;
}

/** How long the customer's own end waits for the server's word before the page is free anyway. */
const END_PATIENCE_MS = 2_000;

export function runSession(
  handle: LoaderHandle,
  widget: Widget,
  kept: StoredSession,
  knownSettings: CustomerSettings | null,
  onOver: () => void,
): RunningSession {
  const { settings: tag } = handle;
  const { sessionId, historyId } = kept;
  let stored = kept;
  const ending = new AbortController();
  const { signal } = ending;
  /** Aborts with the session, or earlier: nothing is shown any more while the farewell is still on its way. */
  const leaving = new AbortController();
  signal.addEventListener('abort', () => leaving.abort());
  /** Aborts when the server knows that it is over, or cannot be told. */
  const hangingUp = new AbortController();
  // Until the site's rules are known.
  const judge = createJudge(null);
  const lastLook = createLastLook();
  // Its worker starts while everybody waits for the agent.
  const deflater = createDeflater(signal);
  let settings = knownSettings;
  let state: SessionState = 'waiting';
  let agentName = '';
  let mode: SessionMode = 'pointer';
  let patience = 0;
  let hiddenView: HiddenView | null = null;
  let isHiddenShown = false;
  let isMaskingTold = false;
  let isOver = false;
  let pass: Pass | null = null;
  let shared: Sharing | null = null;
  /** The agent was heard on the channel, and it is not lost yet. */
  let isLinked = false;
  let isSilent = false;

  let activate = (): void => {};
  const whenActive = new Promise<void>((resolve) => (activate = resolve));
  const whenSettled = settings === null ? learnSettings() : Promise.resolve();
  const activity = watchActivity(leaving.signal, (agoMs) => socket.say({ type: 'active', agoMs }));
  const writeMode: WriteMode = createWriteMode({
    widget,
    document,
    host: handle.host,
    judge,
    lastLook,
    tellActs: (acts) => socket.say({ type: 'acts', acts }),
    settings: () => settings,
    whenSettled,
    grantedTo: stored.grantedTo ?? '',
    agentName: () => agentName,
    signal,
    onChange: publish,
  });

  const guidance = createGuidanceDoor(() => widget.openGuidance(() => agentName));

  const socket: SessionSocket = openSessionSocket({
    server: tag.server,
    token: stored.token,
    signal: hangingUp.signal,
    onMessage: accept,
    isLinked: () => isLinked,
    isSilent: () => isLinked && isSilent,
    // Nobody is silent who was never heard, by this peer.
    whenReachable: () => line.whenReachable(),
    activeAgoMs: activity.agoMs,
    awayTimeoutMs: () => settings?.awayTimeoutMs ?? AWAY_TIMEOUT_MS,
    lastsUntil: stored.lastsUntil ?? null,
    onLasting: (lastsUntil) => isOver || remember({ lastsUntil }),
    onGone: () => over('connection_lost'),
  });
  const hidden = countHidden(lastLook, socket.say, widget.setHiddenCount, leaving.signal);
  const rules = openRules({
    server: tag.server,
    site: tag.site,
    document,
    judge,
    lastLook,
    say: socket.say,
    signal: leaving.signal,
  });
  const line = createLine({
    server: tag.server,
    // The last word is still on its way when nothing else is.
    signal,
    isSilent: () => isLinked && isSilent,
    onOpen: (channels) => void share(channels),
    onLost() {
      if (leaving.signal.aborted) return;
      guidance.pointer(null);
      // The server may have said before the channel did that the agent is away: then nothing is wrong with the line.
      widget.setConnection(state === 'paused' ? 'quiet' : 'lost');
    },
    askAnew: () => leaving.signal.aborted || socket.say({ type: 'reconnect' }),
    onSign: () => socket.comeBackNow(),
    onPathStep: (step) => socket.say({ type: 'path', step }),
  });
  if (stored.peer) {
    line.use(stored.peer);
    // Who was there before the page was left is most likely there still, and the server need not say it first.
    if (stored.agent) line.call(stored.agent);
  }
  import('./channel/other-tabs.ts')
    .then(({ offerSession }) => offerSession(storedText, tellOfOtherTab, leaving.signal))
    .catch(() => {}); // The session stays in this tab.
  publish();
  // A page that may come back as it was must not hold a connection; and the other side knows at once.
  listen(window, 'pagehide', suspend, { signal });

  /** Without settings Write mode stays off, which is the safe side. */
  async function learnSettings(): Promise<void> {
    settings = await requestSettings(tag.server, tag.site).catch(() => null);
    if (state === 'active') showActive();
  }

  function accept(message: ServerMessage): void {
    if (isOver && message.type !== 'ended' && message.type !== 'error') return;
    switch (message.type) {
      case 'state':
        enter(message);
        break;
      case 'peer':
        // Said again after every `hello`: a socket that is open stays.
        if (leaving.signal.aborted) break;
        remember({ peer: message });
        line.use(message);
        break;
      case 'pass':
        if (!pass)
          import('./channel/pass.ts').then(
            ({ carryPass }) => carryPass(() => pass!, leaving.signal),
            () => {},
          );
        pass = message;
        break;
      case 'path':
        line.takePathStep(message.step);
        break;
      case 'connect':
        if (leaving.signal.aborted) break;
        if (stored.agent !== message.to) remember({ agent: message.to });
        line.call(message.to);
        break;
      case 'idle':
        widget.askStillThere(message.remainingMs, activity.now);
        break;
      case 'ended':
        over(message.reason);
        break;
      case 'error':
        // Forgotten by the server: to the customer a session that is over, and nothing to be mended.
        over('connection_lost', message.code === 'bad_token' ? '' : SENTENCES[message.code]);
        break;
      case 'rules':
        rules.newest(message.version);
        break;
      case 'pong':
        break;
      default:
        assertNever(message);
    }
  }

  function enter(message: Extract<ServerMessage, { type: 'state' }>): void {
    const before = state;
    state = message.state;
    // A warning that still holds is said again after this.
    widget.askStillThere(0, activity.now);
    agentName = message.agentName;
    if (state === 'waiting') {
      widget.showSessionId(sessionId, message.remainingMs);
      prepare();
    } else if (state === 'active') {
      showActive();
      activate();
      if (before === 'waiting') {
        widget.setConnection('connecting');
        // Said once a session; on the pages after it the toolbar says it.
        if (!stored.isTold) {
          widget.notice('info', `${agentName || 'Your representative'} can now see this page. Passwords stay hidden.`);
          remember({ isTold: true });
        }
      }
    } else if (!isLinked) {
      // The server missing the agent's other line is nothing to the customer while the agent is heard.
      widget.setConnection('quiet');
    }
    publish();
  }

  /** While the digits are read out: what an agent who joins would have to wait for. */
  function prepare(): void {
    Promise.all([import('./channel/peer.ts'), import('./record/page-state.ts')]).catch(() => {}); // Then it is loaded later.
  }

  function showActive(): void {
    widget.showActive({ agentName, sessionId, canWrite: settings?.writeMode === true });
  }

  function remember(news: Partial<StoredSession>): void {
    stored = { ...stored, ...news };
    storeSession(stored);
  }

  async function share(channels: Channels): Promise<void> {
    await rules.ready;
    // A channel may be there sooner than the server's word; the page is not shared before the customer can see that it is.
    await whenActive;
    if (channels.signal.aborted || leaving.signal.aborted) return;
    startSharing({
      document,
      widget: handle.shadow,
      channels: { ...channels, signal: firstOf(channels.signal, leaving.signal) },
      judge,
      lastLook,
      deflater,
      onReady(sharing: Sharing) {
        shared = sharing;
        isLinked = true;
        channels.signal.addEventListener('abort', () => (isLinked = false));
        socket.say({ type: 'linked' });
        writeMode.connect(sharing, channels.signal, channels.to);
        guidance.connect(sharing);
        showSafetyWords(channels).catch(() => {});
        widget.setConnection('good');
      },
      onState(live) {
        widget.setConnection(live);
        isSilent = isSilence(live);
        if (live === 'quiet') socket.check();
      },
      onRefused(code) {
        if (code === 'channel_failed') {
          line.reconnect();
          return;
        }
        socket.say({ type: 'end', reason: 'policy' });
        finish('policy', SENTENCES[code]);
      },
      onPointer: guidance.pointer,
      onPoint: guidance.point,
      onMaskedFocus: maskedFocus,
      onAskWrite: writeMode.asked,
      onEndWrite: writeMode.endedByAgent,
      onBye() {
        finish('agent_ended');
        unlessHeard(() => socket.say({ type: 'end', reason: 'agent_ended' }), OTHERS_WORD_MS);
      },
      onCommand: writeMode.command,
      onDrawing: guidance.draw,
      pinnedIn: guidance.pinnedIn,
      readForeign,
    });
  }

  async function readForeign(url: string, patience: AbortSignal): Promise<Response> {
    await whenSettled;
    const hosts = settings?.fileHosts ?? [];
    if (hosts.length === 0) throw new Error('The site names no hosts.');
    const { readForeignFile } = await import('./channel/foreign-files.ts');
    return readForeignFile(tag.server, stored.token, hosts, url, patience);
  }

  /** Where they cannot be had (no secure context), there are none: the agent's side shows its own. */
  async function showSafetyWords({ fingerprints, signal: connection }: Channels): Promise<void> {
    const { wordsFor } = await import('./channel/safety.ts');
    const words = await wordsFor(historyId, await fingerprints());
    if (!connection.aborted) widget.setSafetyWords(words);
  }

  async function switchHidden(on: boolean): Promise<void> {
    isHiddenShown = on;
    const opened = on ? await widget.openHidden({ veiled: judge.veiled, hide: judge.hide }) : null;
    hiddenView?.close();
    hiddenView = opened;
    // Switched off while it was being loaded.
    if (!isHiddenShown) hiddenView?.close();
  }

  function maskedFocus(element: Element): void {
    handle.emit('masked', { element });
    widget.announce('Your representative does not see what is in this field.');
    if (isMaskingTold) return;
    isMaskingTold = true;
    widget.notice('info', 'Your representative does not see what you type in this field.');
  }

  function tellOfOtherTab(): void {
    widget.notice('info', 'The session stays in this tab. To take it to the new one, press Start Co-browse there.');
  }

  function publish(): void {
    if (isOver) return;
    const session = { id: sessionId, historyId, state, mode: writeMode.mode, agentName } as const;
    handle.setSession(session);
    handle.emit('statechange', session);
    if (session.mode !== mode) handle.emit('modechange', session);
    mode = session.mode;
  }

  function end(reason: Farewell): void {
    if (leaving.signal.aborted) return;
    writeMode.settle();
    hidden.tell();
    socket.say({ type: 'end', reason });
    shared?.tellEnd(reason);
    // Not one change of the page more; the words wait for the server's.
    leaving.abort();
    // Whatever the server says or does not say, the page is the customer's again.
    patience = setTimeout(() => finish(reason), END_PATIENCE_MS);
  }

  /** The page goes. The session does not: the next page, or this one when it comes back, takes it up. */
  function suspend(): void {
    // Whoever has pressed Exit does not find the session again on the next page.
    if (leaving.signal.aborted) clearStoredSession();
    else remember({ grantedTo: writeMode.grantee });
    isOver = true;
    clearTimeout(patience);
    handle.setSession(null);
    widget.showIdle();
    ending.abort();
    hangingUp.abort();
    onOver();
  }

  /** The server knows, or is not to be reached. */
  function over(reason: EndReason, problem = ''): void {
    finish(reason, problem);
    hangingUp.abort();
  }

  function unlessHeard(act: () => void, afterMs: number): void {
    const timer = setTimeout(act, afterMs);
    hangingUp.signal.addEventListener('abort', () => clearTimeout(timer));
  }

  /** Everything of the session goes; only the sentence stays its time. @param problem when it was nobody's wish */
  function finish(reason: EndReason, problem = ''): void {
    if (isOver) return;
    isOver = true;
    state = 'ended';
    writeMode.settle();
    const receipt = readStoredReceipt();
    clearStoredSession();
    clearTimeout(patience);
    handle.setSession(null);
    widget.showIdle();
    const details = receipt === null ? undefined : loadReceipt(receipt, agentName);
    widget.notice(problem ? 'error' : 'info', problem || END_WORDS[reason], details);
    ending.abort();
    unlessHeard(() => hangingUp.abort(), FAREWELL_MS);
    listen(window, 'pagehide', () => hangingUp.abort(), { signal: hangingUp.signal });
    onOver();
    handle.emit('ended', { id: sessionId, historyId, reason });
  }

  return {
    end,
    suspend,
    writeSwitched: writeMode.switchedByCustomer,
    drawSwitched: guidance.penSwitched,
    hiddenSwitched: (on) => void switchHidden(on).catch(() => {}),
  };
}

/** What the agent did, to be read when it is over. */
async function loadReceipt(stored: string, agentName: string): Promise<HTMLElement | null> {
  const { receiptList } = await import('./show/receipt-list.ts');
  return receiptList(stored, agentName);
}
