import { signal, type ReadonlySignal } from '@preact/signals';
import { assertNever } from '../../protocol/assert-never.ts';
import type { Anchor, Sight } from '../../protocol/page-message.ts';
import type { ToViewer } from '../viewer/port.ts';
import { createFrameQueue } from './connection/frame-queue.ts';
import {
  openViewerPort,
  type MarkAlert,
  type NotShownItem,
  type PageFacts,
  type Place,
  type Size,
  type ViewerMessage,
  type ViewerPort,
  type ViewerSays,
} from './virtual-browser/viewer-port.ts';
import { createWatchdog } from './connection/watchdog.ts';

/** What the agent looks at, as signals for the views. */
export interface Screen {
  /** The viewer did not start; nothing can be shown. */
  readonly viewerFailed: ReadonlySignal<boolean>;
  /** It is there and does not answer: the page is too heavy for it. What comes meanwhile waits. */
  readonly viewerStalled: ReadonlySignal<boolean>;
  readonly mirrors: ReadonlySignal<Mirrors>;
  readonly page: ReadonlySignal<PageFacts>;
  readonly size: ReadonlySignal<Size>;
  /** What the customer sees of it, in its own pixels; `null`: all of it. */
  readonly sight: ReadonlySignal<Sight | null>;
  /** The customer's browser is a dark one. */
  readonly isDark: ReadonlySignal<boolean>;
  /** Anything of the page was ever shown. */
  readonly shown: ReadonlySignal<boolean>;
  readonly customerPointer: ReadonlySignal<Place | null>;
  readonly customerClicks: ReadonlySignal<readonly Click[]>;
  /** Of what lies under the agent's pointer; `null`: nothing is marked there. */
  readonly alert: ReadonlySignal<MarkAlert | null>;
  readonly notShown: ReadonlySignal<readonly NotShownItem[]>;
  /** A circle has faded. */
  clickShown(key: number): void;
}

export interface Click extends Place {
  readonly key: number;
}

/** Frames with a mirror, by their keys. */
export interface Mirrors {
  /** Where the page goes. */
  readonly current: number;
  /** The last picture that was complete, shown until the next one is; `null`: the current one is shown. */
  readonly before: number | null;
}

/** The session's end of it. */
export interface ScreenControl extends Screen {
  readonly picture: ReadonlySignal<'none' | 'building' | 'complete'>;
  /** The viewer's end of the conversation begins; an earlier one is over. */
  attach(port: MessagePort): void;
  /** Lost when there is no viewer. */
  post(message: ToViewer): void;
  /** A frame of the page. `false`: more is waiting than may. */
  put(frame: ArrayBuffer): boolean;
  /** The page's first word has come, so its frames may go to the viewer as soon as that is there. */
  begin(): void;
  /** Nothing of the connection so far counts any more; what it showed stays to be seen. */
  end(): void;
  /** The customer's; `null`: it left. */
  movePointer(at: Anchor | null): void;
  close(): void;
}

interface ScreenNeeds {
  /** The viewer has started, and knows nothing. */
  readonly onReady: () => void;
  readonly onMessage: (message: ViewerMessage) => void;
  readonly onCommentWanted: (says: Extract<ViewerSays, { kind: 'comment-wanted' }>) => void;
  readonly onFault: () => void;
}

const FIRST_SIZE: Size = { width: 1280, height: 800 };
/** Circles on the screen at once; they last less than a second. */
const MAX_CLICKS = 8;
const VIEWER_TIMEOUT_MS = 10_000;

