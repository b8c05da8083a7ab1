import { MAX_SOCKET_FRAME_BYTES } from './limits.ts';

/** What a frame of the session socket is made of. `null`: no object, or too long. Never throws. */
export function parseObject(frame: string): Record<string, unknown> | null {
  if (typeof frame !== 'string' || frame.length > MAX_SOCKET_FRAME_BYTES) return null;
  try {
    const value: unknown = JSON.parse(frame);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export function isShortString(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 512;
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
