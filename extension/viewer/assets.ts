/** Files for the mirror and for those in its frames, each asked for once. */
export interface Assets {
  /** @param deliver is called at once for what is here already */
  want(assets: readonly number[], deliver: Deliver): void;
  arrive(asset: Asset): void;
  /** A new page: its numbers mean other files. */
  clear(): void;
}

export interface Asset {
  readonly asset: number;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

type Deliver = (asset: Asset) => void;

/** @param ask those that nobody has asked for yet */
export function createAssets(ask: (assets: number[]) => void): Assets {
  const here = new Map<number, Asset>();
  const waiting = new Map<number, Deliver[]>();

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
      const { asset } = arrived;
      const delivers = waiting.get(asset);
      // Nobody asked for it.
      if (!delivers) return;
      waiting.delete(asset);
      here.set(asset, arrived);
      for (const deliver of delivers) deliver(arrived);
    },
    clear() {
      here.clear();
      waiting.clear();
    },
  };
}
