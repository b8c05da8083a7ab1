import { createWantedFonts, type SheetFiles, type WantedFonts } from './wanted-fonts.ts';
import { createWantedPictures, type WantedPictures } from './wanted-pictures.ts';

/** What is asked for of all that style sheets name. */
export interface Wanted {
  readonly fonts: WantedFonts;
  readonly pictures: WantedPictures;
}

export function createWanted(files: SheetFiles): Wanted {
  return { fonts: createWantedFonts(document.fonts, files), pictures: createWantedPictures(files) };
}
