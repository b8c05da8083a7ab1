/** The questions every parser at the extension's borders asks. */
const MAX_TEXT_UNITS = 4_000;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT_UNITS;
}

/** A finite number from `min` to `max`. */
export function isNumber(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
}

/** A point in time, ISO 8601. */
export function isDate(value: unknown): value is string {
  return isText(value) && !Number.isNaN(Date.parse(value));
}
