import { faceKey, mapFontFaces, readFace, withFiles, type Face } from './font-faces.ts';
import type { Redraw } from './latest.ts';

/**
 * Sheets name fonts in several weights, formats and alphabets, and a page shows few of them. Which these are the mirror's
 * own browser says: the files of a face stay empty until it tells that it could not load the face, which it tries only
 * for a text that is shown. Then the first file is asked for; the next one if that cannot be had or read.
 */
export interface WantedFonts {
  /** A file that is none: an address that sheets may name. */
  readonly none: string;
  /**
   * A sheet's text with no font files but those that are wanted.
   * @param redraw is called when there are others
   */
  dress(css: string, redraw: Redraw, isStillThere: () => boolean): string;
  /** A new page. */
  clear(): void;
}

export interface FontFiles {
  /** Its address; empty: it will not come; `undefined`: it is not here yet. */
  known(asset: number): string | undefined;
  /** `redraw` is called when it is here. */
  ask(asset: number, redraw: Redraw): void;
}

interface Dressed {
  readonly faces: readonly Face[];
  readonly isStillThere: () => boolean;
}

/** Frameworks write their sheets anew again and again: beyond so many, those that are gone are forgotten. */
const MANY_SHEETS = 64;

export function createWantedFonts(fonts: FontFaceSet, { known, ask }: FontFiles): WantedFonts {
  // Only what comes from outside the sheet fails by itself: for an empty `data:` URL the browser tries the faces of other
  // alphabets at once.
  const none = URL.createObjectURL(new Blob(['-'], { type: 'font/woff2' }));
  /** How many of its files a face may name. */
  let allowed = new Map<string, number>();
  let sheets = new Map<Redraw, Dressed>();
  /** By its text. */
  let read = new Map<string, Face | null>();

  function faceOf(rule: string): Face | null {
    let face = read.get(rule);
    if (face === undefined) {
      face = readFace(rule);
      read.set(rule, face);
    }
    return face;
  }

  function allowedOf({ key, files }: Face): readonly number[] {
    return files.slice(0, allowed.get(key) ?? 0);
  }

  function isHere(asset: number): boolean {
    return known(asset) !== undefined;
  }

  function withAllowed(rule: string, face: Face, redraw: Redraw): string {
    const files = allowedOf(face);
    for (const asset of files) if (!isHere(asset)) ask(asset, redraw);
    return withFiles(rule, files.filter(known), none);
  }

  function forgetGone(): void {
    for (const [redraw, { isStillThere }] of sheets) if (!isStillThere()) sheets.delete(redraw);
  }

  function* facesCalled(keys: ReadonlySet<string>): Generator<readonly [Redraw, Face]> {
    for (const [redraw, { faces }] of sheets) for (const face of faces) if (keys.has(face.key)) yield [redraw, face];
  }

  function onFailed({ fontfaces }: FontFaceSetLoadEvent): void {
    forgetGone();
    const failed = new Set(fontfaces.map(faceKey));
    // What is on its way has not failed.
    for (const [, face] of facesCalled(failed)) if (!allowedOf(face).every(isHere)) failed.delete(face.key);
    for (const key of failed) allowed.set(key, (allowed.get(key) ?? 0) + 1);
    const due = new Set<Redraw>();
    for (const [redraw, face] of facesCalled(failed)) {
      const next = face.files[(allowed.get(face.key) ?? 0) - 1];
      if (next === undefined) continue;
      if (isHere(next)) due.add(redraw);
      else ask(next, redraw);
    }
    for (const redraw of due) redraw();
  }

  return {
    none,
    dress(css, redraw, isStillThere) {
      const faces: Face[] = [];
      const dressed = mapFontFaces(css, (rule) => {
        const face = faceOf(rule);
        if (face === null || face.files.length === 0) return rule;
        faces.push(face);
        return withAllowed(rule, face, redraw);
      });
      if (faces.length > 0) {
        if (sheets.size > MANY_SHEETS) forgetGone();
        sheets.set(redraw, { faces, isStillThere });
        // A new document has lost those who listened; who listens already is not added again.
        fonts.addEventListener('loadingerror', onFailed);
      }
      return dressed;
    },
    clear() {
      allowed = new Map();
      sheets = new Map();
      read = new Map();
    },
  };
}
