import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

test('an empty environment is a server on this machine with an embedded database', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8787,
    databaseFile: './data/alongside.db',
    databaseKey: '',
    stunUrls: [],
    turnUrls: [],
    turnSecret: '',
    publicUrl: '',
    trustedProxies: [],
    demo: false,
    logLevel: 'info',
  });
});

test('demo mode keeps a file of its own', () => {
  expect(readConfig({ DEMO: '1' })).toMatchObject({ demo: true, databaseFile: './data/demo.db' });
  expect(readConfig({ DEMO: '1', DATABASE_URL: ':memory:' }).databaseFile).toBe(':memory:');
});

test('what is set is read, spaces and empty values aside', () => {
  expect(
    readConfig({
      HOST: '::1',
      PORT: '0',
      DATABASE_URL: 'file:///var/lib/alongside/a.db',
      DATABASE_KEY: 'k'.repeat(32),
      REDIS_URL: ' ',
      TURN_URLS: 'turn:t.example:3478?transport=udp, turns:t.example:5349,stun:s.example',
      TURN_SECRET: 's'.repeat(16),
      PUBLIC_URL: 'https://cobrowse.example.com/',
      TRUST_PROXY: '127.0.0.1,10.0.0.0/8,fd00::/8',
    }),
  ).toEqual({
    host: '::1',
    port: 0,
    databaseFile: '/var/lib/alongside/a.db',
    databaseKey: 'k'.repeat(32),
    stunUrls: ['stun:s.example'],
    turnUrls: ['turn:t.example:3478?transport=udp', 'turns:t.example:5349'],
    turnSecret: 's'.repeat(16),
    publicUrl: 'https://cobrowse.example.com',
    trustedProxies: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'],
    demo: false,
    logLevel: 'info',
  });
});

test.each([
  [{ HOST: 'not a host' }, 'HOST'],
  [{ PORT: '8787x' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ PORT: '-1' }, 'PORT'],
  [{ DATABASE_URL: 'postgres://db/alongside' }, 'DATABASE_URL .* not yet supported in this version'],
  [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL'],
  [{ DATABASE_KEY: 'short' }, 'DATABASE_KEY'],
  [{ REDIS_URL: 'redis://cache' }, 'REDIS_URL .* not yet supported in this version'],
  [{ TURN_URLS: 'http://turn' }, 'TURN_URLS'],
  [{ TURN_URLS: 'turn:t.example' }, 'TURN_SECRET'],
  [{ TURN_URLS: 'turn:t.example', TURN_SECRET: 'short' }, 'TURN_SECRET'],
  [{ PUBLIC_URL: 'cobrowse.example.com' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'https://example.com/path' }, 'PUBLIC_URL'],
  [{ TRUST_PROXY: 'everyone' }, 'TRUST_PROXY'],
  [{ TRUST_PROXY: '10.0.0.0/64' }, 'TRUST_PROXY'],
  [{ DEMO: 'maybe' }, 'DEMO'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
])('%o ends the start with one sentence that names it', (environment, sentence) => {
  let message = '';
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    message = (error as Error).message;
  }
  expect(message).toMatch(new RegExp(`^${sentence}`, 'u'));
  expect(message).toMatch(/^[^\n]+\.$/u);
});

test('a secret that is refused is not repeated', () => {
  expect(() => readConfig({ DATABASE_KEY: 'hunter2' })).not.toThrow(/hunter2/u);
});
