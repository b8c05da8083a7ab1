import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes, gzipped, with whatever it imports at once. The loader is paid by every page view, the rest when it is needed. */
export const BUDGETS = [
  { name: 'loader', file: /^snippet\.js$/u, budget: 3_000 },
  { name: 'session', file: /^snippet\/session-[\w-]{8}\.js$/u, budget: 35_700 },
  { name: 'page state', file: /^snippet\/page-state-[\w-]{8}\.js$/u, budget: 12_900 },
  { name: 'dialogs', file: /^snippet\/dialogs-.*\.js$/u, budget: 2_500 },
  { name: 'acting', file: /^snippet\/act-.*\.js$/u, budget: 18_000 },
  { name: 'dragging', file: /^snippet\/drag-.*\.js$/u, budget: 1_600, after: 'acting' },
  { name: 'rules', file: /^snippet\/follow-.*\.js$/u, budget: 17_200 },
  { name: 'assets', file: /^snippet\/asset-sharing-.*\.js$/u, budget: 3_000 },
  { name: 'videos', file: /^snippet\/videos-.*\.js$/u, budget: 1_600 },
  { name: 'fonts', file: /^snippet\/script-fonts-.*\.js$/u, budget: 1_100 },
  { name: 'animations', file: /^snippet\/script-animations-.*\.js$/u, budget: 1_500 },
  {
    name: 'rarities',
    file: /^snippet\/(?:svg-animations|highlights|manual-slots|told-selectors|system-colors|gliding)-.*\.js$/u,
    budget: 4_500,
  },
  { name: 'frames', file: /^snippet\/frames-.*\.js$/u, budget: 1_500 },
  { name: 'guidance', file: /^snippet\/guidance-.*\.js$/u, budget: 5_500 },
  { name: 'PeerJS', file: /^snippet\/peer-.*\.js$/u, budget: 27_000 },
];

/** @returns {{ name: string, bytes: number, budget: number }[]} */
export function measureSizes(folder = 'dist/snippet') {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  /** What the session has loaded costs nobody a second time. @type {Set<string>} */
  const loaded = new Set();
  /** What each needs; one that comes only after another has that one's. @type {Map<string | undefined, string[]>} */
  const all = new Map();
  return BUDGETS.map(({ name, file, budget, after }) => {
    const found = files.filter((candidate) => file.test(candidate));
    if (found.length === 0) throw new Error(`${name}: no file; run npm run build.`);
    const before = all.get(after) ?? [];
    const needed = withImports(folder, found).filter((path) => !loaded.has(path) && !before.includes(path));
    all.set(name, needed);
    if (name === 'session') for (const path of needed) loaded.add(path);
    const bytes = needed.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
    return { name, bytes, budget };
  });
}

/** @param {string} folder @param {readonly string[]} entries */
function withImports(folder, entries) {
  const needed = new Set(entries);
  for (const path of needed) {
    const code = readFileSync(join(folder, path), 'utf8');
    for (const [, name] of code.matchAll(/(?:from|import) ?["']\.\/([\w.-]+\.js)["']/gu)) {
      needed.add(`snippet/${name}`);
    }
  }
  return [...needed];
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
