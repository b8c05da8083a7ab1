import { MAX_ASSET_BYTES } from '../../../protocol/limits.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import type { NotShownReason } from '../../../protocol/page-message.ts';
import type { NodeNumbers } from '../node-numbers.ts';

/** What videos show, as pictures: one every two seconds while they play, one where they were stopped, none unseen. */
export interface Videos {
  see(element: Element): void;
  /** Pictures those whose time has come. */
  look(): void;
}

export interface VideoOptions {
  readonly numbers: NodeNumbers;
  readonly signal: AbortSignal;
  readonly onPicture: (id: NodeId, video: HTMLVideoElement, mime: string, bytes: Uint8Array) => void;
  readonly onNotShown: (id: NodeId, reason: NotShownReason) => void;
}

interface Watched {
  /** The frame that was pictured last. */
  shown: string;
  due: number;
  isBusy: boolean;
}

const PLAYING_INTERVAL_MS = 2_000;
const MAX_VIDEOS = 10;
/** Larger ones are made smaller. */
const MAX_PIXELS = 1280 * 720;
const QUALITY = 0.7;

export function createVideos({ numbers, signal, onPicture, onNotShown }: VideoOptions): Videos {
  const watched = new Map<HTMLVideoElement, Watched>();

  function refuse(video: HTMLVideoElement, reason: NotShownReason): void {
    watched.delete(video);
    onNotShown(numbers.of(video), reason);
  }

  async function picture(video: HTMLVideoElement, state: Watched): Promise<void> {
    state.isBusy = true;
    state.due = performance.now() + PLAYING_INTERVAL_MS;
    state.shown = frameOf(video);
    try {
      const blob = await draw(video).convertToBlob({ type: 'image/webp', quality: QUALITY });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const id = numbers.of(video);
      if (!signal.aborted && id !== 0 && bytes.length <= MAX_ASSET_BYTES) onPicture(id, video, blob.type, bytes);
    } catch {
      // It comes from another site, which does not let its pixels be read.
      if (!signal.aborted) refuse(video, 'cross-origin');
    }
    state.isBusy = false;
  }

  return {
    see(element) {
      for (const video of watched.keys()) if (numbers.of(video) === 0) watched.delete(video);
      if (watched.size < MAX_VIDEOS) watched.set(element as HTMLVideoElement, { shown: '', due: 0, isBusy: false });
      else onNotShown(numbers.of(element), 'too-large');
    },
    look() {
      for (const [video, state] of watched) {
        if (numbers.of(video) === 0) watched.delete(video);
        // Protected films are black to everybody but the screen.
        else if (video.mediaKeys) refuse(video, 'unsupported');
        else if (!state.isBusy && isDue(video, state) && isSeen(video)) void picture(video, state);
      }
    },
  };
}

function frameOf(video: HTMLVideoElement): string {
  const { currentTime, paused, videoWidth, videoHeight } = video;
  return `${currentTime} ${paused} ${videoWidth} ${videoHeight}`;
}

function isDue(video: HTMLVideoElement, state: Watched): boolean {
  // Until it has played, the poster is what is seen; the mirror has that.
  const isPoster = video.poster !== '' && video.paused && video.currentTime === 0;
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0 || isPoster) return false;
  return frameOf(video) !== state.shown && (video.paused || performance.now() >= state.due);
}

function isSeen(video: HTMLVideoElement): boolean {
  const box = video.getBoundingClientRect();
  return box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
}

function draw(video: HTMLVideoElement): OffscreenCanvas {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, Math.sqrt(MAX_PIXELS / (videoWidth * videoHeight)));
  const canvas = new OffscreenCanvas(Math.round(videoWidth * scale), Math.round(videoHeight * scale));
  const context = canvas.getContext('2d');
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  if (context && video.controls) drawControls(context, video);
  return canvas;
}

/** The browser's own controls are no part of the page; where the film is, the agent should see all the same. */
function drawControls(context: OffscreenCanvasRenderingContext2D, video: HTMLVideoElement): void {
  const { width, height } = context.canvas;
  const size = Math.max(10, Math.round(height / 18));
  const played = video.duration > 0 ? video.currentTime / video.duration : 0;
  context.fillStyle = 'rgb(0 0 0 / 60%)';
  context.fillRect(0, height - 2 * size, width, 2 * size);
  context.fillStyle = 'white';
  context.font = `${size}px sans-serif`;
  context.textBaseline = 'middle';
  const state = video.paused ? '❚❚' : '▶';
  context.fillText(`${state} ${clock(video.currentTime)} / ${clock(video.duration)}`, size, height - size);
  context.fillRect(0, height - 2, width * played, 2);
}

function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
