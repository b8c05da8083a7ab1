export interface EdgePosition {
  readonly x: number;
  readonly y: number;
  /** Where the real position lies, when it is outside: an arrow that points there. Empty when it is inside. */
  readonly arrow: '' | '↖' | '↑' | '↗' | '←' | '→' | '↙' | '↓' | '↘';
}

const ARROWS = [
  ['↖', '↑', '↗'],
  ['←', '', '→'],
  ['↙', '↓', '↘'],
] as const;

/**
 * Where to draw a pointer that may be outside the viewport. All in CSS pixels.
 * @param margin the distance from the edge that its label needs
 */
export function edgePosition(x: number, y: number, width: number, height: number, margin: number): EdgePosition {
  const column = x < 0 ? 0 : x > width ? 2 : 1;
  const row = y < 0 ? 0 : y > height ? 2 : 1;
  const arrow = ARROWS[row][column];
  if (arrow === '') return { x, y, arrow };
  return { x: clamp(x, margin, width - margin), y: clamp(y, margin, height - margin), arrow };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
