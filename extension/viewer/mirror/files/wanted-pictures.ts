import { querySelector, rootOf } from '../dom.ts';
import type { Redraw } from './latest.ts';
import type { FilePart } from '../styles/sheet-parts.ts';
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

/** Looking takes at most a twentieth of the time, and no more than this at a stretch. */
const REST_PER_COST = 20;
const LOOK_MS = 8;
const MIN_REST_MS = 50;
const MAX_REST_MS = 1_000;

export function createWantedPictures({ known, ask }: SheetFiles): WantedPictures {
  let awaited = new Map<Redraw, Awaited>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;
  /** What has been asked of the document as it is: goes on where the time was up. */
  let answers = new Map<Node, Map<string, boolean>>();
  /** It has become another since the first of them. */
  let isOld = false;
  let due = new Set<Redraw>();

  function isFor(root: Node, selector: string): boolean {
    const known = answers.get(root) ?? new Map<string, boolean>();
    answers.set(root, known);
    let answer = known.get(selector);
    if (answer === undefined) {
      answer = hasAny(root, selector);
      known.set(selector, answer);
    }
    return answer;
  }

  /** Asks for what its rule is for. @returns the others */
  function othersThan({ on, files }: Awaited, redraw: Redraw, until: number): FilePart[] {
    const root = rootOf(on);
    return files.filter(({ asset, selector }) => {
      if (performance.now() > until) return true;
      if (selector !== null && !isFor(root, selector)) return true;
      // For another sheet it has come already.
      if (known(asset) !== undefined) due.add(redraw);
      else ask(asset, redraw);
      return false;
    });
  }

  function look(): void {
    timer = undefined;
    if (answers.size === 0) isOld = false;
    const begun = performance.now();
    for (const [redraw, sheet] of awaited) {
      const files = sheet.isStillThere() ? othersThan(sheet, redraw, begun + LOOK_MS) : [];
      if (files.length === 0) awaited.delete(redraw);
      else awaited.set(redraw, { ...sheet, files });
    }
    const redraws = due;
    due = new Set();
    for (const redraw of redraws) redraw();
    const now = performance.now();
    restUntil = now + Math.min(MAX_REST_MS, Math.max(MIN_REST_MS, REST_PER_COST * (now - begun)));
    const isOver = now <= begun + LOOK_MS;
    if (isOver) answers = new Map();
    if (!isOver || isOld) lookAgain();
  }

  function lookAgain(): void {
    if (awaited.size > 0) timer ??= setTimeout(look, Math.max(0, restUntil - performance.now()));
  }

  function changed(): void {
    isOld = true;
    lookAgain();
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
      restUntil = 0;
      awaited = new Map();
      answers = new Map();
    },
  };
}

/** What nobody understands may be for anything. */
function hasAny(root: Node, selector: string): boolean {
  try {
    return querySelector(root as ParentNode & DocumentFragment, selector) !== null;
  } catch {
    return true;
  }
}
