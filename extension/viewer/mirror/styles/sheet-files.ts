import type { AssetFile } from '../../assets.ts';
import type { Sheets } from './sheets.ts';

/** Style sheets whose text is a file. Each keeps its place among the others until the file is here. */
export interface SheetFiles {
  /**
   * @param files what `url("asset:K")` in the text stands for, by K
   * @param onHere when it is here, or will not come
   */
  show(element: Node | undefined, asset: number, files: readonly number[], onHere: () => void): void;
  /** Calls back when those that were shown so far are here, or will not come, or have taken too long. */
  whenHere(callback: () => void): void;
  /** A new page. */
  clear(): void;
}

export interface SheetFileOptions {
  readonly sheets: Sheets;
  readonly want: (asset: number, deliver: (file: AssetFile) => void) => void;
  readonly onMissing: (element: Node | undefined, file: Extract<AssetFile, { kind: 'asset-missing' }>) => void;
}

/** A page without its style is better than none. */
const MAX_WAIT_MS = 5_000;
const OWN_NUMBER = /url\("asset:(\d+)"\)/gu;

export function createSheetFiles({ sheets, want, onMissing }: SheetFileOptions): SheetFiles {
  let awaited = new Set<number>();
  let callbacks: (() => void)[] = [];
  let patience: ReturnType<typeof setTimeout> | undefined;

  function callBack(): void {
    clearTimeout(patience);
    for (const callback of callbacks.splice(0)) callback();
  }

  return {
    show(element, asset, files, onHere) {
      const fill = sheets.expect(element);
      const page = awaited;
      page.add(asset);
      want(asset, (file) => {
        if (page !== awaited) return;
        page.delete(asset);
        if (file.kind === 'asset') fill(renumbered(new TextDecoder().decode(file.bytes), files));
        else onMissing(element, file);
        onHere();
        if (page.size === 0) callBack();
      });
    },
    whenHere(callback) {
      if (awaited.size === 0) {
        callback();
        return;
      }
      callbacks.push(callback);
      clearTimeout(patience);
      patience = setTimeout(callBack, MAX_WAIT_MS);
    },
    clear() {
      clearTimeout(patience);
      awaited = new Set();
      callbacks = [];
    },
  };
}

function renumbered(css: string, files: readonly number[]): string {
  return css.replace(OWN_NUMBER, (_name, number: string) => `url("asset:${files[Number(number)] ?? ''}")`);
}
