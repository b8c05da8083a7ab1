import { MAX_ASSETS } from '../../../protocol/limits.ts';

const ASSET_NAME = /^asset:(\d{1,6})$/u;

/** The number in `asset:N`, or `null`. */
export function assetNumber(name: string): number | null {
  const digits = ASSET_NAME.exec(name)?.[1];
  return digits === undefined || Number(digits) >= MAX_ASSETS ? null : Number(digits);
}
