import type { AssetFile } from '../../assets.ts';
import { drawingOf } from './drawing-of.ts';
import { SHOWN_TYPES } from '../files/file-names.ts';
import type { Redraw } from '../files/latest.ts';
import type { SheetFiles } from '../files/wanted-fonts.ts';
import type { Wanted } from '../files/wanted.ts';

export type Found = Extract<AssetFile, { kind: 'asset' }>;
type Missing = Extract<AssetFile, { kind: 'asset-missing' }>;

/** Assets by number, as blob URLs. Asked for once, when the mirror first needs them. */
export interface Pictures {
  /**
   * The URL to use now; `redraw` is called when there is a better one. Empty: not here yet, or never.
   * @param element that shows it, if it is one's picture
   */
  url(asset: number, redraw: Redraw, element?: Element): string;
  arrive(file: AssetFile): void;
  /** As `url`, and nothing is asked for. `undefined`: it is not here. */
  known(asset: number): string | undefined;
  readonly wanted: Wanted;
  /** The file itself, for an element that shows what is in it; not if it will not come. */
  file(asset: number, element: Element, deliver: (file: Found) => void): void;
  /** A new page. */
  clear(): void;
}

export interface PictureOptions {
  readonly want: (assets: readonly number[], deliver: (file: AssetFile) => void) => void;
  /** Said for every element that would show it; without one for a file of a style sheet's. */
  readonly onMissing: (file: Missing, element: Element | null) => void;
  readonly wanted: (files: SheetFiles) => Wanted;
}

/** Files come many at a time, and a sheet that has many is parsed as a whole. */
const REDRAW_AFTER_MS = 20;

export function createPictures({ want, onMissing, wanted: createWanted }: PictureOptions): Pictures {
  let urls = new Map<number, string>();
  let missing = new Map<number, Missing>();
  let waiting = new Map<number, Map<Redraw, Element | null>>();
  let asked: number[] = [];
  let due = new Set<Redraw>();
  const known = (asset: number): string | undefined => urls.get(asset);
  const wanted = createWanted({ known, ask: (asset, redraw) => void urlOf(asset, redraw) });

  function ask(asset: number): void {
    asked.push(asset);
    if (asked.length > 1) return;
    // What one batch needs is asked for at once.
    queueMicrotask(() => {
      want(asked, arrive);
      asked = [];
    });
  }

  function redrawAll(): void {
    const redraws = due;
    due = new Set();
    for (const redraw of redraws) redraw();
  }

  function createUrl(file: AssetFile): string {
    if (file.kind === 'asset-missing') return placeholder(file);
    const { mime, bytes } = file;
    if (bytes.length === 0 || !SHOWN_TYPES.test(mime)) return '';
    return URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime }));
  }

  function arrive(file: AssetFile): void {
    const { asset } = file;
    const others = waiting.get(asset);
    if (urls.has(asset) || !others) return;
    waiting.delete(asset);
    urls.set(asset, createUrl(file));
    if (file.kind === 'asset-missing') {
      // Elements say so when they are drawn again.
      missing.set(asset, file);
      if (Array.from(others.values()).includes(null)) onMissing(file, null);
    }
    if (due.size === 0) setTimeout(redrawAll, REDRAW_AFTER_MS);
    for (const redraw of others.keys()) due.add(redraw);
  }

  function urlOf(asset: number, redraw: Redraw, element?: Element): string {
    const url = known(asset);
    const gone = missing.get(asset);
    if (gone && element) onMissing(gone, element);
    if (url !== undefined) return url;
    const others = waiting.get(asset);
    if (others) others.set(redraw, element ?? null);
    else {
      waiting.set(asset, new Map([[redraw, element ?? null]]));
      ask(asset);
    }
    return '';
  }

  return {
    url: urlOf,
    arrive,
    known,
    wanted,
    file(asset, element, deliver) {
      want([asset], (file) => (file.kind === 'asset' ? deliver(file) : onMissing(file, element)));
    },
    clear() {
      for (const url of urls.values()) if (url.startsWith('blob:')) URL.revokeObjectURL(url);
      urls = new Map();
      missing = new Map();
      waiting = new Map();
      due = new Set();
      wanted.fonts.clear();
      wanted.pictures.clear();
      wanted.near.clear();
    },
  };
}

/** A hatched picture of the size that the missing one has, so that everything around it stays in its place. */
function placeholder({ width, height }: Missing): string {
  if (width === 0 || height === 0) return '';
  const stripes = '<path d="M0 0h16v16H0z" fill="#f1f5f9"/><path d="M0 0h8v16H0z" fill="#e2e8f0"/>';
  const pattern = `<pattern id="p" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">${stripes}</pattern>`;
  return drawingOf({ width, height }, `${pattern}<path d="M0 0h${width}v${height}H0z" fill="url(#p)"/>`);
}
