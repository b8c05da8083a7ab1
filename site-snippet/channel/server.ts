import { isErrorCode, SENTENCES, type ErrorCode } from '../../protocol/errors.ts';
import type { CustomerSettings, StartRequest, StartResponse } from '../../protocol/signaling.ts';

const REQUEST_TIMEOUT_MS = 10_000;

/** A refusal of the server, or its absence, with the sentence for people as its message. */
export class ServerRefusal extends Error {
  constructor(readonly code: ErrorCode) {
    super(SENTENCES[code]);
    this.name = 'ServerRefusal';
  }
}

/** @throws ServerRefusal */
export async function requestSession(server: string, request: StartRequest): Promise<StartResponse> {
  const body = await ask(`${server}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const { sessionId, historyId, token, settings } = body;
  if (typeof sessionId !== 'string' || typeof historyId !== 'string' || typeof token !== 'string') {
    throw new ServerRefusal('server_error');
  }
  return { sessionId, historyId, token, settings: settings as CustomerSettings };
}

/** @throws ServerRefusal */
export async function requestSettings(server: string, site: string): Promise<CustomerSettings> {
  const body: unknown = await ask(`${server}/api/sites/${encodeURIComponent(site)}/settings`, {});
  return body as CustomerSettings;
}

/**
 * The site's rules, unread. The browser asks with the last answer's tag; when the server cannot answer, that answer, which
 * the browser has kept, counts.
 * @throws ServerRefusal
 */
export async function requestRules(server: string, site: string): Promise<unknown> {
  const url = `${server}/api/sites/${encodeURIComponent(site)}/rules`;
  return ask(url, { cache: 'no-cache' }).catch(() => ask(url, { cache: 'force-cache' }));
}

async function ask(url: string, options: RequestInit): Promise<Record<string, unknown>> {
  let response: Response;
  try {
    response = await fetch(url, { ...options, credentials: 'omit', signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  } catch {
    throw new ServerRefusal('server_unreachable');
  }
  const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  if (response.ok && body !== null) return body;
  const code = (body?.['error'] as { code?: unknown } | undefined)?.code;
  throw new ServerRefusal(isErrorCode(code) ? code : 'server_error');
}
