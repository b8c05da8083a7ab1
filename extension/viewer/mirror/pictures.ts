import { MAX_ASSETS } from '../../../protocol/limits.ts';

/** Something of the mirror that is to be drawn again when an asset arrives. */
export type Redraw = () => void;

/** Assets by number, as blob URLs. Asked for once, when the mirror first needs them. */
export interface Pictures {
  /** The URL to use now; `redraw` is called when there is a better one. Empty: not here yet, or never. */
  url(asset: number, redraw: Redraw): string;
  arrive(asset: number, mime: string, bytes: Uint8Array): void;
  /** A new page: its numbers mean other assets. */
  clear(): void;
}

const ASSET_NAME = /^asset:(\d{1,6})$/u;
/** SVG in an `<img>` or as a background runs no script; an HTML document could not even be shown there. */
const SHOWN_TYPES =
  /^(?:image\/[\w.+-]+|font\/[\w.+-]+|application\/(?:font-[\w-]+|x-font-[\w-]+|vnd\.ms-fontobject|octet-stream))$/u;
/** Only what cannot be a document. */
const DATA_PICTURE = /^data:(?:image|font)\/[\w.+-]+[;,]/iu;

/** The number in `asset:N`, or `null`. */
export function assetNumber(name: string): number | null {
  const digits = ASSET_NAME.exec(name)?.[1];
  return digits === undefined || Number(digits) >= MAX_ASSETS ? null : Number(digits);
}

export function isInlinePicture(url: string): boolean {
  return DATA_PICTURE.test(url);
}

export function createPictures(want: (assets: number[]) => void): Pictures {
  let urls = new Map<number, string>();
  let waiting = new Map<number, Set<Redraw>>();
  let asked: number[] = [];

  function ask(asset: number): void {
    asked.push(asset);
    if (asked.length > 1) return;
    // What one batch needs is asked for at once.
    queueMicrotask(() => {
      want(asked);
      asked = [];
    });
  }

  return {
    url(asset, redraw) {
      const known = urls.get(asset);
      if (known !== undefined) return known;
      const others = waiting.get(asset);
      if (others) others.add(redraw);
      else {
        waiting.set(asset, new Set([redraw]));
        ask(asset);
      }
      return '';
    },
    arrive(asset, mime, bytes) {
      if (urls.has(asset) || !waiting.has(asset)) return;
      const isShown = bytes.length > 0 && SHOWN_TYPES.test(mime);
      urls.set(asset, isShown ? URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime })) : '');
      const redraws = waiting.get(asset) ?? [];
      waiting.delete(asset);
      if (isShown) for (const redraw of redraws) redraw();
    },
    clear() {
      for (const url of urls.values()) if (url !== '') URL.revokeObjectURL(url);
      urls = new Map();
      waiting = new Map();
    },
  };
}
