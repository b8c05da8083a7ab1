interface Collection<Item> extends Iterable<Item> {
  readonly size: number;
}

/**
 * Goes through all that a set or a map holds, some of it at a time, and then from its beginning: what is put in meanwhile
 * has its turn.
 */
export function inRounds<Item>(all: Collection<Item>, atATime: number): (act: (item: Item) => void) => void {
  let ahead = all[Symbol.iterator]();
  return (act) => {
    for (let left = Math.min(atATime, all.size); left > 0; left -= 1) {
      let next = ahead.next();
      if (next.done) {
        ahead = all[Symbol.iterator]();
        next = ahead.next();
      }
      if (next.done) return;
      act(next.value);
    }
  };
}
