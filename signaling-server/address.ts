import { BlockList, isIP } from 'node:net';

/** Says which of the addresses in front of us are our own proxies. */
export type TrustsProxy = (address: string) => boolean;

const MAX_KNOWN_PROXIES = 100;

/** `networks` as checked by config.ts: addresses, with or without `/bits`. */
export function createTrustsProxy(networks: readonly string[]): TrustsProxy {
  const trusted = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  // The same few proxies ask for everybody, and the list takes its time.
  const known = new Set<string>();
  return (address) => {
    if (known.has(address)) return true;
    const plain = withoutMapping(address);
    const family = isIP(plain);
    const trusts = family !== 0 && trusted.check(plain, family === 6 ? 'ipv6' : 'ipv4');
    if (trusts && known.size < MAX_KNOWN_PROXIES) known.add(address);
    return trusts;
  };
}

/**
 * Who is really calling: the nearest address that is not one of our proxies. `forwardedFor` is read from its right end,
 * because everything left of the first stranger may be made up.
 */
export function clientAddress(remote: string, forwardedFor: string | undefined, trusts: TrustsProxy): string {
  const hops = (forwardedFor ?? '').slice(-1_024).split(',').slice(-32);
  let address = remote;
  for (let hop = hops.length - 1; hop >= 0 && trusts(address); hop -= 1) {
    const next = (hops[hop] ?? '').trim();
    if (isIP(next) === 0) break;
    address = next;
  }
  return address;
}

/** The key under which an address is counted: an IPv6 customer owns a /64, so that is one address to us. */
export function addressKey(address: string): string {
  const plain = withoutMapping(address);
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.split('%')[0]!.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/u, ''))
    .join(':');
}

/** `::ffff:192.0.2.1` is how a socket for both families names an IPv4 address. */
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/iu, '');
}
