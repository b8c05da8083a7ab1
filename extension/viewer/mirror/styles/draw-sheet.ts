import { drawDressed } from './css.ts';
import { createLatest } from '../files/latest.ts';
import type { Pictures } from '../pictures/pictures.ts';
import type { MirroredPreferences } from './preferences.ts';

/**
 * Draws the text of a sheet now, and again when its files have come or the customer's preferences are others.
 * @param on what it is drawn on: whatever is drawn there later takes its place
 */
export type DrawSheet = (on: object, css: string, isStillThere: () => boolean, show: (dressed: string) => void) => void;

export function createDrawSheet(pictures: Pictures, preferences: MirroredPreferences): DrawSheet {
  const latest = createLatest();
  return (on, css, isStillThere, show) =>
    preferences.drawSheet(on, css, isStillThere, (answered) => {
      const isLatest = latest.draw(on);
      const sheet = on instanceof Node ? { sheet: on } : {};
      drawDressed(answered, pictures, () => isStillThere() && isLatest(), show, sheet);
    });
}
