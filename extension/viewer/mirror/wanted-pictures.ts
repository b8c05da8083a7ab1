import { querySelector, rootOf } from './dom.ts';
import type { Redraw } from './latest.ts';
import type { FilePart } from './sheet-parts.ts';
import type { SheetFiles } from './wanted-fonts.ts';

/**
 * Of a sheet that names many pictures (all flags of the world, each icon of a toolkit) those are asked for whose rules are
 * for something that is in the mirror. Otherwise the customer's browser would fetch them all.
 */
export interface WantedPictures {
  /** @param on what the sheet is drawn on, in the document or shadow root whose elements it is for */
  expect(on: Node, files: readonly FilePart[], redraw: Redraw, isStillThere: () => boolean): void;
  /** The mirror may have become another. */
  changed(): void;
  /** A new page. */
  clear(): void;
}

interface Awaited {
  readonly on: Node;
  readonly files: readonly FilePart[];
  readonly isStillThere: () => boolean;
}

/** Looking takes at most a twentieth of the time. */
const REST_PER_COST = 20;
const MIN_REST_MS = 50;

export function createWantedPictures({ ask }: SheetFiles): WantedPictures {
  let awaited = new Map<Redraw, Awaited>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rest = 0;

  /** Asks for what its rule is for. @returns the others */
  function othersThan({ on, files }: Awaited, redraw: Redraw): FilePart[] {
    const root = rootOf(on);
    return files.filter((file) => {
      if (!hasAny(root, file.selector)) return true;
      ask(file.asset, redraw);
      return false;
    });
  }

  function look(): void {
    timer = undefined;
    const begun = performance.now();
    for (const [redraw, sheet] of awaited) {
      const files = sheet.isStillThere() ? othersThan(sheet, redraw) : [];
      if (files.length === 0) awaited.delete(redraw);
      else awaited.set(redraw, { ...sheet, files });
    }
    rest = Math.max(MIN_REST_MS, REST_PER_COST * (performance.now() - begun));
  }

  function changed(): void {
    if (awaited.size > 0) timer ??= setTimeout(look, rest);
  }

  return {
    expect(on, files, redraw, isStillThere) {
      if (files.length === 0) awaited.delete(redraw);
      else awaited.set(redraw, { on, files, isStillThere });
      changed();
    },
    changed,
    clear() {
      clearTimeout(timer);
      timer = undefined;
      awaited = new Map();
    },
  };
}

/** What nobody understands may be for anything. */
function hasAny(root: Node, selector: string | null): boolean {
  try {
    return selector === null || querySelector(root as ParentNode & DocumentFragment, selector) !== null;
  } catch {
    return true;
  }
}
