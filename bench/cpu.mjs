/**
 * CPU time of a page's main thread, by the thread's own clock: what neighbours do to the machine hardly shows in it.
 * @param {import('playwright-core').Page} page
 */
export async function createCpuMeter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });

  async function read() {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  }

  return {
    session,
    /** Garbage of what came before is not this measurement's business; its own garbage is. */
    async collectGarbage() {
      await session.send('HeapProfiler.collectGarbage');
    },
    /** Bytes of JavaScript in use, garbage aside. */
    async heap() {
      await session.send('HeapProfiler.collectGarbage');
      const { usedSize } = await session.send('Runtime.getHeapUsage');
      return usedSize;
    },
    /**
     * @param {() => Promise<unknown>} work
     * @returns {Promise<number>} milliseconds of the longest task meanwhile, also by the thread's own clock
     */
    async longestTask(work) {
      const browser = page.context().browser();
      if (!browser) throw new Error('Only a browser traces tasks.');
      const tracing = await browser.newBrowserCDPSession();
      /** @type {TraceEvent[]} */
      const events = [];
      tracing.on('Tracing.dataCollected', ({ value }) => void events.push(.../** @type {any} */ (value)));
      const complete = new Promise((resolve) => tracing.once('Tracing.tracingComplete', resolve));
      await tracing.send('Tracing.start', {
        transferMode: 'ReportEvents',
        traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'], excludedCategories: ['*'] },
      });
      await page.evaluate(`console.timeStamp('${MARK}')`);
      await work();
      await tracing.send('Tracing.end');
      await complete;
      await tracing.detach();
      return longestOnMarkedThread(events);
    },
    /**
     * @param {() => Promise<unknown>} work
     * @returns {Promise<number>} milliseconds of all the main thread's tasks meanwhile
     */
    async during(work) {
      const before = await read();
      await work();
      return (await read()) - before;
    },
  };
}

/**
 * @typedef {{ name: string, pid: number, tid: number, tdur?: number, args?: { data?: { message?: string } } }} TraceEvent
 */

/** The browser has pages of its own, which load when they please: what they do is not the measured page's. */
const MARK = 'alongside-measured';

/** @param {readonly TraceEvent[]} events Durations are microseconds; workers have threads of their own. */
function longestOnMarkedThread(events) {
  const marked = events.find(({ name, args }) => name === 'TimeStamp' && args?.data?.message === MARK);
  if (!marked) throw new Error('The trace does not tell which thread was measured.');
  const tasks = events.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && pid === marked.pid && tid === marked.tid,
  );
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}
