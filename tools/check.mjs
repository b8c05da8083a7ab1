import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { checkSizes } from './sizes.mjs';

/** `npm run check`: format, lint, types, dead code, sizes, house rules. All at once, in under half a minute. */
const CHECKS = {
  format: ['npx', 'oxfmt', '--check', '.'],
  lint: ['npx', 'oxlint', '--type-aware', '--deny-warnings'],
  types: ['npx', 'tsc', '-b'],
  'dead code': ['npx', 'knip', '--no-progress'],
  'house rules': ['node', 'tools/house-rules.mjs'],
  sizes: existsSync('dist/snippet') ? [] : ['node', 'tools/build.mjs'],
};

const results = await Promise.all(Object.entries(CHECKS).map(([name, command]) => run(name, command)));
results.push(sizes());
for (const { name, ok, output } of results) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  if (!ok) console.log(output.trim().replace(/^/gmu, '       '));
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

/**
 * @param {string} name
 * @param {string[]} command
 * @returns {Promise<{ name: string, ok: boolean, output: string }>}
 */
function run(name, [program, ...args]) {
  if (!program) return Promise.resolve({ name: `${name} (built)`, ok: true, output: '' });
  return new Promise((resolve) => {
    const child = spawn(program, args);
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('close', (status) => resolve({ name, ok: status === 0, output }));
  });
}

/** Of an older build files may be missing, which is a sentence as well. */
function sizes() {
  let problems;
  try {
    problems = checkSizes();
  } catch (error) {
    problems = [String(error)];
  }
  return { name: 'sizes', ok: problems.length === 0, output: problems.join('\n') };
}
