import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';
import { Agent, fetch, type Response } from 'undici';
import { MAX_ASSET_BYTES } from '../../protocol/limits.ts';
import { admits, type OriginPattern } from '../../protocol/origin.ts';

/** A file that a page shows and may not read itself. */
export interface SiteFile {
  readonly mime: string;
  /** What its server says of keeping it; empty: nothing. */
  readonly cacheControl: string;
  readonly bytes: Uint8Array;
}

/**
 * Fetches files of other hosts for the pages of a site, as anybody would see them: no cookies, no referrer. Only from
 * the hosts that the site names, also after a redirect; only what is shown and never run.
 */
export interface SiteFiles {
  /** `null`: the file cannot be had. @throws FilesBusy when too many are under way */
  read(url: URL, hosts: readonly OriginPattern[]): Promise<SiteFile | null>;
  close(): Promise<void>;
}

export class FilesBusy extends Error {}

const TIMEOUT_MS = 10_000;
const MAX_REDIRECTS = 3;
const MAX_UNDER_WAY = 64;
const SHOWN_TYPES = /^(?:image|font)\/|^text\/css$|^application\/(?:font|x-font|vnd\.ms-fontobject|octet-stream)/u;

/** @param lookup finds the addresses of a name; only tests give their own */
export function createSiteFiles(lookup: Lookup = systemLookup): SiteFiles {
  const named = new Agent(OPTIONS);
  /** A pattern lets in names that the site's administrator has never seen: such a name may not lead into our network. */
  const unseen = new Agent({ ...OPTIONS, connect: { lookup: publicOnly(lookup) } });
  let underWay = 0;

  async function follow(url: URL, hosts: readonly OriginPattern[], signal: AbortSignal): Promise<Response | null> {
    let at = url;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (!admits(hosts, at)) return null;
      const dispatcher = hosts.includes(at.origin) ? named : unseen;
      const response = await fetch(at, { dispatcher, redirect: 'manual', signal });
      const to = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || to === null) return response;
      await response.body?.cancel();
      if (!URL.canParse(to, at.href)) return null;
      at = new URL(to, at.href);
    }
    return null;
  }

  return {
    async read(url, hosts) {
      if (underWay >= MAX_UNDER_WAY) throw new FilesBusy();
      underWay += 1;
      const ending = new AbortController();
      const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      try {
        const response = await follow(url, hosts, signal);
        return response === null ? null : await fileOf(response);
      } catch {
        return null;
      } finally {
        underWay -= 1;
        // Whatever has not been read of it.
        ending.abort();
      }
    },
    async close() {
      await Promise.all([named.destroy(), unseen.destroy()]);
    },
  };
}

const OPTIONS: Agent.Options = { connections: 8, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };

async function fileOf({ ok, headers, body }: Response): Promise<SiteFile | null> {
  const mime = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!ok || body === null || !SHOWN_TYPES.test(mime)) return null;
  if (Number(headers.get('content-length') ?? 0) > MAX_ASSET_BYTES) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MAX_ASSET_BYTES) return null;
    parts.push(part);
  }
  return { mime, cacheControl: headers.get('cache-control') ?? '', bytes: Buffer.concat(parts) };
}

/** Addresses that are nobody's or only ours (IANA special-purpose address registry, RFC 6890). */
const PRIVATE_V4 = networks(
  'ipv4',
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 ' +
    '192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3',
);
/** Of IPv6 only this is given out to the public, but for the blocks in it that lead to IPv4 or nowhere. */
const GIVEN_OUT_V6 = networks('ipv6', '2000::/3');
const PRIVATE_V6 = networks('ipv6', '2001::/23 2001:db8::/32 2002::/16 3fff::/20');

function networks(family: 'ipv4' | 'ipv6', list: string): BlockList {
  const made = new BlockList();
  for (const network of list.split(' ')) {
    const [address = '', bits] = network.split('/');
    made.addSubnet(address, Number(bits), family);
  }
  return made;
}

/** Whether an address is one of the public internet's. */
export function isPublicAddress(address: string, family: number): boolean {
  if (family === 4) return !PRIVATE_V4.check(address, 'ipv4');
  return GIVEN_OUT_V6.check(address, 'ipv6') && !PRIVATE_V6.check(address, 'ipv6');
}

type Lookup = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

/** What it finds is what is connected to: no second look-up could find another. */
function publicOnly(lookupAll: Lookup): LookupFunction {
  return (hostname, options, done) => {
    lookupAll(hostname, { ...options, all: true }, (error, found) => {
      const isPublic = error === null && found.every(({ address, family }) => isPublicAddress(address, family));
      const [first] = isPublic ? found : [];
      if (error !== null || first === undefined) done(error ?? new Error('not a public address'), []);
      else if (options.all === true) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
