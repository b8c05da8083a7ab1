import { describe, expect, test } from 'vitest';
import { parseServer, peerServer, sessionSocketAddress } from './server-address.ts';

describe('the server address', () => {
  test('is kept without the slash at its end', () => {
    expect(parseServer(' https://cobrowse.example.com/ ')).toBe('https://cobrowse.example.com');
    expect(parseServer('https://example.com/cobrowse/')).toBe('https://example.com/cobrowse');
  });

  test('may be typed without https', () => {
    expect(parseServer('cobrowse.example.com')).toBe('https://cobrowse.example.com');
  });

  test.each([
    '',
    'ftp://example.com',
    'javascript://alert',
    'https://a:b@example.com',
    'https://e.com/?q',
    'http://',
    7,
  ])('is refused when it is %j', (typed) => {
    expect(parseServer(typed)).toBeNull();
  });

  test('gives the socket the matching scheme', () => {
    expect(sessionSocketAddress('http://127.0.0.1:8787')).toBe('ws://127.0.0.1:8787/session');
    expect(sessionSocketAddress('https://example.com/co')).toBe('wss://example.com/co/session');
  });

  test('gives PeerJS host, port, path and whether it is secure', () => {
    expect(peerServer('http://127.0.0.1:8787')).toEqual({ host: '127.0.0.1', port: 8787, path: '/', secure: false });
    expect(peerServer('https://example.com/co')).toEqual({ host: 'example.com', port: 443, path: '/co', secure: true });
  });
});
