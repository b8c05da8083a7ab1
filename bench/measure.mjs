import { createCpuMeter } from './cpu.mjs';

const READY_TIMEOUT_MS = 30_000;
/** Recorders may look less often at a page that has been still for some seconds. */
const STILL_MS = 5_000;
const IDLE_MS = 4_000;

/** What the runner serves for the pages to load. */
export const SCRIPTS = {
  ours: '/ours.js',
  recorded: '/recorded-page.js',
  viewing: '/viewing-page.js',
  trackers: '/trackers.js',
};
const RECORDED = [SCRIPTS.ours, SCRIPTS.recorded];
/** Recorders that are loaded only where they are measured: they touch the page by being there. */
export const TRACKERS = ['OpenReplay', 'Clarity'];

/**
 * Measurements, each in a page of its own in a fresh context, thrown away afterwards.
 * @param {import('playwright-core').Browser} browser
 * @param {string} origin
 */
export function createMeasurements(browser, origin) {
  /**
   * @template T
   * @param {string} path
   * @param {readonly string[]} scripts loaded before anything is measured
   * @param {(page: import('playwright-core').Page, meter: Awaited<ReturnType<typeof createCpuMeter>>) => Promise<T>} work
   */
  async function withPage(path, scripts, work) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    try {
      const page = await context.newPage();
      page.setDefaultTimeout(READY_TIMEOUT_MS);
      await page.goto(origin + path, { waitUntil: 'load' });
      for (const file of scripts) await load(page, file);
      return await work(page, await createCpuMeter(page));
    } finally {
      await context.close();
    }
  }

  return {
    /**
     * @param {string} path
     * @param {string} who
     * @param {{ parts?: boolean, memory?: boolean }} [also]
     */
    snapshot: (path, who, also = {}) =>
      withPage(path, TRACKERS.includes(who) ? [...RECORDED, SCRIPTS.trackers] : RECORDED, async (page, meter) => {
        await page.evaluate('bench.prepare()');
        await page.evaluate('bench.quiet()');
        await meter.collectGarbage();
        const cpu = await meter.during(() => page.evaluate(`bench.snapshot(${JSON.stringify(who)})`));
        const wall = Number(await page.evaluate('bench.wall'));
        const parts = also.parts ? await takeParts(page) : [];
        const nodes = also.parts ? Number(await page.evaluate('bench.countNodes()')) : 0;
        return { cpu, wall, parts, nodes };
      }),

    /**
     * @param {string} path
     * @param {string} who
     * @param {string} change
     * @param {{ parts?: boolean }} [also]
     */
    change: (path, who, change, also = {}) =>
      withPage(path, RECORDED, async (page, meter) => {
        await page.evaluate('bench.prepare()');
        await page.evaluate(`bench.prepareChange(${JSON.stringify(change)})`);
        await page.evaluate(`bench.snapshot(${JSON.stringify(who)})`);
        await page.evaluate('bench.quiet()');
        const first = await takeParts(page);
        await meter.collectGarbage();
        const cpu = await meter.during(() => page.evaluate(`bench.change(${JSON.stringify(change)})`));
        return { cpu, first: also.parts ? first : [], parts: also.parts ? await takeParts(page) : [] };
      }),

    /**
     * The longest task of the page's main thread during a first snapshot: as long as that the page has no turn.
     * @param {string} path
     * @param {string} who
     */
    stretch: (path, who) =>
      withPage(path, RECORDED, async (page, meter) => {
        await page.evaluate('bench.prepare()');
        await page.evaluate('bench.quiet()');
        await meter.collectGarbage();
        return meter.longestTask(() => page.evaluate(`bench.snapshot(${JSON.stringify(who)})`));
      }),

    /**
     * Bytes of the page's heap that recording keeps, and that it keeps after 100,000 nodes have come and gone.
     * @param {string} path
     * @param {string} who
     */
    memory: (path, who) =>
      withPage(path, RECORDED, async (page, meter) => {
        await page.evaluate('bench.prepare()');
        // Wrappers of the page's nodes are the same for all, so they are made before.
        const nodes = Number(await page.evaluate('bench.countNodes()'));
        const before = await meter.heap();
        await page.evaluate(`bench.snapshot(${JSON.stringify(who)})`);
        await page.evaluate('bench.quiet()');
        await takeParts(page);
        const kept = (await meter.heap()) - before;
        // The first time, code is compiled and tables find their size; it is the second that tells whether it grows.
        await page.evaluate('bench.churn()');
        const churned = await meter.heap();
        await page.evaluate('bench.churn()');
        return { nodes, kept, grown: (await meter.heap()) - churned };
      }),

    /**
     * What recording takes of a page that stands still: milliseconds of CPU a second.
     * @param {string} path
     * @param {string} who
     */
    idle: (path, who) =>
      withPage(path, RECORDED, async (page, meter) => {
        await page.evaluate('bench.prepare()');
        await page.evaluate(`bench.snapshot(${JSON.stringify(who)})`);
        await page.evaluate('bench.quiet()');
        await page.waitForTimeout(STILL_MS);
        await meter.collectGarbage();
        const cpu = await meter.during(() => page.waitForTimeout(IDLE_MS));
        return (cpu * 1000) / IDLE_MS;
      }),

    /**
     * @param {string} who
     * @param {readonly string[]} wires names of what to feed; the last is measured
     */
    view: (who, wires) =>
      withPage('/viewing.html', [SCRIPTS.viewing], async (page, meter) => {
        const named = JSON.stringify(who);
        await page.evaluate(`viewing.prepare(${named})`);
        let cpu = 0;
        for (const wire of wires) {
          await page.evaluate(`viewing.load(${named}, ${JSON.stringify(wire)})`);
          await meter.collectGarbage();
          cpu = await meter.during(() => page.evaluate(`viewing.show(${named})`));
        }
        return { cpu, nodes: Number(await page.evaluate('viewing.countNodes()')) };
      }),

    /**
     * Self time by function of a first snapshot.
     * @param {string} path
     * @param {string} who
     * @returns {Promise<import('./profile.mjs').Profile>}
     */
    profile: (path, who) =>
      withPage(path, RECORDED, async (page, meter) => {
        await page.evaluate('bench.prepare()');
        await page.evaluate('bench.quiet()');
        await meter.collectGarbage();
        await meter.session.send('Profiler.enable');
        await meter.session.send('Profiler.setSamplingInterval', { interval: 100 });
        await meter.session.send('Profiler.start');
        await page.evaluate(`bench.snapshot(${JSON.stringify(who)})`);
        const { profile } = await meter.session.send('Profiler.stop');
        return profile;
      }),
  };
}

/**
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
async function takeParts(page) {
  return page.evaluate('bench.take()');
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} file
 */
async function load(page, file) {
  const tag = await page.addScriptTag({ url: file });
  await tag.evaluate((script) => /** @type {Element} */ (script).remove());
}
