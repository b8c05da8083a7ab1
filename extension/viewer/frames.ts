import { MAX_FRAME_DEPTH, MAX_INFLATED_BYTES } from '../../protocol/limits.ts';
import { readInFrame, type PageMessage } from '../../protocol/page-message.ts';
import { WireError } from '../../protocol/wire-error.ts';
import { isConnected, isFrame, removeAttribute, setAttribute, windowIn, type FrameElement } from './mirror/dom.ts';
import type { Mirror } from './mirror/mirror.ts';
import { PORT_GREETING, type FromViewer, type PortRequest, type ToViewer } from './port.ts';

/**
 * The frames of the mirrored page. A frame inside the sandbox cannot be reached, so the document in it is mirrored by
 * another instance of this page, which hears from this one over a port what its document says.
 */
export interface MirroredFrames {
  /** @throws WireError when the frame's number is another's */
  accept(message: Extract<PageMessage, { type: 'in-frame' }>): void;
  /** To the viewers of all frames, and by them to those in theirs. */
  tell(message: ToViewer): void;
  /** After the document was renewed: viewers say by a message that they are there. */
  listen(signal: AbortSignal): void;
  /** Frames have come and gone with the tree. */
  tidy(): void;
  /** What was shown there is over. */
  drop(node: Node | undefined): void;
  /** A new page. */
  clear(): void;
}

export interface FrameHandlers {
  readonly onSay: (message: FromViewer, from: FrameViewer) => void;
  /** What a viewer is told first. */
  readonly greeting: () => readonly ToViewer[];
  /** Its instance has gone, as when the frame was moved, and what it showed with it. */
  readonly onLost: (frame: number) => void;
}

export interface FrameViewer {
  readonly element: FrameElement;
  readonly frame: number;
  tell(message: ToViewer): void;
}

interface Held extends FrameViewer {
  port: MessagePort | null;
  /** Said before the viewer was there. */
  readonly waiting: ToViewer[];
  waitingBytes: number;
}

export function createMirroredFrames(mirror: Mirror, { onSay, greeting, onLost }: FrameHandlers): MirroredFrames {
  const viewers = new Map<number, Held>();
  /** Which frame of this document a number is in: a number has one place for as long as the page is there. */
  const places = new Map<number, number>();

  function claim(number: number, frame: number): void {
    const place = places.get(number) ?? frame;
    if (place !== frame) throw new WireError('bad_reference');
    places.set(number, frame);
  }

  function claimAll({ frame, message }: Extract<PageMessage, { type: 'in-frame' }>): void {
    claim(frame, frame);
    let depth = 1;
    for (let inner = readInFrame(message); inner; inner = readInFrame(inner.message)) {
      depth += 1;
      if (depth > MAX_FRAME_DEPTH) throw new WireError('too_deep');
      claim(inner.frame, frame);
    }
  }

  function begin(element: FrameElement, frame: number): Held {
    for (const other of viewers.values()) if (other.element === element) end(other);
    const viewer: Held = {
      element,
      frame,
      port: null,
      waiting: [],
      waitingBytes: 0,
      tell(message) {
        if (viewer.port) viewer.port.postMessage(message);
        else if (message.kind === 'message') wait(viewer, message);
      },
    };
    viewers.set(frame, viewer);
    // Relative to this very page; the number makes the browser load it anew.
    setAttribute(element, 'src', `viewer.html?frame=${frame}`);
    return viewer;
  }

  function wait(viewer: Held, message: Extract<ToViewer, { kind: 'message' }>): void {
    viewer.waitingBytes += message.bytes.length;
    if (viewer.waitingBytes > MAX_INFLATED_BYTES) end(viewer);
    else viewer.waiting.push(message);
  }

  function end(viewer: Held): void {
    viewer.port?.close();
    viewers.delete(viewer.frame);
    onSay({ kind: 'not-shown', items: [] }, viewer);
    removeAttribute(viewer.element, 'src');
  }

  function answer({ data, source }: MessageEvent<unknown>): void {
    if (!isPortRequest(data)) return;
    const viewer = viewers.get(data.frame);
    const window = viewer && windowIn(viewer.element);
    if (!window || source !== window) return;
    if (viewer.port) {
      end(viewer);
      onLost(viewer.frame);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    viewer.port = port1;
    port1.addEventListener('message', (event: MessageEvent<FromViewer>) => onSay(event.data, viewer));
    port1.start();
    // Its origin is opaque: there is no other target to name.
    window.postMessage(PORT_GREETING, '*', [port2]);
    for (const message of [...greeting(), ...viewer.waiting.splice(0)]) port1.postMessage(message);
  }

  return {
    accept(message) {
      claimAll(message);
      const element = mirror.node(message.node);
      // Gone meanwhile, or in a part of the page that is not shown: nobody would ever ask for what is said there.
      if (!isFrame(element) || !isConnected(element)) return;
      const viewer = viewers.get(message.frame) ?? begin(element, message.frame);
      if (viewer.element !== element) throw new WireError('bad_reference');
      viewer.tell({ kind: 'message', bytes: message.message });
    },
    tell(message) {
      for (const viewer of viewers.values()) viewer.tell(message);
    },
    listen(signal) {
      window.addEventListener('message', answer, { signal });
    },
    tidy() {
      for (const viewer of viewers.values()) if (!isConnected(viewer.element)) end(viewer);
    },
    drop(node) {
      for (const viewer of viewers.values()) if (viewer.element === node) end(viewer);
    },
    clear() {
      for (const viewer of viewers.values()) end(viewer);
      places.clear();
    },
  };
}

function isPortRequest(data: unknown): data is PortRequest {
  return typeof data === 'object' && data !== null && (data as PortRequest).kind === 'alongside-port-wanted';
}
