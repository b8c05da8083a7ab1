import { documentHas, viewOf } from '../native.ts';
import { parentOf } from './tree/places.ts';
import type { NodeId } from '../../protocol/node-id.ts';
import type { NotShownReason } from '../../protocol/page-message.ts';
import type { NodeNumbers } from './node-numbers.ts';
import { listen } from '../listen.ts';

/** The frames of one document: each with a document the page may read is recorded like the page itself. */
export interface Frames {
  see(element: Element): void;
  /**
   * Frames leave, and are led to other documents, without telling anybody.
   * @param moved nodes that are in another place since the last time
   */
  look(moved: ReadonlySet<Node>): void;
  /** Begins the frame's document anew. */
  renew(frame: number): void;
  stop(): void;
}

export { placeInPage } from '../place-in-page.ts';

/** A recorder at work in a frame. */
export interface FrameRecorder {
  readonly frame: number;
  renewFrame(frame: number): void;
  stop(): void;
}

export interface FrameOptions {
  readonly numbers: NodeNumbers;
  readonly signal: AbortSignal;
  /** Called by the browser: an exception must not reach the page. */
  readonly safely: (act: () => void) => () => void;
  /** Calls back once the batch that names the element is out. */
  readonly later: (send: () => void) => void;
  /** @returns the recorder, or why there is none */
  readonly begin: (node: NodeId, inner: Document) => FrameRecorder | NotShownReason;
  readonly onNotShown: (node: NodeId, reason: NotShownReason) => void;
}

interface Watched {
  document: Document | null;
  /** `document.open` keeps the document, takes its listeners away and gives it another root. */
  root: Element | null;
  recorder: FrameRecorder | null;
  reason: NotShownReason | null;
}

type FrameElement = HTMLIFrameElement | HTMLFrameElement;

/** Watches the frames of one document and has each recorded that may be. Loaded with the first: most pages have none. */
export function watchFrames({ numbers, signal, safely, later, begin, onNotShown }: FrameOptions): Frames {
  const watched = new Map<FrameElement, Watched>();

  function lookAt(element: FrameElement, state: Watched): void {
    const id = numbers.of(element);
    if (id === 0) {
      drop(element, state);
      return;
    }
    const inner = element.contentDocument;
    if (inner === null) {
      halt(state);
      refuse(id, state, 'cross-origin');
    } else if (!isSame(inner, state) && !isOnItsWay(element, inner)) {
      halt(state);
      state.document = inner;
      state.root = documentHas(inner, 'documentElement');
      later(() => start(element, inner, state));
    }
  }

  function start(element: FrameElement, inner: Document, state: Watched): void {
    const id = numbers.of(element);
    if (id === 0 || signal.aborted || state.recorder !== null || element.contentDocument !== inner) return;
    const begun = begin(id, inner);
    if (typeof begun === 'string') refuse(id, state, begun);
    else {
      state.reason = null;
      state.recorder = begun;
    }
  }

  function refuse(id: NodeId, state: Watched, reason: NotShownReason): void {
    if (state.reason === reason) return;
    state.reason = reason;
    onNotShown(id, reason);
  }

  function drop(element: FrameElement, state: Watched): void {
    halt(state);
    watched.delete(element);
  }

  return {
    see(element) {
      const frame = element as FrameElement;
      // Seen before: it was sent anew, as something masked may be.
      const before = watched.get(frame);
      if (before) halt(before);
      const state: Watched = { document: null, root: null, recorder: null, reason: null };
      watched.set(frame, state);
      listen(
        frame,
        'load',
        safely(() => watched.get(frame) === state && lookAt(frame, state)),
        { signal },
      );
      lookAt(frame, state);
    },
    look(moved) {
      for (const [element, state] of watched) {
        // The page may keep its document (`moveBefore`); the mirror's frame loses it.
        if (moved.size > 0 && isWithin(element, moved)) halt(state);
        lookAt(element, state);
      }
    },
    renew(frame) {
      for (const [element, state] of watched) {
        if (state.recorder?.frame === frame) {
          halt(state);
          lookAt(element, state);
        } else state.recorder?.renewFrame(frame);
      }
    },
    stop() {
      for (const [element, state] of watched) drop(element, state);
    },
  };
}

function isWithin(element: Element, moved: ReadonlySet<Node>): boolean {
  for (let node: Node | null = element; node !== null; node = parentOf(node)) if (moved.has(node)) return true;
  return false;
}

function halt(state: Watched): void {
  state.recorder?.stop();
  state.recorder = null;
  state.document = null;
  state.root = null;
}

function isSame(inner: Document, { document, root }: Watched): boolean {
  return inner === document && documentHas(inner, 'documentElement') === root;
}

/** The empty document that a frame has until the one it was led to arrives, or one that the parser has just begun. */
function isOnItsWay(element: FrameElement, inner: Document): boolean {
  if (documentHas(inner, 'documentElement') === null || viewOf(inner) === null) return true;
  const isLed = element.getAttribute('src') !== null && element.src !== '' && !element.src.startsWith('about:');
  return (
    (isLed || element.hasAttribute('srcdoc')) &&
    documentHas(inner, 'URL') === 'about:blank' &&
    !documentHas(inner, 'body')?.firstChild
  );
}
