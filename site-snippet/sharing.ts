import { assertNever } from '../protocol/assert-never.ts';
import type { AgentMessage, Act } from '../protocol/command.ts';
import type { Outcome } from '../protocol/errors.ts';
import type { Anchor, Farewell, PageMessage, SessionMode } from '../protocol/page-message.ts';
import type { AssetSharing } from './asset-sharing.ts';
import type { Channels } from './channel/peer.ts';
import { openLiveChannel, type LiveState } from './channel/live.ts';
import type { Judge } from './mask/judge.ts';
import type { LastLook } from './mask/last-look.ts';
import { clear } from './mask/masked-text.ts';
import { boxOf, isConnected, isElement } from './native.ts';
import { createPictureOutput } from './picture-output.ts';
import type { Place } from './place-in-page.ts';
import { createAssets, type ReadForeign } from './record/files/assets.ts';
import type { Known } from './record/grip.ts';
import { startRecorder, type Recorder } from './record/recorder.ts';
import type { Deflater } from './send/deflate.ts';
import type { DrawingMessage, Pinned } from './show/drawn.ts';
import { createPageSender } from './send/page-sender.ts';

/** One connection's worth of sharing: record → mask → send, from the first `hello` until the channels are gone. */
export interface Sharing {
  tellMode(mode: SessionMode, epoch: number): void;
  tellWriteAnswer(answer: 'denied' | 'timeout' | 'not-offered'): void;
  tellOutcome(sequence: number, outcome: Outcome): void;
  /** By which the agent knows the page's nodes. */
  readonly numbers: Known | undefined;
  tellDrawing(message: Extract<PageMessage, { type: 'draw' | 'clear-drawing' }>): void;
  tellComment(at: Anchor, text: string): void;
  tellEnd(reason: Farewell): void;
}

export interface SharingOptions {
  readonly document: Document;
  readonly widget: ShadowRoot;
  readonly channels: Channels;
  readonly judge: Judge;
  readonly lastLook: LastLook;
  readonly deflater: Deflater;
  readonly onReady: (sharing: Sharing) => void;
  readonly onState: (state: LiveState) => void;
  readonly onRefused: (code: 'version_mismatch' | 'bad_message' | 'channel_failed' | 'page_unreadable') => void;
  /** The agent's pointer, in CSS pixels of the viewport; `null`: it left, or its element is gone. */
  readonly onPointer: (at: Place | null) => void;
  readonly onPoint: (at: Place, element: Element) => void;
  /** The customer is in a field that the agent cannot see. */
  readonly onMaskedFocus: (element: Element) => void;
  readonly onAskWrite: () => void;
  readonly onEndWrite: () => void;
  /** The agent has ended the session. */
  readonly onBye: () => void;
  readonly onCommand: (command: IncomingCommand) => void;
  readonly onDrawing: (message: DrawingMessage, element: Element | null) => void;
  readonly pinnedIn: (document: Document) => readonly Pinned[];
  readonly readForeign: ReadForeign;
}

/** A command as it came: judged by nobody yet. */
export interface IncomingCommand {
  readonly epoch: number;
  readonly sequence: number;
  readonly act: Act;
  readonly node: (id: number) => Node | undefined;
}

/** Asking again and again must not make the page record again and again. */
const MIN_RENEWAL_INTERVAL_MS = 2_000;

