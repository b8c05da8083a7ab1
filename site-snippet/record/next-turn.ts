const { scheduler } = globalThis as { scheduler?: { postTask(act: () => void): Promise<unknown> } };

/**
 * Calls back after whatever else the page has to do now. Timers that set each other wait 4 ms each after the fifth (HTML
 * standard, "timers"), which was more than half of the time until a page of 3,400 nodes was shown.
 */
export function inNextTurn(act: () => void): void {
  // What `act` throws is its own business, as in a timer.
  if (typeof scheduler?.postTask === 'function') scheduler.postTask(act).catch(reportError);
  else setTimeout(act, 0);
}
