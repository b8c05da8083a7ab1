import { MAX_LABEL_UNITS } from '../protocol/limits.ts';
import type { SiteSettings } from '../protocol/signaling.ts';
import { cleanText } from './clean-text.ts';
import { isNumber, isRecord, isText } from './shape.ts';

const DAY_MS = 24 * 60 * 60_000;

/** A site's settings as the server or the storage has them; `null` when they are not. */
export function parseSiteSettings(raw: unknown): SiteSettings | null {
  if (!isRecord(raw)) return null;
  const { name, phone, writeMode, writeModeEndsWithPage } = raw;
  const { pendingTimeoutMs, writeRequestTimeoutMs, awayTimeoutMs, idleTimeoutMs } = raw;
  if (!isText(name) || !isText(phone) || typeof writeMode !== 'boolean') return null;
  if (!isTimeout(pendingTimeoutMs) || !isTimeout(writeRequestTimeoutMs)) return null;
  if (!isTimeout(awayTimeoutMs) || !isTimeout(idleTimeoutMs)) return null;
  return {
    name: cleanText(name, MAX_LABEL_UNITS),
    phone: cleanText(phone, MAX_LABEL_UNITS),
    writeMode,
    writeModeEndsWithPage: writeModeEndsWithPage === true,
    pendingTimeoutMs,
    writeRequestTimeoutMs,
    awayTimeoutMs,
    idleTimeoutMs,
  };
}

function isTimeout(value: unknown): value is number {
  return isNumber(value, 0, DAY_MS);
}
