import {
  AWAY_TIMEOUT_MS,
  IDLE_TIMEOUT_MS,
  PENDING_TIMEOUT_MS,
  WRITE_REQUEST_TIMEOUT_MS,
} from '../../protocol/limits.ts';
import type { OriginPattern } from '../../protocol/origin.ts';
import type { CustomerSettings } from '../../protocol/signaling.ts';
import { isOriginPattern } from './origin.ts';

/** No timer of a session runs longer than a day, whatever the settings say. */
const MAX_TIMEOUT_MS = 24 * 60 * 60_000;

/** A site's settings from its row. What is missing or of no sense takes the default of protocol/limits.ts. */
export function readSettings(name: string, json: string): CustomerSettings {
  const raw = parseObject(json);
  const duration = (key: string, fallback: number): number => {
    const value = raw[key];
    return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MAX_TIMEOUT_MS
      ? value
      : fallback;
  };
  return {
    name,
    phone: typeof raw['phone'] === 'string' ? raw['phone'].slice(0, 64) : '',
    writeMode: raw['writeMode'] !== false,
    writeModeEndsWithPage: raw['writeModeEndsWithPage'] === true,
    pendingTimeoutMs: duration('pendingTimeoutMs', PENDING_TIMEOUT_MS),
    writeRequestTimeoutMs: duration('writeRequestTimeoutMs', WRITE_REQUEST_TIMEOUT_MS),
    awayTimeoutMs: duration('awayTimeoutMs', AWAY_TIMEOUT_MS),
    idleTimeoutMs: duration('idleTimeoutMs', IDLE_TIMEOUT_MS),
    fileHosts: Array.isArray(raw['fileHosts']) ? (raw['fileHosts'] as OriginPattern[]).filter(isFileHost) : [],
  };
}

/** As a site's origins; but this machine is no stranger's to read from. */
export function isFileHost(text: unknown): boolean {
  return typeof text === 'string' && text !== 'loopback' && isOriginPattern(text);
}

function parseObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
