import { expect, test } from 'vitest';
import { admits } from '../../protocol/origin.ts';
import { isExtensionOrigin, isOriginPattern, parseOrigin } from './origin.ts';

const admitted = (pattern: string, header: string): boolean => {
  const origin = parseOrigin(header);
  return origin !== null && admits([pattern], origin);
};

test.each([
  'http://localhost',
  'http://localhost:3000',
  'https://shop.localhost:8443',
  'http://127.0.0.1:8787',
  'http://127.1.2.3',
  'http://[::1]:5173',
])('loopback admits %s', (origin) => expect(admitted('loopback', origin)).toBe(true));

test.each([
  'http://localhost.evil.example',
  'http://evil.example',
  'http://127.0.0.1.evil.example',
  'http://notlocalhost',
  'http://10.0.0.1',
  'http://0.0.0.0',
  'http://[::2]',
  'file://localhost',
  'null',
  '',
  'http://localhost/path',
  'http://user@localhost',
  'http://127.1',
])('loopback does not admit %s', (origin) => expect(admitted('loopback', origin)).toBe(false));

test('an exact origin admits itself: same scheme, host and port', () => {
  const pattern = 'https://shop.example.com';
  expect(admitted(pattern, 'https://shop.example.com')).toBe(true);
  for (const other of ['http://shop.example.com', 'https://shop.example.com:8443', 'https://a.shop.example.com']) {
    expect(admitted(pattern, other)).toBe(false);
  }
});

test('a star admits subdomains at every depth, and nothing that only looks like one', () => {
  const pattern = 'https://*.example.com';
  expect(admitted(pattern, 'https://shop.example.com')).toBe(true);
  expect(admitted(pattern, 'https://a.b.example.com')).toBe(true);
  for (const other of ['https://example.com', 'https://evilexample.com', 'https://shop.example.com.evil.example']) {
    expect(admitted(pattern, other)).toBe(false);
  }
});

test('patterns are checked when they are written', () => {
  for (const good of ['loopback', 'https://a.example', 'http://a.example:81', 'https://*.a.example']) {
    expect(isOriginPattern(good)).toBe(true);
  }
  for (const bad of ['*', 'https://', 'https://a.example/', 'a.example', 'https://*.*.a.example/x', 'ftp://a']) {
    expect(isOriginPattern(bad)).toBe(false);
  }
});

test('only a well-formed extension origin is one', () => {
  expect(isExtensionOrigin(`chrome-extension://${'p'.repeat(32)}`)).toBe(true);
  for (const other of [
    undefined,
    '',
    'chrome-extension://x',
    `chrome-extension://${'a'.repeat(32)}/`,
    'https://a.example',
  ]) {
    expect(isExtensionOrigin(other)).toBe(false);
  }
});
