import { MIN_HASHED_ASSET_BYTES } from '../../../protocol/limits.ts';
import type { MaskedText } from '../../../protocol/masked-text.ts';
import type { Assets } from '../files/assets.ts';

/** The text of a style sheet as a file. */
export interface SheetFile {
  readonly asset: number;
  /** The numbers of what it refers to, in the order of its own. */
  readonly files: readonly number[];
}

const ASSET_NAME = /url\("asset:(\d+)"\)/gu;

/**
 * A sheet as a file that is the same on every page that has the sheet: the agent may have it from the page before.
 * `null`: it is too small, or there are too many files.
 */
export function toSheetFile(assets: Assets, text: MaskedText, mayKeep: boolean): SheetFile | null {
  if (text.length < MIN_HASHED_ASSET_BYTES) return null;
  const files: number[] = [];
  // Numbers depend on what else is on the page, and the file must not.
  const own = text.replace(ASSET_NAME, (_name, number: string) => {
    const known = files.indexOf(Number(number));
    return `url("asset:${known === -1 ? files.push(Number(number)) - 1 : known}")`;
  }) as typeof text;
  const asset = assets.add(own, { text: own, mayKeep });
  return asset === null ? null : { asset, files };
}
