const LOCK = 'alongside-session';

/**
 * Of several open consoles one holds the session; a second one that was opened by mistake must not take it away.
 * @returns what gives it back, or `null` when another console has it
 */
export function takeSessionLock(): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      if (lock === null) {
        resolve(null);
        return undefined;
      }
      return new Promise<void>((release) => resolve(release));
    });
  });
}
