import { assertNever } from '../protocol/assert-never.ts';
import type { AgentMessage, Act } from '../protocol/command.ts';
import type { Outcome } from '../protocol/errors.ts';
import { MAX_ASSETS, MAX_LABEL_UNITS, MAX_URL_UNITS } from '../protocol/limits.ts';
import type { Anchor, PageMessage, SessionMode } from '../protocol/page-message.ts';
import type { Channels } from './channel/peer.ts';
import { openLiveChannel, type LiveState } from './channel/live.ts';
import { isVeiled, type Judge } from './mask/judge.ts';
import type { LastLook } from './mask/last-look.ts';
import { clear, maskedUrl } from './mask/masked-text.ts';
import { createMaskingSink } from './mask/sink.ts';
import { gripOf, type Grip } from './record/grip.ts';
import { startRecorder, type RawAddress, type Recorder } from './record/recorder.ts';
import type { Deflater } from './send/deflate.ts';
import type { DrawingMessage } from './show/guidance-door.ts';
import { createPageSender } from './send/page-sender.ts';

/** One connection's worth of sharing: record → mask → send, from the first `hello` until the channels are gone. */
export interface Sharing {
  tellMode(mode: SessionMode, epoch: number): void;
  tellWriteAnswer(answer: 'denied' | 'timeout' | 'not-offered'): void;
  tellOutcome(sequence: number, outcome: Outcome): void;
  /** What of the page lies at a place of the viewport (CSS pixels), as far as the agent has it; our widget aside. */
  gripAt(x: number, y: number): Grip | null;
  tellDrawing(message: Extract<PageMessage, { type: 'draw' | 'clear-drawing' }>): void;
  tellComment(at: Anchor, text: string): void;
}

export interface SharingOptions {
  readonly document: Document;
  readonly host: Element;
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
  readonly onCommand: (command: IncomingCommand) => void;
  readonly onDrawing: (message: DrawingMessage, element: Element | null) => void;
}

export interface Place {
  readonly x: number;
  readonly y: number;
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
const MAX_CONCURRENT_ASSETS = 4;

export function startSharing(options: SharingOptions): Sharing {
  const { document, host, channels } = options;
  const { signal } = channels;
  const sender = createPageSender(channels.page, options.deflater, signal);
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
    onRefused: options.onRefused,
  });

  document.addEventListener(
    'focusin',
    (event) => {
      const element = event.composedPath()[0];
      if (element instanceof Element && isVeiled(options.judge.of(element))) options.onMaskedFocus(element);
    },
    { signal, capture: true, passive: true },
  );

  const sharing: Sharing = {
    tellMode: (mode, epoch) => live.send({ type: 'mode', mode, epoch }),
    tellWriteAnswer: (answer) => live.send({ type: 'write-answer', answer }),
    tellOutcome: (sequence, outcome) => live.send({ type: 'outcome', sequence, outcome }),
    gripAt(x, y) {
      const [under] = document.elementsFromPoint(x, y).filter((element) => element !== host);
      return under && recorder ? gripOf(under, recorder.numbers, host) : null;
    },
    tellDrawing: live.send,
    tellComment: (at, text) => live.send({ type: 'comment', at, text: options.lastLook.look(clear(text)) }),
  };

  /** Starts the picture, or starts it again: one road for the first time and for every renewal. */
  function begin(): void {
    if (signal.aborted) return;
    renewedAt = performance.now();
    recorder?.stop();
    wanted.length = 0;
    asked.clear();
    const { judge, lastLook } = options;
    const maskAddress = (raw: RawAddress) => ({
      url: lastLook.lookClosely(clear(maskedUrl(raw.url).slice(0, MAX_URL_UNITS))),
      title: lastLook.lookClosely(clear(raw.title.slice(0, MAX_LABEL_UNITS))),
    });
    recorder = startRecorder(document, host, {
      sink: createMaskingSink(judge, lastLook, (body) => sender.send({ type: 'tree', body })),
      begin: ({ url, title, ...page }) => sender.send({ type: 'begin', ...page, ...maskAddress({ url, title }) }),
      complete: () => sender.send({ type: 'complete' }),
      sheet: (sheet) => sender.send({ ...sheet, text: lastLook.look(clear(sheet.text)) }),
      adopted: (node, sheets) => sender.send({ type: 'adopted', node, sheets }),
      picture(node, canvas, mime, bytes) {
        if (isVeiled(judge.of(canvas))) return;
        sender.send({ type: 'picture', node, mime: clear(mime), bytes });
      },
      address: (address) => sender.send({ type: 'address', ...maskAddress(address) }),
      plain: sendPlain,
      failed(error) {
        console.warn('Alongside:', error);
        options.onRefused('page_unreadable');
      },
      get isReady() {
        return sender.isReady;
      },
      whenReady: sender.whenReady,
    });
  }

  function sendPlain(message: PageMessage): void {
    const isSmall = message.type === 'pointer' || message.type === 'pointer-left' || message.type === 'clicked';
    if (isSmall) live.send(message);
    else sender.send(message);
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
        want(message.assets);
        for (let index = 0; index < MAX_CONCURRENT_ASSETS; index += 1) void sendNextAsset();
        break;
      case 'renew':
        renew();
        break;
      case 'ask-write':
        options.onAskWrite();
        break;
      case 'end-write':
        options.onEndWrite();
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
    return node instanceof Element && node.isConnected ? node : null;
  }

  function locate(at: Anchor): { place: Place; element: Element } | null {
    const node = recorder?.numbers.node(at.node);
    if (!(node instanceof Element) || !node.isConnected) return null;
    const box = node.getBoundingClientRect();
    return { place: { x: box.left + box.width * at.x, y: box.top + box.height * at.y }, element: node };
  }

  // --- Assets: one after the other, a few at a time, never while changes wait ---------------------------------------------

  const wanted: number[] = [];
  /** An asset is sent once for each picture: whoever asks on and on costs the page nothing. */
  const asked = new Set<number>();
  let reading = 0;

  function want(assets: readonly number[]): void {
    for (const asset of assets) {
      if (asset >= MAX_ASSETS || asked.has(asset)) continue;
      asked.add(asset);
      wanted.push(asset);
    }
  }

  async function sendNextAsset(): Promise<void> {
    if (reading >= MAX_CONCURRENT_ASSETS || signal.aborted) return;
    const from = recorder;
    const asset = wanted.shift();
    if (asset === undefined || from === null) return;
    reading += 1;
    const content = await from.assets.read(asset);
    reading -= 1;
    if (signal.aborted || from !== recorder) return;
    if (typeof content !== 'string') {
      const { mime, bytes } = content;
      sender.send({ type: 'asset', asset, mime: clear(mime.slice(0, 100)), bytes });
    } else {
      // An empty asset says that this one will not come.
      sender.send({ type: 'asset', asset, mime: clear(content), bytes: new Uint8Array() });
    }
    if (sender.isReady) void sendNextAsset();
    else sender.whenReady(() => void sendNextAsset());
  }

  signal.addEventListener('abort', () => {
    clearTimeout(renewal);
    recorder?.stop();
    recorder = null;
  });

  return sharing;
}
