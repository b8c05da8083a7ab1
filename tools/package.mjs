import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

/** `npm run package`: the zip for the Chrome Web Store, from what `npm run build` made. */
const FOLDER = 'dist/extension';
/** Zip archives know no earlier day; one day for all makes equal builds equal files. */
const DATE = new Date('1980-01-02T00:00:00Z');

/** @type {import('fflate').Zippable} */
const files = {};
for (const name of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort()) {
  const path = join(FOLDER, name);
  if (statSync(path).isFile()) files[name.replaceAll('\\', '/')] = [readFileSync(path), { mtime: DATE }];
}
const { version } = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8'));
mkdirSync('dist', { recursive: true });
const target = `dist/alongside-${version}.zip`;
const zip = zipSync(files, { level: 9 });
writeFileSync(target, zip);
console.log(`${target}: ${Object.keys(files).length} files, ${(zip.length / 1000).toFixed(1)} kB`);
