import { MAX_ASSET_BYTES } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { NotShownReason } from '../../../protocol/page-message.ts';
import { listen } from '../../listen.ts';
import { attributeOf, pathOfEvent, viewOf } from '../../native.ts';
import type { NodeNumbers } from '../node-numbers.ts';
import type { Gliding } from './gliding.ts';

/**
 * What canvases show, as pictures: nothing reports that a canvas was drawn on. One that changes is pictured once a
 * second, one that does not less and less often, one that nobody can see not at all.
 */
export interface Canvases {
  see(element: Element, tag: string): void;
  /** Pictures those whose time has come. */
  look(): void;
}

export interface CanvasOptions {
  readonly document: Document;
  readonly numbers: NodeNumbers;
  readonly signal: AbortSignal;
  readonly onPicture: (id: NodeId, canvas: HTMLCanvasElement, mime: string, bytes: Uint8Array) => void;
  /** Until there is a picture of it. */
  readonly onNotShown: (id: NodeId, reason: NotShownReason) => void;
}

interface Watched {
  /** Whether what was drawn can be read later than in its own frame; `null`: nobody knows yet. */
  lasts: boolean | null;
  /** As it was pictured: another size empties a canvas, on both sides. */
  size: string;
  /** When it was. */
  last: number;
  /** When the last one was made that has been judged: pictures are ready in any order. */
  shown: number;
  interval: number;
  /** Of the picture that the other side has; 0: it has none. */
  hash: number;
  isListed: boolean;
  isBusy: boolean;
  /** In which it will be pictured. */
  frame: number;
}

/** What a person does may have something drawn, once. Of a drag the page may keep the click to itself. */
const DRAWN_UPON = [
  'click',
  'dblclick',
  'pointermove',
  'pointerup',
  'mouseup',
  'wheel',
  'keydown',
  'input',
  'change',
] as const;
const OFTEN: ReadonlySet<string> = new Set(['pointermove', 'wheel']);
/** Between pictures while those go on. */
const UPON_INTERVAL_MS = 150;
const FIRST_INTERVAL_MS = 1_000;
const MAX_INTERVAL_MS = 8_000;
const MAX_CANVASES = 50;
/** A side of the small copy in which a drawing is looked for. */
const SAMPLED_PIXELS = 64;
/** What is there of a drawing that has been forgotten, in a canvas with and without alpha. */
const TRANSPARENT = 0;
const BLACK = 0xff000000;
/** Up to here pictures are exact; larger ones would be several megabytes. */
const MAX_EXACT_PIXELS = 2_000_000;

export function createCanvases({ document, numbers, signal, onPicture, onNotShown }: CanvasOptions): Canvases {
  const watched = new Map<HTMLCanvasElement, Watched>();
  let gliding: Promise<Gliding> | null = null;

  /** What WebGL has drawn can only be read in the frame that it was drawn in: after the page's own callbacks. */
  function pictureInFrame(canvas: HTMLCanvasElement, state: Watched): void {
    // Asked for again it comes last, after what the page has put off to the same frame meanwhile.
    cancelAnimationFrame(state.frame);
    state.frame = requestAnimationFrame(() => !signal.aborted && picture(canvas, state));
  }

  function picture(canvas: HTMLCanvasElement, state: Watched, source = canvas): void {
    state.isBusy = true;
    state.size = sizeOf(canvas);
    const at = (state.last = performance.now());
    const mime = canvas.width * canvas.height > MAX_EXACT_PIXELS ? 'image/webp' : 'image/png';
    try {
      source.toBlob((blob) => void keep(canvas, state, blob, at), mime, 0.85);
    } catch {
      // Pictures of other origins were drawn on it; it will never be readable.
      watched.delete(canvas);
      onNotShown(numbers.of(canvas), 'cross-origin');
    }
  }

  /** What an act has set going has frames that follow no event. Without the file the canvas is looked at as others are. */
  function glide(canvas: HTMLCanvasElement, state: Watched): void {
    gliding ??= import('./gliding.ts').then(({ createGliding }) => createGliding(signal));
    gliding.then(
      (follow) => follow(canvas, (copy) => picture(canvas, state, copy)),
      () => {},
    );
  }

  /**
   * WebGL forgets what it has drawn with the end of the frame, unless it was told otherwise. Heard last of all listeners,
   * so that what they have drawn, or put off to the frame of animation, is there in ours.
   */
  function lookAgain(event: Event): void {
    const { type } = event;
    const now = performance.now();
    const isAct = type !== 'pointermove';
    const path = OFTEN.has(type) ? pathOfEvent(event) : null;
    for (const [canvas, state] of watched) {
      // One that has long been still may change by that; by a move only the one that it is on.
      if (path === null || path.includes(canvas)) state.interval = FIRST_INTERVAL_MS;
      const isTurn = path === null || now >= state.last + UPON_INTERVAL_MS;
      // Of one that has shown nothing yet nobody knows whether it is of that kind.
      const mayForget = isAct ? state.lasts !== true : state.lasts === false;
      if (!mayForget || !isSeen(canvas)) continue;
      // A picture under way is of what was drawn before.
      if (isTurn && !(path && state.isBusy)) pictureInFrame(canvas, state);
      if (isAct) glide(canvas, state);
    }
  }

  const view = viewOf(document);
  for (const type of DRAWN_UPON) if (view) listen(view, type, lookAgain, { signal, passive: true });

  async function keep(canvas: HTMLCanvasElement, state: Watched, blob: Blob | null, at: number): Promise<void> {
    const isTooLarge = blob !== null && blob.size > MAX_ASSET_BYTES;
    const bytes = blob && !isTooLarge ? new Uint8Array(await blob.arrayBuffer()) : null;
    state.isBusy = false;
    if (signal.aborted || numbers.of(canvas) === 0) return;
    if (isTooLarge) list(canvas, state, 'too-large');
    if (bytes === null) return;
    const hash = hashOf(bytes);
    const isNew = hash !== state.hash;
    const isShown = isNew && (await isWorthShowing(canvas, state, blob));
    const id = numbers.of(canvas);
    if (signal.aborted || id === 0 || at < state.shown) return;
    state.shown = at;
    state.interval = isShown ? FIRST_INTERVAL_MS : Math.min(state.interval * 2, MAX_INTERVAL_MS);
    if (isNew && !isShown && state.hash === 0) list(canvas, state, 'unreadable');
    if (!isShown) return;
    state.hash = hash;
    state.isListed = false;
    onPicture(id, canvas, blob?.type ?? '', bytes);
  }

  function list(canvas: HTMLCanvasElement, state: Watched, reason: NotShownReason): void {
    if (!state.isListed) onNotShown(numbers.of(canvas), reason);
    state.isListed = true;
  }

  return {
    see(element, tag) {
      if (tag !== 'canvas') return;
      for (const canvas of watched.keys()) if (numbers.of(canvas) === 0) watched.delete(canvas);
      if (watched.size >= MAX_CANVASES) {
        onNotShown(numbers.of(element), 'too-large');
        return;
      }
      watched.set(element as HTMLCanvasElement, {
        lasts: null,
        size: '',
        last: -Infinity,
        shown: -Infinity,
        interval: FIRST_INTERVAL_MS,
        hash: 0,
        isListed: false,
        isBusy: false,
        frame: 0,
      });
    },
    look() {
      for (const [canvas, state] of watched) {
        if (numbers.of(canvas) === 0) watched.delete(canvas);
        else if (!state.isBusy && isDue(canvas, state) && isSeen(canvas)) pictureInFrame(canvas, state);
      }
    },
  };
}

