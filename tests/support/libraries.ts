import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '..');
/** The lock file they were installed from. */
const INSTALLED = resolve(FOLDER, 'node_modules/.installed-from');
/** There while a process installs them: stories run two at a time. */
const LOCK = resolve(FOLDER, '../.cache/installing');
const LOOK_AGAIN_MS = 500;

/** As long as that may take, and what is done with them. */
export const INSTALLING_MS = 10 * 60_000;

/**
 * Other people's libraries are a gigabyte, which nobody needs who only wants to run the product: the first story that
 * shows them installs them. Their own scripts are not run.
 * @throws when npm cannot
 */
export function installLibraries(): void {
  const wanted = readFileSync(resolve(FOLDER, 'package-lock.json'), 'utf8');
  const isInstalled = (): boolean => existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === wanted;
  while (!isInstalled()) {
    if (!lock()) continue;
    try {
      if (!isInstalled()) install(wanted);
    } finally {
      unlock();
    }
  }
}

function install(wanted: string): void {
  const { status, stderr } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The libraries of tests/package.json could not be installed: ${stderr}`);
  writeFileSync(INSTALLED, wanted);
}

/** @returns whether it is ours; if it is another's, after a while. One left behind by a process that was killed is given up. */
function lock(): boolean {
  mkdirSync(resolve(LOCK, '..'), { recursive: true });
  try {
    mkdirSync(LOCK);
    return true;
  } catch {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
    const began = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs;
    if (began !== undefined && Date.now() - began > INSTALLING_MS) unlock();
    return false;
  }
}

/** Another may have given it up meanwhile. */
function unlock(): void {
  rmSync(LOCK, { recursive: true, force: true });
}

/** @param path of one of their files, `zone.js/bundles/zone.umd.min.js`; they are installed if they are not there yet */
export function libraryFile(path: string): string {
  installLibraries();
  return resolve(FOLDER, 'node_modules', path);
}
