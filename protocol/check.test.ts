import { expect, test } from 'vitest';
import { checkConnection, type CheckLine, type CheckTools, type GatherEvents } from './check.ts';
import type { IceServer } from './signaling.ts';

/** What happens on each road, by its URL; a road that is left out stays silent for ever. */
type Network = Readonly<Record<string, (events: GatherEvents) => void>>;

const RELAY = 'candidate:1 1 udp 1 192.0.2.1 50000 typ relay raddr 0.0.0.0 rport 0';
const host = ({ onCandidate }: GatherEvents): void => onCandidate('candidate:1 1 udp 1 10.0.0.2 5 typ host');
const ended = ({ onCandidate }: GatherEvents): void => onCandidate(null);
const silent = new Promise<never>(() => {});

async function check(servers: readonly IceServer[] | null, network: Network, more: Partial<CheckTools> = {}) {
  const lines: CheckLine[] = [];
  const asked: IceServer[] = [];
  let open = 0;
  const last = await checkConnection(
    {
      iceServers: async () => servers,
      opensSocket: async () => true,
      tellsErrors: true,
      wait: () => Promise.resolve(),
      gather(server, events) {
        asked.push(server);
        open += 1;
        network[server.urls[0]!]?.(events);
        return () => (open -= 1);
      },
      ...more,
    },
    (line) => lines.push(line),
  );
  expect(open).toBe(0);
  return { lines, last, asked };
}

test('each road is tried by itself, and a relay that asks who is there is a relay that can be reached', async () => {
  const urls = ['turn:t:3478?transport=udp', 'turn:t:3478?transport=tcp', 'turns:t?transport=tcp'];
  const { lines, last, asked } = await check([{ urls }], {
    [urls[0]!]: ({ onError }) => onError(401),
    [urls[1]!]: (events) => {
      host(events);
      events.onError(701);
      ended(events);
    },
  });
  expect(asked.map((server) => server.urls)).toEqual(urls.map((url) => [url]));
  expect(lines.slice(2)).toEqual([
    { finding: 'open', sentence: 'The relay over UDP answers.' },
    {
      finding: 'blocked',
      sentence: 'The relay over TCP cannot be reached. Ask your network administrator to allow TCP to t, port 3478.',
    },
    {
      finding: 'blocked',
      sentence: 'The relay over TLS cannot be reached. Ask your network administrator to allow TCP to t, port 5349.',
    },
  ]);
  expect(last).toEqual({ finding: 'open', sentence: 'Co-browsing works on this network.' });
});

test('with credentials only a relayed address will do', async () => {
  const server = { urls: ['turn:t'], username: 'u', credential: 'c' };
  expect((await check([server], { 'turn:t': ({ onCandidate }) => onCandidate(RELAY) })).last.finding).toBe('open');
  const refused = await check([server], { 'turn:t': ({ onError }) => onError(401) });
  expect(refused.lines.at(-1)?.finding).toBe('refused');
  expect(refused.last.finding).toBe('blocked');
});

test('a browser that tells no errors gets no verdict, and neither does a server without a relay', async () => {
  const vague = await check(
    [{ urls: ['stun:s', 'turn:t'] }],
    { 'stun:s': ended, 'turn:t': ended },
    { tellsErrors: false },
  );
  expect([...vague.lines.slice(2), vague.last].map(({ finding }) => finding)).toEqual(Array(3).fill('unknown'));
  expect((await check([], {})).last.finding).toBe('unknown');
});

test('a server that does not answer, a socket that does not open, and a browser that throws are findings, not errors', async () => {
  for (const iceServers of [() => Promise.resolve(null), () => silent]) {
    expect((await check(null, {}, { iceServers })).last.finding).toBe('blocked');
  }
  expect((await check([], {}, { opensSocket: () => silent })).last.finding).toBe('blocked');
  const throwing = () => {
    throw new Error('not a server');
  };
  expect((await check([{ urls: ['turn:t'] }], {}, { gather: throwing })).last.finding).toBe('unknown');
});

test('a server that names hundreds of roads has eight of them tried', async () => {
  const urls = Array.from({ length: 300 }, (_, index) => `turn:t${index}`);
  expect((await check([{ urls }], {})).asked).toHaveLength(8);
});
