/** Seeds of stories by chance: `SEEDS=7` plays one again, `SEEDS=1-200` many, for whoever looks for faults. */
export function seeds(count: number): number[] {
  const [first = 1, last = process.env['SEEDS'] ? first : count] = (process.env['SEEDS'] ?? '1').split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
