import { faceKey, readFace, withFiles, type Face } from './font-faces.ts';
import type { Redraw } from './latest.ts';

/**
 * Sheets name fonts in several weights, formats and alphabets, and a page shows few of them. Which these are the mirror's
 * own browser says: the files of a face stay empty until it tells that it could not load the face, which it tries only
 * for a text that is shown. Then the first file is asked for; the next one if that cannot be had or read.
 */
export interface WantedFonts {
  /**
   * An `@font-face` rule with no files but those that are wanted.
   * @param redraw is called when there are others
   */
  dress(rule: string, redraw: Redraw, isStillThere: () => boolean): string;
  /** A new page. */
  clear(): void;
}

export interface SheetFiles {
  /** Its address; empty: it will not come; `undefined`: it is not here yet. */
  known(asset: number): string | undefined;
  /** `redraw` is called when it is here. */
  ask(asset: number, redraw: Redraw): void;
}

interface Dressed {
  /** By their text, with as many files as they were drawn with last. */
  readonly faces: Map<string, readonly [Face, number]>;
  readonly isStillThere: () => boolean;
}

/** Frameworks write their sheets anew again and again: beyond so many, those that are gone are forgotten. */
const MANY_SHEETS = 64;

export function createWantedFonts(fonts: FontFaceSet, { known, ask }: SheetFiles): WantedFonts {
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

  function forgetGone(): void {
    read = new Map();
    for (const [redraw, { isStillThere }] of sheets) if (!isStillThere()) sheets.delete(redraw);
  }

  function facesOf(redraw: Redraw, isStillThere: () => boolean): Dressed['faces'] {
    let sheet = sheets.get(redraw);
    if (!sheet) {
      if (sheets.size > MANY_SHEETS) forgetGone();
      sheet = { faces: new Map(), isStillThere };
      sheets.set(redraw, sheet);
      // A new document has lost those who listened; who listens already is not added again.
      fonts.addEventListener('loadingerror', onFailed);
    }
    return sheet.faces;
  }

  function* facesCalled(keys: ReadonlySet<string>): Generator<readonly [Redraw, Face, number]> {
    for (const [redraw, { faces }] of sheets)
      for (const [face, named] of faces.values()) if (keys.has(face.key)) yield [redraw, face, named];
  }

  function onFailed({ fontfaces }: FontFaceSetLoadEvent): void {
    forgetGone();
    const failed = new Set(fontfaces.map(faceKey));
    // What is on its way, or not drawn yet, has not failed.
    for (const [, face, named] of facesCalled(failed)) if (named < allowedOf(face).length) failed.delete(face.key);
    const called = [...facesCalled(failed)];
    for (const key of new Set(called.map(([, { key }]) => key))) allowed.set(key, (allowed.get(key) ?? 0) + 1);
    const due = new Set<Redraw>();
    for (const [redraw, face] of called) {
      const next = face.files[(allowed.get(face.key) ?? 0) - 1];
      if (next === undefined) continue;
      if (isHere(next)) due.add(redraw);
      else ask(next, redraw);
    }
    for (const redraw of due) redraw();
  }

  return {
    dress(rule, redraw, isStillThere) {
      const face = faceOf(rule);
      if (face === null) return withFiles(rule, () => none);
      const files = allowedOf(face);
      for (const asset of files) if (!isHere(asset)) ask(asset, redraw);
      facesOf(redraw, isStillThere).set(rule, [face, files.filter(isHere).length]);
      return withFiles(rule, (asset) => (files.includes(asset) && known(asset)) || none);
    },
    clear() {
      allowed = new Map();
      sheets = new Map();
      read = new Map();
    },
  };
}
