import { hasAttribute, removeAttribute, setAttribute } from '../dom.ts';
import type { PictureSize } from '../files/file-names.ts';

/** A rounding of the browser's is no density. */
const LEAST_DIFFERENCE = 0.02;

/**
 * Shows the file that has just been set in the size that the page shows it in: of one of several (`srcset`) that is less
 * than its own, or more.
 * @param isStillThere whether the element is still to show it
 */
export function showInSize(image: Element, url: string, { width }: PictureSize, isStillThere: () => boolean): void {
  if (!(image instanceof HTMLImageElement)) return;
  const fit = (): void => {
    const density = image.naturalWidth / width;
    if (!isStillThere() || Math.abs(density - 1) < LEAST_DIFFERENCE) return;
    // By widths and not by density: where that is less than one, the browser would rather take `src`.
    setAttribute(image, 'sizes', `${width}px`);
    setAttribute(image, 'srcset', `${url} ${image.naturalWidth}w`);
  };
  image.addEventListener('load', fit, { once: true });
}

/** After a picture for finer screens: Chromium shows the next one as fine as that where nothing says how fine it is. */
export function showAsItIs(image: Element, url: string): void {
  if (!hasAttribute(image, 'srcset')) return;
  if (url === '') removeAttribute(image, 'srcset');
  else setAttribute(image, 'srcset', `${url} 1x`);
}
