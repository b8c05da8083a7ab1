import { MAX_ASSET_BYTES } from '../../../protocol/limits.ts';
import { findAll } from '../../native.ts';

/** More would take the page's memory; four screens of 1920 × 1080. */
const MAX_PIXELS = 8_300_000;
const PATIENCE_MS = 15_000;

/**
 * What a picture shows, as a PNG: loaded once more as a picture, which `img-src` allows where `connect-src` does not. Of
 * another origin only where that lets itself be read.
 * @throws when it cannot be had, or is too large
 */
export async function drawPicture(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const image = shownAs(url) ?? loaded(url);
  await within(PATIENCE_MS, image.decode());
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width * height === 0 || width * height > MAX_PIXELS) throw new Error('no size to draw');
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  if (blob.size > MAX_ASSET_BYTES) throw new Error('too large');
  return new Uint8Array(await blob.arrayBuffer());
}

/** Many a page lets go of a `blob:` as soon as it is shown: an upload's preview. Of the page itself, so it can be read. */
function shownAs(url: string): HTMLImageElement | undefined {
  if (!url.startsWith('blob:')) return undefined;
  return [...(findAll(document, 'img') as NodeListOf<HTMLImageElement>)].find((image) => image.currentSrc === url);
}

function loaded(url: string): HTMLImageElement {
  const image = document.createElement('img');
  image.crossOrigin = 'anonymous';
  image.src = url;
  return image;
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer = 0;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), milliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
