/** Maps glide on when they are let go, and zoom for a while. */
const GLIDING_MS = 1_000;
/** So many frames are a second; where they take longer they are waited for, up to a limit. */
const GLIDING_FRAMES = 60;
const MAX_GLIDING_MS = 5_000;
/** Between pictures meanwhile. */
const INTERVAL_MS = 150;
/** A side of the small copy in which a drawing is looked for. */
const SAMPLED_PIXELS = 16;

export type Gliding = (canvas: HTMLCanvasElement, onFrame: OnFrame) => void;
type OnFrame = (copy: HTMLCanvasElement) => void;

interface Glide {
  readonly onFrame: OnFrame;
  /** When the act was that has set it going, and how many frames there have been since. */
  since: number;
  frames: number;
  /** When the other side was given a picture. */
  last: number;
  /** Of the last frame in which it was drawn, until that is given away. */
  copy: HTMLCanvasElement | null;
  /** In which it will be looked at. */
  frame: number;
}

/**
 * What an act has set going on canvases that forget what they have drawn: some of its frames, and the last one, which is
 * what the customer goes on seeing. Loaded with the first act upon such a canvas.
 */
export function createGliding(signal: AbortSignal): Gliding {
  const glides = new Map<HTMLCanvasElement, Glide>();

  function look(canvas: HTMLCanvasElement): void {
    const glide = glides.get(canvas);
    if (!glide || signal.aborted) return;
    const now = performance.now();
    glide.frames += 1;
    const isOver = isLong(now - glide.since, glide.frames);
    try {
      glide.copy = copyOf(canvas) ?? glide.copy;
    } catch {
      // Pictures of other origins were drawn on it.
    }
    if (glide.copy && (isOver || now >= glide.last + INTERVAL_MS)) {
      glide.onFrame(glide.copy);
      glide.copy = null;
      glide.last = now;
    }
    if (isOver) glides.delete(canvas);
    else lookInFrame(canvas, glide);
  }

  /** Asked for twice: a busy page has its next frame before any turn of ours, another puts off to it what it draws meanwhile. */
  function lookInFrame(canvas: HTMLCanvasElement, glide: Glide): void {
    const ask = (): void => {
      cancelAnimationFrame(glide.frame);
      glide.frame = requestAnimationFrame(() => look(canvas));
    };
    ask();
    const { frame } = glide;
    setTimeout(() => glide.frame === frame && ask());
  }

  return (canvas, onFrame) => {
    const now = performance.now();
    const glide = glides.get(canvas);
    if (glide) Object.assign(glide, { since: now, frames: 0 });
    else {
      const begun: Glide = { onFrame, since: now, frames: 0, last: now, copy: null, frame: 0 };
      glides.set(canvas, begun);
      lookInFrame(canvas, begun);
    }
  };
}

function isLong(ms: number, frames: number): boolean {
  return ms >= MAX_GLIDING_MS || (ms >= GLIDING_MS && frames >= GLIDING_FRAMES);
}

/** @returns `null`: it was not drawn in this frame */
function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement | null {
  const context = new OffscreenCanvas(SAMPLED_PIXELS, SAMPLED_PIXELS).getContext('2d');
  context?.drawImage(canvas, 0, 0, SAMPLED_PIXELS, SAMPLED_PIXELS);
  const { data } = context?.getImageData(0, 0, SAMPLED_PIXELS, SAMPLED_PIXELS) ?? { data: [] };
  // What has been forgotten is transparent, or black where there is no alpha.
  if (data.every((value, index) => value === 0 || index % 4 === 3)) return null;
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}
