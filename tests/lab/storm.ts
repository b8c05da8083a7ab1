/** Changes by chance that come again with the same seed. */
export interface Chance {
  /** 0 … `limit` − 1. */
  below(limit: number): number;
  one<Item>(items: ArrayLike<Item>): Item;
}

export function createChance(seed: number): Chance {
  let state = Math.imul(seed, 2654435761) >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, one: (items) => items[below(items.length)] as never };
}

/** What stands under an element, in open components too: what storms choose from. */
export interface Ground {
  roots(): (Element | ShadowRoot)[];
  all(selector?: string): HTMLElement[];
  some(selector: string): HTMLElement | undefined;
}

export function createGround(root: Element, { one }: Chance): Ground {
  function roots(): (Element | ShadowRoot)[] {
    const found: (Element | ShadowRoot)[] = [root];
    for (const at of found)
      for (const { shadowRoot } of at.querySelectorAll('*')) if (shadowRoot) found.push(shadowRoot);
    return found;
  }
  function all(selector = '*'): HTMLElement[] {
    return roots().flatMap((at) => [...at.querySelectorAll<HTMLElement>(selector)]);
  }
  return {
    roots,
    all,
    some(selector) {
      const found = all(selector);
      return found.length > 0 ? one(found) : undefined;
    },
  };
}

/** Through components and frames. */
export function holds(element: Node, place: Node): boolean {
  for (let node: Node | null = place; node; node = around(node)) if (node === element) return true;
  return false;
}

function around(at: Node): Node | null {
  return at.parentNode ?? (at as ShadowRoot).host ?? (at as Document).defaultView?.frameElement ?? null;
}

/**
 * From now on slices end anywhere, and what is looked at a few times a second is looked at more often: a story has no
 * time to wait.
 */
export function hurryClock(chance: Chance): void {
  const clock = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => clock() + (ahead += chance.below(4));
  const every = setInterval as (act: () => void, milliseconds?: number) => number;
  window.setInterval = ((act: () => void, milliseconds = 0) => every(act, Math.min(milliseconds, 25))) as never;
}

export interface StormPace {
  hold(): void;
  release(): void;
}

/** @param change one of many, of any kind */
export async function storm(chance: Chance, steps: number, pace: StormPace, change: () => void): Promise<void> {
  let heldFor = 0;
  for (let step = 0; step < steps; step += 1) {
    change();
    if (heldFor > 0) {
      heldFor -= 1;
      if (heldFor === 0) pace.release();
    } else if (chance.below(12) === 0) {
      heldFor = 1 + chance.below(6);
      pace.hold();
    }
    const pause = chance.below(6);
    if (pause === 0) await Promise.resolve();
    else if (pause === 1) await new Promise((resolve) => setTimeout(resolve, chance.below(12)));
    else if (pause === 2) await new Promise(requestAnimationFrame);
  }
  pace.release();
}
