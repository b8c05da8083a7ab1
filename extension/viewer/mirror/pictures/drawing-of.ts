import type { PictureSize } from '../files/file-names.ts';

/** A picture of ours, of that size. @param content empty: what is around it has its place before the page's own comes */
export function drawingOf({ width, height }: PictureSize, content = ''): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
