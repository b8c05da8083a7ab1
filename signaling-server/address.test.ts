import { expect, test } from 'vitest';
import { addressKey, clientAddress, createTrustsProxy } from './address.ts';

test('without a trusted proxy nobody can say that they are somebody else', () => {
  const trusts = createTrustsProxy([]);
  expect(clientAddress('192.0.2.1', '198.51.100.7', trusts)).toBe('192.0.2.1');
});

test('behind proxies of ours the nearest stranger counts, not what strangers claim', () => {
  const trusts = createTrustsProxy(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  expect(clientAddress('::ffff:127.0.0.1', '1.1.1.1, 192.0.2.1, 10.1.2.3', trusts)).toBe('192.0.2.1');
  expect(clientAddress('10.9.9.9', undefined, trusts)).toBe('10.9.9.9');
  expect(clientAddress('fd00::1', 'nonsense', trusts)).toBe('fd00::1');
  expect(clientAddress('192.0.2.9', '192.0.2.1', trusts)).toBe('192.0.2.9');
  expect(clientAddress('127.0.0.1', `${'1.1.1.1,'.repeat(10_000)}192.0.2.1`, trusts)).toBe('192.0.2.1');
});

test('an IPv6 customer is a /64, and an IPv4 one is one address however it is spelt', () => {
  expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:DB8:1:2:bbbb:cccc:0:9'));
  expect(addressKey('2001:db8:1:3::1')).not.toBe(addressKey('2001:db8:1:2::1'));
  expect(addressKey('::1')).toBe('0:0:0:0');
  expect(addressKey('fe80::1%eth0')).toBe('fe80:0:0:0');
  expect(addressKey('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(addressKey('')).toBe('');
});
