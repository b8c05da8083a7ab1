import { hasAttribute, removeAttribute, setAttribute } from './dom.ts';
import type { PictureSize } from './file-names.ts';

/** A rounding of the browser's is no density. */
const LEAST_DIFFERENCE = 0.02;

/** Nothing, of that size: what is around a picture has its place before the picture comes. */
export function blankOf({ width, height }: PictureSize): string {
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`)}`;
}

/**
 * Shows a file in the size that the page shows it in: of one for finer screens (`srcset`) that is less than its own.
 * @param isStillThere whether the element is still to show it
 */
export function showInSize(image: Element, url: string, { width }: PictureSize, isStillThere: () => boolean): void {
  const file = new Image();
  file.addEventListener('load', () => {
    const density = file.naturalWidth / width;
    if (!isStillThere() || Math.abs(density - 1) < LEAST_DIFFERENCE) return;
    setAttribute(image, 'srcset', `${url} ${density}x`);
  });
  file.src = url;
}

/** After a picture for finer screens: Chromium shows the next one as fine as that where nothing says how fine it is. */
export function showAsItIs(image: Element, url: string): void {
  if (!hasAttribute(image, 'srcset')) return;
  if (url === '') removeAttribute(image, 'srcset');
  else setAttribute(image, 'srcset', `${url} 1x`);
}
