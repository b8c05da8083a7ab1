import { firstOf } from '../../first-of.ts';
import type { Assets } from './assets.ts';
import { listen } from '../../listen.ts';

/**
 * A file of the page, as the page may read it; what it may not, by the other road.
 * @param patienceMs for all of it
 * @throws when both fail
 */
export async function readFile(assets: Assets, url: string, patienceMs: number): Promise<Response> {
  const patience = firstOf(assets.signal, AbortSignal.timeout(patienceMs));
  const ask = (cache: RequestCache): Promise<Response> => fetch(url, { cache, signal: patience });
  try {
    if (isForbidden(assets, url)) throw new Error('forbidden');
    // What is on the screen came through the cache; asking it again costs no request.
    return await ask('force-cache');
  } catch (error) {
    // What a policy has refused is told of in a turn of its own.
    await new Promise((resolve) => setTimeout(resolve));
    return await askAgain(assets, url, ask)
      .catch(() => assets.readForeign(url, patience))
      .catch(() => Promise.reject(error as Error));
  }
}

/**
 * Whether the page's policy (`connect-src`) has forbidden to read files of that origin, though it may well show them. Found
 * out by trying: what the page's policy forbids is reported to its owner, so each origin is tried once.
 */
export function isForbidden(assets: Assets, url: string): boolean {
  assets.forbidden ??= watchPolicy(assets.signal);
  return assets.forbidden.has(new URL(url).origin);
}

function watchPolicy(signal: AbortSignal): Set<string> {
  const forbidden = new Set<string>();
  listen(
    document,
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI, disposition }) => {
      if (effectiveDirective === 'connect-src' && disposition === 'enforce' && URL.canParse(blockedURI))
        forbidden.add(new URL(blockedURI).origin);
    },
    { signal },
  );
  return forbidden;
}

/**
 * Many a host says that it may be read only to who asks for that (an `Origin` in the request), and the answer in the cache
 * was given to an `<img>`, which does not. One that has refused once is not asked again.
 */
async function askAgain(
  assets: Assets,
  url: string,
  ask: (cache: RequestCache) => Promise<Response>,
): Promise<Response> {
  const { origin } = new URL(url);
  const { closed } = assets;
  if (origin === location.origin || closed.has(origin) || isForbidden(assets, url)) throw new Error('not to be read');
  try {
    return await ask('reload');
  } catch (error) {
    closed.add(origin);
    throw error;
  }
}
