import { createNearView, type NearView } from './near-view.ts';
import { createWantedFonts, type SheetFiles, type WantedFonts } from './wanted-fonts.ts';
import { createWantedPictures, type WantedPictures } from './wanted-pictures.ts';

/** What is asked for of all that the page names. */
export interface Wanted {
  readonly fonts: WantedFonts;
  readonly pictures: WantedPictures;
  /** Pictures of elements. */
  readonly near: NearView;
}

export function createWanted(files: SheetFiles): Wanted {
  return {
    fonts: createWantedFonts(document.fonts, files),
    pictures: createWantedPictures(files),
    near: createNearView(document),
  };
}