function isDue(canvas: HTMLCanvasElement, state: Watched): boolean {
  if (state.size !== sizeOf(canvas)) {
    // What was sent last is gone there, even if the same is drawn again.
    state.hash = 0;
    return true;
  }
  return performance.now() >= state.last + state.interval;
}

function sizeOf({ width, height }: HTMLCanvasElement): string {
  return `${width} ${height}`;
}

function isSeen(canvas: HTMLCanvasElement): boolean {
  if (canvas.width === 0 || canvas.height === 0) return false;
  const box = canvas.getBoundingClientRect();
  return box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
}

/** A canvas that forgets shows nothing between two drawings: the last one is what the customer sees. */
async function isWorthShowing(canvas: HTMLCanvasElement, state: Watched, picture: Blob | null): Promise<boolean> {
  if (state.lasts === true || picture === null) return true;
  try {
    const color = await colorOf(picture);
    // Asked only now that something is there: asking a new canvas for a context would give it one.
    if (color !== TRANSPARENT) state.lasts ??= isLasting(canvas);
    if (color !== TRANSPARENT && color !== BLACK) return true;
    return state.lasts ?? !isDrawnByLibrary(canvas);
  } catch {
    return true;
  }
}

function isLasting(canvas: HTMLCanvasElement): boolean {
  if (canvas.getContext('2d') !== null) return true;
  const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  if (context !== null) return context.getContextAttributes()?.preserveDrawingBuffer !== false;
  return canvas.getContext('webgpu') === null;
}

/** Nobody may ask whether an empty canvas has a context, but those who draw in three dimensions say so: three.js, Babylon. */
function isDrawnByLibrary(canvas: HTMLCanvasElement): boolean {
  return attributeOf(canvas, 'data-engine') !== null || /(?:map(?:box|libre)|web)gl/iu.test(canvas.className);
}

/** The one color of a picture, with its alpha in the upper byte; `null`: there are several. */
async function colorOf(picture: Blob): Promise<number | null> {
  const bitmap = await createImageBitmap(picture);
  const context = new OffscreenCanvas(SAMPLED_PIXELS, SAMPLED_PIXELS).getContext('2d');
  context?.drawImage(bitmap, 0, 0, SAMPLED_PIXELS, SAMPLED_PIXELS);
  bitmap.close();
  const pixels = new Uint32Array(context?.getImageData(0, 0, SAMPLED_PIXELS, SAMPLED_PIXELS).data.buffer ?? []);
  const color = pixels[0] ?? TRANSPARENT;
  return pixels.every((pixel) => pixel === color) ? color : null;
}

/** FNV-1a, 32 bits: two pictures of one canvas that differ and agree in it would be a rare pity. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