export function startSharing(options: SharingOptions): Sharing {
  const { document, channels } = options;
  const { signal } = channels;
  const sender = createPageSender(channels.page, options.deflater, signal);
  const assets = createAssets(signal, options.readForeign);
  let recorder: Recorder | null = null;
  let renewedAt = -MIN_RENEWAL_INTERVAL_MS;
  let renewal = 0;

  const live = openLiveChannel({
    channel: channels.live,
    signal,
    onReady() {
      options.onReady(sharing);
      begin();
    },
    onMessage: accept,
    onState: options.onState,
    onHold: sender.hold,
    onRefused: options.onRefused,
  });

  const sharing: Sharing = {
    tellMode: (mode, epoch) => live.send({ type: 'mode', mode, epoch }),
    tellWriteAnswer: (answer) => live.send({ type: 'write-answer', answer }),
    tellOutcome: (sequence, outcome) => live.send({ type: 'outcome', sequence, outcome }),
    get numbers() {
      return recorder?.numbers;
    },
    tellDrawing: live.send,
    tellEnd: (reason) => live.send({ type: 'bye', reason }),
    tellComment: (at, text) => live.send({ type: 'comment', at, text: options.lastLook.lookClosely(clear(text)) }),
  };

  /** Starts the picture, or starts it again: one road for the first time and for every renewal. */
  function begin(): void {
    if (signal.aborted) return;
    renewedAt = performance.now();
    recorder?.stop();
    recorder = startRecorder(
      document,
      options.widget,
      createPictureOutput({
        document,
        judge: options.judge,
        lastLook: options.lastLook,
        onMaskedFocus: options.onMaskedFocus,
        assets,
        onFile: (asset) => void withFiles((files) => files.want([asset])),
        send: sender.send,
        sendLive: live.send,
        pace: sender,
        pinnedIn: options.pinnedIn,
        onSpent: renew,
        onFailed(error) {
          console.warn('Alongside:', error);
          options.onRefused('page_unreadable');
        },
      }),
    );
  }

  function accept(message: Exclude<AgentMessage, { type: 'hello' | 'ping' | 'pong' }>): void {
    switch (message.type) {
      case 'pointer':
        options.onPointer(locate(message.at)?.place ?? null);
        break;
      case 'pointer-left':
        options.onPointer(null);
        break;
      case 'point': {
        const found = locate(message.at);
        if (found) options.onPoint(found.place, found.element);
        break;
      }
      case 'want':
        void withFiles((files) => files.want(message.assets));
        break;
      case 'asset-answers':
        void withFiles((files) => files.answer(message.answers));
        break;
      case 'renew':
        renew();
        break;
      case 'renew-frame':
        recorder?.renewFrame(message.frame);
        break;
      case 'ask-write':
        options.onAskWrite();
        break;
      case 'end-write':
        options.onEndWrite();
        break;
      case 'bye':
        options.onBye();
        break;
      case 'draw':
      case 'comment':
      case 'clear-drawing':
        options.onDrawing(message, anchorOf(message));
        break;
      case 'command': {
        const { epoch, sequence, act } = message;
        options.onCommand({ epoch, sequence, act, node: (id) => recorder?.numbers.node(id as never) });
        break;
      }
      default:
        assertNever(message);
    }
  }

  function renew(): void {
    clearTimeout(renewal);
    const wait = renewedAt + MIN_RENEWAL_INTERVAL_MS - performance.now();
    if (wait <= 0) begin();
    else renewal = setTimeout(begin, wait);
  }

  function anchorOf(message: DrawingMessage): Element | null {
    if (message.type === 'clear-drawing') return null;
    const node = recorder?.numbers.node(message.type === 'draw' ? message.node : message.at.node);
    return isElement(node) && isConnected(node) ? node : null;
  }

  function locate(at: Anchor): { place: Place; element: Element } | null {
    const node = recorder?.numbers.node(at.node);
    if (!recorder || !isElement(node) || !isConnected(node)) return null;
    const box = boxOf(node);
    const place = { x: box.left + box.width * at.x, y: box.top + box.height * at.y };
    return { place: recorder.placeInPage(place, node), element: node };
  }

  let loadingFiles: Promise<AssetSharing> | null = null;

  async function withFiles(act: (files: AssetSharing) => void): Promise<void> {
    loadingFiles ??= import('./asset-sharing.ts').then(({ createAssetSharing }) =>
      createAssetSharing(document, assets, channels.assets, sender, signal),
    );
    try {
      act(await loadingFiles);
    } catch {
      // Not loaded: tried again with the next that is wanted.
      loadingFiles = null;
    }
  }

  signal.addEventListener('abort', () => {
    clearTimeout(renewal);
    recorder?.stop();
    recorder = null;
  });

  return sharing;
}
