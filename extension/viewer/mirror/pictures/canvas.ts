import { setAttribute } from '../dom.ts';

/** Only what recording makes of canvases and videos. */
const PICTURE_TYPES = new Set(['image/png', 'image/webp']);

/** Puts a picture of the customer's canvas or video onto the mirror's. What is neither, or no picture, is left alone. */
export async function drawPicture(target: Node | undefined, mime: string, bytes: Uint8Array): Promise<void> {
  if (!PICTURE_TYPES.has(mime)) return;
  const picture = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime });
  try {
    if (target instanceof HTMLCanvasElement) await drawOnCanvas(target, picture);
    else if (target instanceof HTMLVideoElement) await showInVideo(target, picture);
  } catch {
    // Not a picture after all: the one before stays.
  }
}

async function drawOnCanvas(canvas: HTMLCanvasElement, picture: Blob): Promise<void> {
  const bitmap = await createImageBitmap(picture);
  const context = canvas.getContext('2d');
  context?.clearRect(0, 0, canvas.width, canvas.height);
  context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
}

/** A video without a film shows its poster, laid out as the film would be. */
async function showInVideo(video: HTMLVideoElement, picture: Blob): Promise<void> {
  const url = URL.createObjectURL(picture);
  try {
    // Decoded before it is needed, so that nothing flickers.
    const image = new Image();
    image.src = url;
    await image.decode();
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
  const before = video.poster;
  setAttribute(video, 'poster', url);
  if (before.startsWith('blob:')) URL.revokeObjectURL(before);
}
