import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '..');
/** The lock file they were installed from. */
const INSTALLED = resolve(FOLDER, 'node_modules/.installed-from');

/** As long as that may take, and what is done with them. */
export const INSTALLING_MS = 10 * 60_000;

/**
 * Other people's libraries are a gigabyte, which nobody needs who only wants to run the product: the first story that
 * shows them installs them. Their own scripts are not run.
 * @throws when npm cannot
 */
export function installLibraries(): void {
  const wanted = readFileSync(resolve(FOLDER, 'package-lock.json'), 'utf8');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted) return;
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The libraries of tests/package.json could not be installed: ${stderr}`);
  writeFileSync(INSTALLED, wanted);
}

/** @param path of one of their files, `zone.js/bundles/zone.umd.min.js`; they are installed if they are not there yet */
export function libraryFile(path: string): string {
  installLibraries();
  return resolve(FOLDER, 'node_modules', path);
}
