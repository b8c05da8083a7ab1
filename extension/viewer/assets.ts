import { MAX_PAGE_ASSET_BYTES } from '../../protocol/limits.ts';
import type { ToViewer } from './port.ts';

/** A file of the page, or that it will not come. */
export type AssetFile = Extract<ToViewer, { kind: 'asset' | 'asset-missing' }>;

/** Files for the mirror and for those in its frames, each asked for once. */
export interface Assets {
  /** @param deliver is called at once for what is here already */
  want(assets: readonly number[], deliver: (file: AssetFile) => void): void;
  /** Style sheets come before anybody has asked. */
  arrive(file: AssetFile): void;
  /** Another connection: its numbers mean other files. */
  clear(): void;
}

/** @param ask those that nobody has asked for yet */
export function createAssets(ask: (assets: number[]) => void): Assets {
  const here = new Map<number, AssetFile>();
  const waiting = new Map<number, ((file: AssetFile) => void)[]>();
  let bytes = 0;

  /** Files cost the agent's browser memory for as long as the page is shown. */
  function asFarAsThereIsRoom(file: AssetFile): AssetFile {
    bytes += sizeOf(file) - sizeOf(here.get(file.asset));
    if (bytes <= MAX_PAGE_ASSET_BYTES) return file;
    bytes -= sizeOf(file);
    return { kind: 'asset-missing', asset: file.asset, reason: 'too-large', width: 0, height: 0 };
  }

  return {
    want(assets, deliver) {
      const missing: number[] = [];
      for (const asset of assets) {
        const known = here.get(asset);
        const others = waiting.get(asset);
        if (known) deliver(known);
        else if (others) others.push(deliver);
        else {
          waiting.set(asset, [deliver]);
          missing.push(asset);
        }
      }
      if (missing.length > 0) ask(missing);
    },
    arrive(arrived) {
      const file = asFarAsThereIsRoom(arrived);
      here.set(file.asset, file);
      const delivers = waiting.get(file.asset) ?? [];
      waiting.delete(file.asset);
      for (const deliver of delivers) deliver(file);
    },
    clear() {
      here.clear();
      waiting.clear();
      bytes = 0;
    },
  };
}

function sizeOf(file: AssetFile | undefined): number {
  return file?.kind === 'asset' ? file.bytes.length : 0;
}
