import { firstOf } from '../first-of.ts';
import type { Assets } from './assets.ts';

/**
 * A file of the page, as the page may read it; what it may not, by the other road.
 * @param patienceMs for all of it
 * @throws when both fail
 */
export async function readFile(assets: Assets, url: string, patienceMs: number): Promise<Response> {
  const patience = firstOf(assets.signal, AbortSignal.timeout(patienceMs));
  const ask = (cache: RequestCache): Promise<Response> => fetch(url, { cache, signal: patience });
  try {
    // What is on the screen came through the cache; asking it again costs no request.
    return await ask('force-cache');
  } catch (error) {
    return await askAgain(assets.closed, new URL(url).origin, ask)
      .catch(() => assets.readForeign(url, patience))
      .catch(() => Promise.reject(error as Error));
  }
}

/**
 * Many a host says that it may be read only to who asks for that (an `Origin` in the request), and the answer in the cache
 * was given to an `<img>`, which does not. One that has refused once is not asked again.
 */
async function askAgain(
  closed: Set<string>,
  origin: string,
  ask: (cache: RequestCache) => Promise<Response>,
): Promise<Response> {
  if (origin === location.origin || closed.has(origin)) throw new Error('not to be read');
  try {
    return await ask('reload');
  } catch (error) {
    closed.add(origin);
    throw error;
  }
}
