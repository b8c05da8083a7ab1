import type { Place, Size } from '../virtual-browser/viewer-port.ts';

export interface EdgeArrow {
  /** Within the view, at its edge. */
  readonly at: Place;
  /** Clockwise from "up", in degrees. */
  readonly turn: number;
}

/** Where to point at something that lies outside the view; `null`: it lies within. All in CSS pixels of the view. */
export function edgeArrow({ x, y }: Place, { width, height }: Size, margin: number): EdgeArrow | null {
  const columns = x < 0 ? -1 : x > width ? 1 : 0;
  const rows = y < 0 ? -1 : y > height ? 1 : 0;
  if (columns === 0 && rows === 0) return null;
  const at = { x: clamp(x, margin, width - margin), y: clamp(y, margin, height - margin) };
  return { at, turn: Math.round((Math.atan2(columns, -rows) * 180) / Math.PI) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
