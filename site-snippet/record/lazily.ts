/** What watches a kind of element that most pages do not have: loaded with the first such element. */
export interface Lazy<Watcher> {
  see(element: Element): void;
  /** `null`: not needed yet, or on its way. */
  readonly now: Watcher | null;
}

/** @param onFailed a file could not be loaded: the element will not be watched */
export function lazily<Watcher extends { see(element: Element): void }>(
  load: () => Promise<Watcher>,
  signal: AbortSignal,
  onFailed: (element: Element) => void,
): Lazy<Watcher> {
  const early: Element[] = [];
  let watcher: Watcher | null = null;

  async function begin(): Promise<void> {
    try {
      const loaded = await load();
      if (signal.aborted) return;
      watcher = loaded;
      for (const element of early.splice(0)) loaded.see(element);
    } catch {
      for (const element of early.splice(0)) if (!signal.aborted) onFailed(element);
    }
  }

  return {
    see(element) {
      if (watcher) watcher.see(element);
      else if (early.push(element) === 1) void begin();
    },
    get now() {
      return watcher;
    },
  };
}
