import { assertNever } from '../../protocol/assert-never.ts';
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Act } from '../../protocol/command.ts';
import type { EndReason, ErrorCode, Outcome } from '../../protocol/errors.ts';
import { RETURN_PATIENCE_MS } from '../../protocol/limits.ts';
import type { ServerMessage } from '../../protocol/signaling.ts';
import type { KeptSession } from '../browser-storage.ts';
import { sessionSocketAddress } from '../server-address.ts';
import type { AssetStore } from '../asset-store.ts';
import { createActivity } from './activity.ts';
import { createAssetDesk } from './asset-desk.ts';
import { createDrawing, type Drawing } from './drawing/drawing.ts';
import { createFrameQueue } from './connection/frame-queue.ts';
import { whenReachable } from './connection/knock.ts';
import { createMending } from './connection/mending.ts';
import { createLiveChannel, type LiveChannel, type LiveMessage, type Silence } from './connection/live-channel.ts';
import type { CreatePeerDoor, CustomerLink } from './connection/peer.ts';
import { wordsFor } from './safety.ts';
import { createSessionSocket } from './connection/session-socket.ts';
import { createScreen, type Screen } from './screen.ts';
import type { ViewerMessage } from './virtual-browser/viewer-port.ts';
import { createWriteMode, type WriteMode } from './write-mode.ts';

/** What the agent is told about the session; words.ts has the words. */
export type Stage = 'connecting' | 'building' | 'live' | 'quiet' | 'disconnected' | 'paused' | 'ended';

export interface Ended {
  readonly reason: EndReason;
  /** When it was not somebody's wish: what went wrong. */
  readonly code: ErrorCode | null;
  readonly durationMs: number;
}

/** One session from the join to its end, as signals for the views. */
export interface Session {
  readonly screen: Screen;
  readonly sessionId: string;
  /** Unix milliseconds. */
  readonly joinedAt: number;
  readonly writeOffered: boolean;
  readonly stage: ReadonlySignal<Stage>;
  readonly ended: ReadonlySignal<Ended | null>;
  /** `performance.now()` at which a paused session ends; 0 when nothing runs. */
  readonly pausedUntil: ReadonlySignal<number>;
  /** The way to the server is lost for now; the page itself may still be live. */
  readonly serverLost: ReadonlySignal<boolean>;
  /** No connection to the page came about yet, and it has been a while. */
  readonly trouble: ReadonlySignal<ErrorCode | null>;
  readonly latencyMs: ReadonlySignal<number | null>;
  /** Of the connection that is open; empty while there is none. */
  readonly safetyWords: ReadonlySignal<string>;
  /** `performance.now()` at which the session ends because nobody does anything; 0: somebody does. */
  readonly idleUntil: ReadonlySignal<number>;
  /** The page has said nothing for a moment; longer, and the stage says it. */
  readonly isLate: ReadonlySignal<boolean>;
  readonly write: WriteMode;
  readonly drawing: Drawing;
  /** What came of the agent's last act, when it was not simply done. */
  readonly refusal: ReadonlySignal<Exclude<Outcome, 'done'> | null>;
  /** Messages from the page and the server that this version does not know. */
  readonly dropped: () => number;
  /** The viewer's end of the conversation begins; an earlier one is over. */
  attachViewer(port: MessagePort): void;
  /** The agent moved, typed, clicked in the console. */
  noteActivity(): void;
  /** The agent says that somebody is there. */
  goOn(): void;
  act(act: Act): void;
  exit(): void;
  /** Closes everything; the session itself lives on for another console to take up. */
  dispose(): void;
}

const REFUSAL_SHOWN_MS = 6_000;
const ASK_AGAIN_MS = 10_000;
/** Everybody is there, and by now the page ought to have called. */
const FIRST_CALL_MS = 8_000;
/** A page load breaks the connection for a moment, and the server knows of it sooner than anybody needs to act. */
const ASK_AFTER_MS = 1_500;
/** A connection that was not heard for 30 s gets this long to come back by itself when the server is there again. */
const MENDING_PATIENCE_MS = 8_000;

/**
 * Takes up the session that `kept` opens: after a join, or after the console was reloaded.
 * @param store files of the site's pages
 */
