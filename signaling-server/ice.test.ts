import { expect, test } from 'vitest';
import { checkServersFor, iceServersFor } from './ice.ts';

const NOW_MS = 1_700_000_000_000;

test('without configuration there is no server, and never somebody else’s', () => {
  expect(iceServersFor('peer', { stunUrls: [], turnUrls: [], turnSecret: '' }, NOW_MS)).toEqual([]);
});

test('TURN credentials are what coturn computes from the same secret', () => {
  const config = { stunUrls: ['stun:s'], turnUrls: ['turn:t'], turnSecret: 'north-sea-secret' };
  // echo -n 1700007200:peer | openssl dgst -sha1 -hmac north-sea-secret -binary | base64
  expect(iceServersFor('peer', config, NOW_MS)).toEqual([
    { urls: ['stun:s'] },
    { urls: ['turn:t'], username: '1700007200:peer', credential: 'QdTFA+T9bQ3h5xC9sLFbbduviTg=' },
  ]);
});

test('a connection check gets credentials for a minute when an agent asks, and none when anybody else does', () => {
  const config = { stunUrls: ['stun:s'], turnUrls: ['turn:t'], turnSecret: 'north-sea-secret' };
  const [, relay] = checkServersFor('agent', config, NOW_MS);
  expect(relay?.username).toMatch(/^1700000060:[0-9a-f]{32}$/u);
  expect(checkServersFor('stranger', config, NOW_MS)).toEqual([{ urls: ['stun:s'] }, { urls: ['turn:t'] }]);
});
