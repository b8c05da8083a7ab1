/** Something of the mirror that is to be drawn again when an asset arrives. */
export type Redraw = () => void;

/**
 * What is drawn again when its files have come: the page may say something else by then, and whatever is drawn later on the
 * same takes the place of what waits.
 */
export interface Latest {
  /** @returns whether nothing has been drawn there since */
  draw(on: object, name?: string): () => boolean;
  /** What is there waits for nothing. */
  settle(on: object, name: string): void;
}

export function createLatest(): Latest {
  const drawings = new WeakMap<object, Map<string, number>>();
  let count = 0;

  return {
    draw(on, name = '') {
      const own = (count += 1);
      const byName = drawings.get(on) ?? new Map<string, number>();
      drawings.set(on, byName.set(name, own));
      return () => byName.get(name) === own;
    },
    settle: (on, name) => void drawings.get(on)?.delete(name),
  };
}