export function createScreen({ onReady, onMessage, onCommentWanted, onFault }: ScreenNeeds): ScreenControl {
  const viewerFailed = signal(false);
  const viewerStalled = signal(false);
  const mirrors = signal<Mirrors>({ current: 0, before: null });
  const picture = signal<'none' | 'building' | 'complete'>('none');
  const shown = signal(false);
  const page = signal<PageFacts>({ url: '', title: '' });
  const size = signal<Size>(FIRST_SIZE);
  const sight = signal<Sight | null>(null);
  const isDark = signal(false);
  const customerPointer = signal<Place | null>(null);
  const customerClicks = signal<readonly Click[]>([]);
  const alert = signal<MarkAlert | null>(null);
  const notShown = signal<readonly NotShownItem[]>([]);

  const frames = createFrameQueue();
  const watchdog = createWatchdog(
    () => post({ kind: 'ask' }),
    (isStalled) => {
      viewerStalled.value = isStalled;
      if (isStalled) frames.shut();
      else letFramesThrough();
    },
  );
  let viewer: ViewerPort | null = null;
  let isReady = false;
  let hasBegun = false;
  let isClosed = false;
  let clickKey = 0;
  let timer = expectViewer();

  function post(message: ToViewer): void {
    if (isReady) viewer?.post(message);
  }

  function expectViewer(): ReturnType<typeof setTimeout> {
    return setTimeout(() => (viewerFailed.value = true), VIEWER_TIMEOUT_MS);
  }

  function closeViewer(): void {
    viewer?.close();
    viewer = null;
    isReady = false;
    watchdog.stop();
    frames.shut();
  }

  function letFramesThrough(): void {
    if (isReady && hasBegun && !viewerStalled.value) frames.open((bytes) => viewer?.post({ kind: 'frame', bytes }));
  }

  /** The next page gets a mirror of its own, and this one stays to be seen until that is complete. */
  function turnPage(): void {
    const { current } = mirrors.value;
    // One that does not answer is only in the way.
    const before = viewerStalled.value ? null : current;
    closeViewer();
    mirrors.value = { current: current + 1, before };
    clearTimeout(timer);
    timer = expectViewer();
  }

  function forgetFrames(): void {
    frames.shut();
    frames.clear();
  }

  function hear(says: ViewerSays): void {
    switch (says.kind) {
      case 'ready':
        isReady = true;
        clearTimeout(timer);
        viewerFailed.value = false;
        onReady();
        letFramesThrough();
        watchdog.start();
        return;
      case 'here':
        watchdog.heard();
        return;
      case 'page':
        picture.value = 'building';
        shown.value = true;
        page.value = { url: says.url, title: says.title };
        size.value = { width: says.width, height: says.height };
        notShown.value = [];
        alert.value = null;
        return;
      case 'complete':
        picture.value = 'complete';
        mirrors.value = { current: mirrors.value.current, before: null };
        return;
      case 'viewport':
        size.value = { width: says.width, height: says.height };
        return;
      case 'sight':
        ({ sight: sight.value } = says);
        return;
      case 'scheme':
        ({ isDark: isDark.value } = says);
        return;
      case 'address':
        page.value = { url: says.url, title: says.title };
        return;
      case 'pointer-placed':
        customerPointer.value = says.at;
        return;
      case 'click-placed':
        clickKey += 1;
        customerClicks.value = [...customerClicks.value, { key: clickKey, ...says.at }].slice(-MAX_CLICKS);
        return;
      case 'alert':
        ({ alert: alert.value } = says);
        return;
      case 'not-shown':
        notShown.value = says.items;
        return;
      case 'comment-wanted':
        onCommentWanted(says);
        return;
      case 'agent-message':
        onMessage(says.message);
        return;
      case 'fault':
        onFault();
        return;
      default:
        assertNever(says);
    }
  }

  return {
    viewerFailed,
    viewerStalled,
    mirrors,
    picture,
    shown,
    page,
    size,
    sight,
    isDark,
    customerPointer,
    customerClicks,
    alert,
    notShown,
    attach(port) {
      closeViewer();
      viewer = isClosed ? null : openViewerPort(port, hear);
    },
    post,
    put: frames.put,
    begin() {
      hasBegun = true;
      post({ kind: 'restart' });
      letFramesThrough();
    },
    end() {
      hasBegun = false;
      forgetFrames();
      customerPointer.value = null;
      sight.value = null;
      if (picture.value === 'complete') turnPage();
      picture.value = 'none';
    },
    movePointer(at) {
      if (at === null) customerPointer.value = null;
      // To a viewer that does not answer they would only pile up; the next one says it all.
      if (at === null || !viewerStalled.value) post({ kind: 'customer-pointer', at });
    },
    clickShown(key) {
      customerClicks.value = customerClicks.value.filter((click) => click.key !== key);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      closeViewer();
      forgetFrames();
    },
  };
}
