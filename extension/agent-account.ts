import { MAX_LABEL_UNITS } from '../protocol/limits.ts';
import type { AgentAccount, Role } from '../protocol/signaling.ts';
import { cleanText } from './clean-text.ts';
import { isRecord, isText } from './shape.ts';

const ROLES: readonly unknown[] = ['agent', 'lead', 'admin'] satisfies Role[];

/** An account as the server or the storage has it; `null` when it is not one. */
export function parseAgentAccount(raw: unknown): AgentAccount | null {
  if (!isRecord(raw) || !isRecord(raw['site'])) return null;
  const { id, email, name, role, site } = raw;
  if (!isText(id) || !isText(email) || !isText(name) || !ROLES.includes(role)) return null;
  if (!isText(site['key']) || !isText(site['name'])) return null;
  return {
    id,
    email: cleanText(email, MAX_LABEL_UNITS),
    name: cleanText(name, MAX_LABEL_UNITS),
    role: role as Role,
    site: { key: site['key'], name: cleanText(site['name'], MAX_LABEL_UNITS) },
  };
}
