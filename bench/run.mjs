import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';
import { launchBrowser } from '../tools/browser.mjs';
import { runKeysBench } from './keys.mjs';
import { runLoadsBench } from './loads.mjs';
import { createMeasurements, SCRIPTS } from './measure.mjs';
import { readOptions, USAGE } from './options.mjs';
import { changesPage } from './pages/changes.mjs';
import { GENERATED_PAGES } from './pages/generated.mjs';
import { runPictureBench } from './picture.mjs';
import { selfTimes } from './profile.mjs';
import { renderReport } from './report.mjs';
import { servePages } from './serve.mjs';
import { runServerBench } from './server/run.mjs';
import { runBurdens, runChanges, runMirroredChanges, runMirrors, runSnapshots } from './suite.mjs';

/** `npm run bench`: ours and rrweb side by side, in one browser, in turns. docs/benchmarks.md says what is measured. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEMO = `${ROOT}dist/demo`;
const DEMO_PAGES = ['demo/index', 'demo/article', 'demo/dashboard', 'demo/account/profile'];
const CHANGES = ['texts', 'attributes', 'styles', 'rows added', 'rows removed', 'rows reordered'];
/** Pages whose longest stretch and memory are measured. */
const BURDENED = ['article', 'forms', 'list', 'log'];
const QUICK = { pages: ['article', 'products'], changes: ['texts', 'rows added'] };
/** What OpenReplay's server answers to a tracker that starts. */
const OPENREPLAY_START = { token: 'bench', userUUID: 'bench', sessionID: '1', projectID: '1', delay: 0 };
const RESULTS_MARK = '<!-- results -->';

try {
  const options = readOptions(process.argv.slice(2));
  await benchFor(options)(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 1;
}

/** @param {import('./options.mjs').Options} options */
function benchFor({ picture, keys, loads, server }) {
  if (picture) return runPictureBench;
  if (keys) return runKeysBench;
  if (loads) return runLoadsBench;
  return server ? runServerBench : main;
}

/** @param {import('./options.mjs').Options} options */
async function main(options) {
  const from = performance.now();
  const load = loadavg()[0] ?? 0;
  const pages = choosePages(options);
  const readable = options.profile !== undefined;
  const [ours, recorded, viewing, mirrorFrame, trackers] = await Promise.all([
    bundle('ours', { readable }),
    bundle('recorded-page', { readable }),
    bundle('viewing-page'),
    bundle('mirror-frame'),
    bundle('trackers'),
  ]);
  const server = await servePages({ demo: DEMO });
  // As `npm run build` delivers it.
  server.put(SCRIPTS.ours, `//# allFunctionsCalledOnLoad\n${ours}`);
  server.put(SCRIPTS.recorded, recorded);
  server.put(SCRIPTS.viewing, viewing);
  server.put(SCRIPTS.trackers, trackers);
  server.put('/openreplay/v1/web/start', JSON.stringify(OPENREPLAY_START));
  server.put('/changes.html', changesPage());
  server.put('/viewing.html', '<!doctype html><meta charset="utf-8"><body></body>');
  server.put(
    '/mirror-frame.html',
    `<!doctype html><meta charset="utf-8"><script>${mirrorFrame.replaceAll('</script', '<\\/script')}</script>`,
  );
  for (const { name, make } of pages) if (make) server.put(`/${name}.html`, make());
  const browser = await launchBrowser();
  try {
    const measure = createMeasurements(browser, server.origin);
    if (readable) await printProfile(measure, pages[0]?.path ?? '');
    else await compare();

    async function compare() {
      const changes = options.quick ? QUICK.changes : CHANGES;
      // A browser's first page pays for much that no later one does.
      for (const who of ['ours', 'rrweb']) await measure.snapshot(pages[0]?.path ?? '', who);
      progress('First snapshots');
      const snapshots = await runSnapshots(measure, server, pages, options.samples);
      progress('Changes');
      const recordedChanges = await runChanges(measure, server, changes, options.samples);
      progress('Burdens');
      const burdens = await runBurdens(
        measure,
        pages.filter(({ name }) => BURDENED.includes(name) || options.pages?.includes(name)),
        options.samples,
      );
      progress('Mirrors');
      const mirrors = await runMirrors(
        measure,
        pages.map(({ name }) => name),
        options.samples,
      );
      progress('Changes in the mirror');
      const mirroredChanges = await runMirroredChanges(measure, changes, options.samples);
      const results = {
        machine: describeMachine(browser.version(), load, Math.round((performance.now() - from) / 1000)),
        snapshots,
        changes: recordedChanges,
        burdens,
        mirrors,
        mirroredChanges,
      };
      const report = renderReport(results);
      console.log(`\n${report}`);
      if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
      if (options.markdown) writeMarkdown(options.markdown, report);
    }
  } finally {
    await browser.close();
    server.close();
  }

  /** @param {string} what */
  function progress(what) {
    console.error(`${String(Math.round((performance.now() - from) / 1000)).padStart(4)} s  ${what}`);
  }
}

/**
 * @param {import('./options.mjs').Options} options
 * @returns {{ name: string, path: string, make?: () => string }[]}
 */
function choosePages({ pages, quick, profile }) {
  const demo = DEMO_PAGES.filter((name) => existsSync(`${ROOT}dist/${name}.html`));
  const all = [...Object.keys(GENERATED_PAGES), ...demo];
  const names = profile === undefined ? (pages ?? (quick ? QUICK.pages : all)) : [profile];
  return names.map((name) => {
    if (!all.includes(name)) throw new Error(`There is no page "${name}". There are: ${all.join(', ')}.`);
    const make = GENERATED_PAGES[name];
    return make ? { name, path: `/${name}.html`, make } : { name, path: `/${name}.html` };
  });
}

/**
 * @param {string} browser
 * @param {number} load
 * @param {number} seconds
 */
function describeMachine(browser, load, seconds) {
  const require = createRequire(import.meta.url);
  const { version } = JSON.parse(readFileSync(require.resolve('rrweb').replace(/dist.*$/u, 'package.json'), 'utf8'));
  return {
    browser: `Chromium ${browser}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    node: process.versions.node,
    rrweb: String(version),
    date: new Date().toISOString().slice(0, 10),
    seconds,
    load,
  };
}

/**
 * @param {import('./suite.mjs').Measurements} measure
 * @param {string} path
 */
async function printProfile(measure, path) {
  for (const who of ['ours', 'rrweb']) {
    const times = selfTimes(await measure.profile(path, who));
    console.log(`\n${path}, ${who}: self time, ms`);
    for (const { name, milliseconds } of times.slice(0, 30))
      console.log(`${milliseconds.toFixed(2).padStart(9)}  ${name}`);
  }
}

/**
 * @param {string} file
 * @param {string} report
 */
function writeMarkdown(file, report) {
  const before = existsSync(file) ? (readFileSync(file, 'utf8').split(RESULTS_MARK)[0] ?? '') : '';
  writeFileSync(file, `${before}${RESULTS_MARK}\n\n${report}\n`);
}
