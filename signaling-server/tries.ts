import type { TriesLimit } from './server-limits.ts';

/** Counts what went wrong, per key (an agent, an address, an account), within a window of time. */
interface Tries {
  /** Whether the key has used up its tries. */
  spent(key: string): boolean;
  /** How many within the window. */
  counted(key: string): number;
  count(key: string): void;
  forget(key: string): void;
}

/** Keys kept at once. The oldest goes first, so a flood of new keys cannot take the memory. */
const MAX_KEYS = 50_000;

export function createTries(limit: TriesLimit, now: () => number = Date.now): Tries {
  const windows = new Map<string, { count: number; readonly endsAt: number }>();

  function current(key: string): { count: number } | undefined {
    const window = windows.get(key);
    if (window === undefined || window.endsAt > now()) return window;
    windows.delete(key);
    return undefined;
  }

  return {
    spent: (key) => (current(key)?.count ?? 0) >= limit.tries,
    counted: (key) => current(key)?.count ?? 0,
    count(key) {
      const window = current(key);
      if (window !== undefined) {
        window.count += 1;
        return;
      }
      if (windows.size >= MAX_KEYS) {
        const oldest = windows.keys().next();
        if (!oldest.done) windows.delete(oldest.value);
      }
      windows.set(key, { count: 1, endsAt: now() + limit.withinMs });
    },
    forget: (key) => void windows.delete(key),
  };
}

/** A bucket that fills by itself. It may be overdrawn, so that one can see by how much. */
interface Bucket {
  /** What is left after the time that has passed; below zero when overdrawn. */
  left(): number;
  /** Takes one and says what is left. */
  take(): number;
}

export function createBucket(burst: number, perSecond: number, now: () => number = Date.now): Bucket {
  let level = burst;
  let filledAt = now();

  function left(): number {
    const time = now();
    level = Math.min(burst, level + (Math.max(0, time - filledAt) / 1_000) * perSecond);
    filledAt = time;
    return level;
  }

  return {
    left,
    take() {
      level = left() - 1;
      return level;
    },
  };
}
