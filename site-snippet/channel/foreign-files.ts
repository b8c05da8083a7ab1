import { admits, type OriginPattern } from '../../protocol/origin.ts';
import type { FileRequest } from '../../protocol/signaling.ts';

/**
 * A file that this page shows and may not read, by way of the server, from the hosts that the site names. It comes as
 * anybody would see it, not with the customer's cookies.
 * @throws when it is of another host, or cannot be had
 */
export async function readForeignFile(
  server: string,
  token: string,
  hosts: readonly OriginPattern[],
  url: string,
  signal: AbortSignal,
): Promise<Response> {
  if (!admits(hosts, new URL(url))) throw new Error('of another host');
  const request: FileRequest = { url };
  return fetch(`${server}/api/sessions/file`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(request),
    credentials: 'omit',
    signal,
  });
}
