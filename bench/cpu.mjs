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
     * @returns {Promise<number>} milliseconds of all the main thread's tasks meanwhile
     */
    async during(work) {
      const before = await read();
      await work();
      return (await read()) - before;
    },
  };
}
