import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from './browser.mjs';

/**
 * `npm test`: every test, those in the real browser included. Builds first, so that stories drive what is delivered.
 * Arguments go on to vitest: `npm test -- protocol`.
 */
const REPORT = '.cache/test-report.json';

ensureBrowser();
run('node', ['tools/build.mjs'], {});
mkdirSync('.cache', { recursive: true });
rmSync(REPORT, { force: true });
const status = run(
  'npx',
  ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`, ...process.argv.slice(2)],
  { BUILT: '1' },
);
const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(REPORT, 'utf8'));
// A file that could not even be loaded has no failed test of its own.
const failed = numFailedTests > 0 ? numFailedTests : status === 0 ? 0 : Math.max(1, numFailedTestSuites);
console.log(`\n${numPassedTests} passed, ${failed} failed`);
process.exitCode = failed > 0 || status !== 0 ? 1 : 0;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
function run(command, args, env) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (command === 'node' && status !== 0) process.exit(1);
  return status ?? 1;
}
