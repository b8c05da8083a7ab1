import type { Zoom } from '../../browser-storage.ts';
import type { Size } from './viewer-port.ts';

/** How large the customer's viewport is drawn: never enlarged, because enlarged text is blurred text. */
export function fitScale(zoom: Zoom, page: Size, room: Size): number {
  if (zoom === 'actual' || room.width <= 0 || room.height <= 0) return 1;
  return Math.min(1, room.width / page.width, room.height / page.height);
}
