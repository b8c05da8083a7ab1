import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes, gzipped. The loader is paid by every page view, the rest when a session starts. */
export const BUDGETS = [
  { name: 'loader', file: /^snippet\.js$/u, budget: 3_000 },
  { name: 'session', file: /^snippet\/(?:session|restricted|limits|native|trusted-button)-.*\.js$/u, budget: 25_000 },
  { name: 'dialogs', file: /^snippet\/dialogs-.*\.js$/u, budget: 2_500 },
  { name: 'acting', file: /^snippet\/act-.*\.js$/u, budget: 9_500 },
  { name: 'guidance', file: /^snippet\/guidance-.*\.js$/u, budget: 4_500 },
  { name: 'PeerJS', file: /^snippet\/peer-.*\.js$/u, budget: 27_000 },
];

/** @returns {{ name: string, bytes: number, budget: number }[]} */
export function measureSizes(folder = 'dist/snippet') {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return BUDGETS.map(({ name, file, budget }) => {
    const found = files.filter((candidate) => file.test(candidate));
    if (found.length === 0) throw new Error(`${name}: no file; run npm run build.`);
    const bytes = found.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
    return { name, bytes, budget };
  });
}

/** What is over its budget, and what the README says differently, in sentences. */
export function checkSizes() {
  const readme = readFileSync('README.md', 'utf8');
  return measureSizes().flatMap(({ name, bytes, budget }) => {
    const problems = [];
    if (bytes > budget) problems.push(`${name} has ${bytes} bytes gzipped, its budget is ${budget}.`);
    const kilobytes = (bytes / 1000).toFixed(1);
    const stated = new RegExp(`\\| ${name} \\| ([\\d.]+) kB`, 'u').exec(readme)?.[1];
    if (stated && Math.abs(Number(stated) - bytes / 1000) > 0.35) {
      problems.push(`The README says ${name} has ${stated} kB; it has ${kilobytes} kB.`);
    }
    if (!stated) problems.push(`The README does not state the size of ${name} (${kilobytes} kB).`);
    return problems;
  });
}