export function createSession(kept: KeptSession, createPeerDoor: CreatePeerDoor, store: AssetStore): Session {
  const { awayTimeoutMs, writeMode: writeOffered, writeRequestTimeoutMs } = kept.settings;

  const ended = signal<Ended | null>(null);
  const serverState = signal<Extract<ServerMessage, { type: 'state' }> | null>(null);
  const pausedUntil = signal(0);
  const serverLost = signal(false);
  const idleUntil = signal(0);
  const trouble = signal<ErrorCode | null>(null);
  /** `waiting`: the page is expected to call. `lost`: it was there. */
  const link = signal<'waiting' | 'open' | 'lost'>('waiting');
  const live = signal<LiveChannel | null>(null);
  const refusal = signal<Exclude<Outcome, 'done'> | null>(null);

  const silence = computed<Silence>(() => live.value?.silence.value ?? 'none');
  const safetyWords = signal('');
  /** The session's key in the history, said with every state. */
  let historyId = '';
  const latencyMs = computed(() => live.value?.latencyMs.value ?? null);
  const stage = computed<Stage>(() => {
    if (ended.value !== null) return 'ended';
    // The server missing the customer's other line is nothing to the agent while the page is heard.
    const isHeard = link.value === 'open' && (silence.value === 'none' || silence.value === 'late');
    if (!isHeard && isCustomerAway()) return 'paused';
    if (link.value === 'lost' || silence.value === 'lost') return 'disconnected';
    if (link.value === 'waiting') return 'connecting';
    if (silence.value === 'quiet') return 'quiet';
    return screen.picture.value === 'complete' ? 'live' : 'building';
  });

  const assetFrames = createFrameQueue();
  const files = createAssetDesk({
    store,
    say: (message) => void live.value?.send(message),
    deliver: (message) => screen.post(message),
  });
  const mending = createMending(() => customer?.findPath());
  const activity = createActivity((agoMs) => socket.say({ type: 'active', agoMs }));
  const write = createWriteMode((type) => live.value?.send({ type }) ?? false, writeRequestTimeoutMs);
  const screen = createScreen({
    onReady() {
      screen.post({ kind: 'mode', mode: write.state.value === 'on' ? 'write' : 'pointer', epoch: write.epoch.value });
      if (drawing.tool.value !== 'point') drawing.tellTool();
    },
    onMessage: passOn,
    onCommentWanted: (says) => drawing.onCommentWanted(says),
    onFault: () => fail('bad_message'),
  });
  const drawing = createDrawing((message) => live.value?.send(message), screen.post);
  let customer: CustomerLink | null = null;
  let greeted = false;
  let sequence = 0;
  let droppedBefore = 0;
  let connectTimer: ReturnType<typeof setTimeout> | undefined;
  let giveUpTimer: ReturnType<typeof setTimeout> | undefined;
  let serverGoneTimer: ReturnType<typeof setTimeout> | undefined;
  let refusalTimer: ReturnType<typeof setTimeout> | undefined;
  let hasReminded = false;
  /** The page has said something about another way since it fell silent. */
  let isAnswered = false;
  let disposed = false;
  /** The socket is saying goodbye, and closes itself after that. */
  let leaving = false;

  const stopWatchingSilence = silence.subscribe((now) => {
    if (now === 'lost' && !isCustomerAway()) expectCustomer(MENDING_PATIENCE_MS);
    else if (now === 'none' && greeted) stopExpecting();
    if (now === 'none') {
      mending.stop();
      isAnswered = false;
    } else {
      if (now === 'late') socket.check();
      mending.start();
    }
  });

  const door = createPeerDoor(kept.server, {
    onCall,
    onOpen: onLinkOpen,
    onLiveFrame(from, frame) {
      if (from === customer) live.value?.accept(frame);
    },
    onPageFrame(from, frame) {
      if (from !== customer) return;
      live.value?.heard();
      if (!screen.put(frame)) fail('bad_message');
    },
    onAssetFrame(from, frame) {
      if (from !== customer) return;
      live.value?.heard();
      if (!assetFrames.put(frame)) fail('bad_message');
    },
    onBadFrame(from) {
      if (from === customer) fail('bad_message');
    },
    onSign(from) {
      if (from === customer) socket.comeBackNow();
    },
    onPathStep: (step) => socket.say({ type: 'path', step }),
    onClosed: onLinkClosed,
  });

  const socket = createSessionSocket(sessionSocketAddress(kept.server), kept.token, {
    onMessage: onServerMessage,
    isLinked: () => link.value === 'open',
    isSilent: () => silence.value !== 'none',
    whenReachable: (until) => whenReachable(kept.server, until),
    activeAgoMs: activity.agoMs,
    onUp() {
      serverLost.value = false;
      clearTimeout(serverGoneTimer);
      serverGoneTimer = undefined;
    },
    onDown() {
      serverLost.value = true;
      // By then the server, if it lives, has ended the session for our absence, or for the customer's.
      const pauseLeftMs = Math.max(0, pausedUntil.value - performance.now()) + RETURN_PATIENCE_MS;
      const leftMs = pausedUntil.value === 0 ? awayTimeoutMs : Math.min(awayTimeoutMs, pauseLeftMs);
      serverGoneTimer ??= setTimeout(() => finish('connection_lost', 'server_unreachable'), leftMs);
    },
  });
  expectCustomer(FIRST_CALL_MS);

  function isCustomerAway(): boolean {
    return serverState.value?.away.includes('customer') === true;
  }

  // --- The server ---

  function onServerMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'state': {
        const wasPaused = serverState.value?.state === 'paused';
        serverState.value = message;
        historyId = message.historyId;
        // A warning that still holds is said again after this.
        idleUntil.value = 0;
        pausedUntil.value = message.state === 'paused' ? performance.now() + message.remainingMs : 0;
        if (message.state === 'paused' && message.away.includes('customer')) stopExpecting();
        else if (wasPaused && link.value !== 'open') {
          link.value = 'waiting';
          expectCustomer(FIRST_CALL_MS);
        } else if (wasPaused) {
          mending.hurry();
          if (silence.value === 'lost') expectCustomer(MENDING_PATIENCE_MS);
        }
        return;
      }
      case 'peer':
        door.open(message);
        // A new line to the server: over the old one nothing may have come through for a while.
        if (silence.value !== 'none') door.renewLine();
        mending.hurry();
        return;
      case 'path':
        isAnswered = true;
        customer?.takePathStep(message.step);
        return;
      case 'idle':
        idleUntil.value = message.remainingMs === 0 ? 0 : performance.now() + message.remainingMs;
        return;
      case 'ended':
        finish(message.reason, null);
        return;
      case 'error':
        finish(message.code === 'replaced' ? 'agent_ended' : 'connection_lost', message.code);
        return;
      case 'connect':
      case 'rules': // The customer's page obeys them; this side could not loosen them if it wanted.
      case 'pass':
      case 'pong':
        return;
      default:
        assertNever(message);
    }
  }

  // --- The customer's page ---

  /** Waits for the page to call; asks the server to remind it, again and again; gives up when it never does. */
  function expectCustomer(firstWaitMs: number): void {
    clearTimeout(connectTimer);
    hasReminded = false;
    connectTimer = setTimeout(remind, firstWaitMs);
    giveUpTimer ??= setTimeout(() => fail('channel_failed'), awayTimeoutMs);
  }

  function remind(): void {
    if (link.value === 'waiting' && hasReminded) trouble.value = 'channel_failed';
    hasReminded = true;
    // Who answers none of our offers could not be called either, and what is in this connection would be lost for nothing.
    if (silence.value !== 'lost' || isAnswered) socket.say({ type: 'reconnect' });
    connectTimer = setTimeout(remind, ASK_AGAIN_MS);
  }

  function stopExpecting(): void {
    clearTimeout(connectTimer);
    clearTimeout(giveUpTimer);
    giveUpTimer = undefined;
  }

  function onCall(calling: CustomerLink): void {
    leaveLink();
    customer = calling;
    link.value = 'waiting';
  }

  function onLinkOpen(opened: CustomerLink): void {
    if (opened !== customer) return;
    live.value = createLiveChannel({
      send: (frame) => opened.send(frame),
      onReady() {
        greeted = true;
        stopExpecting();
        trouble.value = null;
        link.value = 'open';
        void showSafetyWords(opened);
        socket.say({ type: 'linked' });
        screen.begin();
        assetFrames.open(takeAssetFrame);
      },
      onMessage: onLiveMessage,
      onFault(code) {
        if (code === 'channel_failed') {
          opened.close();
          onLinkClosed(opened);
        } else {
          fail(code);
        }
      },
    });
  }

  function takeAssetFrame(frame: ArrayBuffer): void {
    try {
      files.accept(frame);
    } catch {
      fail('bad_message');
    }
  }

  async function showSafetyWords(opened: CustomerLink): Promise<void> {
    safetyWords.value = '';
    const words = await wordsFor(historyId, opened.fingerprints()).catch(() => '');
    if (opened === customer) safetyWords.value = words;
  }

  function onLinkClosed(gone: CustomerLink): void {
    if (customer !== gone) return;
    leaveLink();
    if (link.value === 'open') link.value = 'lost';
    if (serverState.value?.state !== 'paused') expectCustomer(ASK_AFTER_MS);
  }

  /** Nothing of the connection so far counts any more. */
  function leaveLink(): void {
    customer = null;
    greeted = false;
    closeLive();
    shutAssets();
    files.restart();
    write.interrupt();
    screen.end();
  }

  function shutAssets(): void {
    assetFrames.shut();
    assetFrames.clear();
  }

  function closeLive(): void {
    droppedBefore += live.value?.dropped ?? 0;
    live.value?.close();
    live.value = null;
  }

  function onLiveMessage(message: LiveMessage): void {
    switch (message.type) {
      case 'pointer':
        screen.movePointer(message.at);
        return;
      case 'pointer-left':
        screen.movePointer(null);
        return;
      case 'clicked':
        screen.post({ kind: 'customer-click', at: message.at });
        return;
      case 'mode':
        write.onMode(message.mode, message.epoch);
        if (message.mode === 'pointer') refusal.value = null;
        screen.post({ kind: 'mode', mode: message.mode, epoch: message.epoch });
        return;
      case 'bye':
        leaving = true;
        socket.end(message.reason);
        finish(message.reason, null);
        return;
      case 'write-answer':
        write.onAnswer(message.answer);
        return;
      case 'outcome':
        clearTimeout(refusalTimer);
        refusal.value = message.outcome === 'done' ? null : message.outcome;
        refusalTimer = setTimeout(() => (refusal.value = null), REFUSAL_SHOWN_MS);
        return;
      case 'draw':
      case 'comment':
      case 'clear-drawing':
        drawing.onCustomer(message);
        return;
      default:
        assertNever(message);
    }
  }

  // --- The agent ---

  /** The viewer and the toolbar both act, so the numbers are given here, where they meet. */
  function passOn(message: ViewerMessage): void {
    // `want` and `renew` are the viewer's own.
    if (message.type !== 'want' && message.type !== 'renew') activity.note();
    if (message.type === 'want') files.want(message.assets);
    else if (message.type === 'command') {
      if (write.state.value === 'on') sendCommand(message.act, message.epoch);
    } else if (message.type !== 'pointer' || silence.value === 'none') {
      // Where the pointer was while nobody could see it is worth nothing later.
      live.value?.send(message);
    }
  }

  function sendCommand(act: Act, epoch: number): void {
    sequence += 1;
    refusal.value = null;
    live.value?.send({ type: 'command', epoch, sequence, act });
  }

  // --- The end ---

  /** Something of ours is beyond repair: the other side is told that it is over. */
  function fail(code: ErrorCode): void {
    leave('connection_lost', code);
  }

  function leave(reason: EndReason, code: ErrorCode | null): void {
    if (disposed) return;
    leaving = true;
    live.value?.send({ type: 'bye' });
    socket.end();
    finish(reason, code);
  }

  function finish(reason: EndReason, code: ErrorCode | null): void {
    if (ended.value !== null || disposed) return;
    closeConnections();
    ended.value = { reason, code, durationMs: Math.max(0, Date.now() - kept.joinedAt) };
  }

  function closeConnections(): void {
    disposed = true;
    stopWatchingSilence();
    mending.stop();
    stopExpecting();
    clearTimeout(serverGoneTimer);
    clearTimeout(refusalTimer);
    activity.stop();
    write.close();
    closeLive();
    door.close();
    customer = null;
    screen.close();
    shutAssets();
    if (!leaving) socket.close();
  }

  return {
    screen,
    sessionId: kept.sessionId,
    joinedAt: kept.joinedAt,
    writeOffered,
    stage,
    ended,
    pausedUntil,
    idleUntil,
    isLate: computed(() => silence.value === 'late'),
    serverLost,
    trouble,
    latencyMs,
    safetyWords,
    write,
    drawing,
    refusal,
    dropped: () => droppedBefore + (live.value?.dropped ?? 0) + files.dropped + socket.dropped,
    attachViewer(port) {
      screen.attach(port);
      // A viewer that starts anew, with the page already under way, needs the page from its beginning.
      if (greeted && screen.picture.value !== 'none') live.value?.send({ type: 'renew' });
    },
    noteActivity: activity.note,
    goOn: activity.now,
    act(act) {
      if (write.state.value === 'on') sendCommand(act, write.epoch.value);
    },
    exit() {
      leave('agent_ended', null);
    },
    dispose: closeConnections,
  };
}
