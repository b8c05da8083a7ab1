import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { Box } from './photograph.ts';

/** Where photos of what differs are left for whoever looks into it. */
const OUT = 'test-results/fidelity';

export interface Comparison {
  /** Share of pixels that are the same, 0 … 1; antialiasing aside. */
  readonly same: number;
  /** Leaves both photos and the difference under this name. */
  keep(name: string): void;
}

/** @param except boxes that differ on purpose: the same on both sides before they are compared */
export function compare(page: Buffer, mirror: Buffer, except: readonly Box[]): Comparison {
  const one = PNG.sync.read(page);
  const other = PNG.sync.read(mirror);
  const { width, height } = one;
  if (other.width !== width || other.height !== height) {
    return { same: 0, keep: () => {} };
  }
  for (const box of except) for (const photo of [one, other]) blank(photo, box);
  const difference = new PNG({ width, height });
  const count = pixelmatch(one.data, other.data, difference.data, width, height, { threshold: 0.1 });
  return {
    same: 1 - count / (width * height),
    keep(name) {
      mkdirSync(OUT, { recursive: true });
      writeFileSync(join(OUT, `${name}-page.png`), page);
      writeFileSync(join(OUT, `${name}-mirror.png`), mirror);
      writeFileSync(join(OUT, `${name}-difference.png`), PNG.sync.write(difference));
    },
  };
}

function blank(photo: PNG, box: Box): void {
  const left = Math.max(0, box.x);
  const right = Math.min(photo.width, box.x + box.width);
  for (let y = Math.max(0, box.y); y < Math.min(photo.height, box.y + box.height); y += 1) {
    if (right > left) photo.data.fill(0, (y * photo.width + left) * 4, (y * photo.width + right) * 4);
  }
}
