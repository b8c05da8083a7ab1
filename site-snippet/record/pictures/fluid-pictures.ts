import { findAll } from '../../native.ts';

/**
 * Images whose size may go by the page's width (`srcset` with `sizes`): of the file that it has, the browser shows a larger
 * or smaller picture then, and nothing tells.
 * @returns gives those whose size is another than when it was last asked
 */
export function createFluidPictures(document: Document): () => Element[] {
  const widths = new WeakMap<Element, number>();
  return () =>
    [...findAll(document, 'img[srcset],picture>img')].filter((image) => {
      const { naturalWidth } = image as HTMLImageElement;
      const isOther = widths.get(image) !== naturalWidth;
      widths.set(image, naturalWidth);
      return isOther;
    });
}
