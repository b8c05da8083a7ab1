import { expect, test } from 'vitest';
import { iceServersFor } from './ice.ts';

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
