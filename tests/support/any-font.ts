import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const TOOLS = resolve('node_modules/playwright-core/lib/vite');

/** The path of a font file, of whatever look: the driver brings one for its own pages. */
export function anyFont(): string {
  const name = readdirSync(TOOLS, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('.ttf'));
  if (name === undefined) throw new Error(`There is no font in ${TOOLS}.`);
  return join(TOOLS, name);
}
