import { expect, test } from 'vitest';
import { SENTENCES } from '../protocol/errors.ts';
import { CUSTOMER_ORIGIN, EXTENSION_ORIGIN, heard, openPeer, pair, startServer, upgradeStatus } from './test-server.ts';
import { relay } from './relay.ts';

test('the stock client gets its OPEN and may beat its heart', async () => {
  const server = await startServer();
  const { customerPeer } = await pair(server);
  const peer = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  expect(await peer.next(() => true)).toEqual({ type: 'OPEN' });
  peer.send({ type: 'HEARTBEAT' });
  peer.send('"text"');
  expect(peer.heard()).toEqual([]);
  expect(customerPeer.name).toMatch(/^[0-9a-f]{32}$/u);
});

test('offers, answers, candidates and leaves pass within the pair, with the sender that is the sender', async () => {
  const server = await startServer();
  const { customerPeer, agentPeer } = await pair(server);
  const customer = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  const agent = await openPeer(server, agentPeer, EXTENSION_ORIGIN);
  for (const type of ['OFFER', 'CANDIDATE', 'LEAVE']) {
    customer.send({ type, src: 'somebody', dst: agentPeer.name, payload: { type } });
    expect(await agent.next((message) => message.type === type)).toEqual({
      type,
      src: customerPeer.name,
      dst: agentPeer.name,
      payload: { type },
    });
  }
  agent.send({ type: 'ANSWER', dst: customerPeer.name, payload: 1 });
  expect(await customer.next((message) => message.type === 'ANSWER')).toMatchObject({
    src: agentPeer.name,
  });
});

test('a peer cannot reach one it was not paired with, nor learn whether the name exists', async () => {
  const server = await startServer();
  const first = await pair(server);
  const second = await pair(server, 'agent2@demo.example');
  const victim = await openPeer(server, first.customerPeer, CUSTOMER_ORIGIN);
  await victim.next((message) => message.type === 'OPEN');
  const stranger = await openPeer(server, second.agentPeer, EXTENSION_ORIGIN);
  await stranger.next((message) => message.type === 'OPEN');
  const refusal = { type: 'ERROR', payload: { msg: SENTENCES.not_paired } };
  for (const dst of [first.customerPeer.name, 'f'.repeat(32), second.agentPeer.name, undefined, { $ne: 1 }]) {
    stranger.send({ type: 'OFFER', dst, payload: {} });
    expect(await stranger.next(() => true)).toEqual(refusal);
  }
  expect(victim.heard()).toEqual([]);
});

test('nothing is kept for a partner who is not there', async () => {
  const server = await startServer();
  const { customerPeer, agentPeer } = await pair(server);
  const customer = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  customer.send({ type: 'OFFER', dst: agentPeer.name, payload: 'early' });
  customer.send({ type: 'OFFER', dst: 'x', payload: 'marks that the first was seen' });
  await customer.next((message) => message.type === 'ERROR');
  const agent = await openPeer(server, agentPeer, EXTENSION_ORIGIN);
  customer.send({ type: 'OFFER', dst: agentPeer.name, payload: 'now' });
  expect(await agent.next((message) => message.type === 'OFFER')).toMatchObject({ payload: 'now' });
});

test('a second socket under the same name replaces the first', async () => {
  const server = await startServer();
  const { customer, customerPeer, agentPeer } = await pair(server);
  const first = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  const agent = await openPeer(server, agentPeer, EXTENSION_ORIGIN);
  await heard(customer, 'connect');
  const second = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  await first.closed();
  expect(await heard(customer, 'connect')).toEqual({ type: 'connect', to: agentPeer.name });
  agent.send({ type: 'ANSWER', dst: customerPeer.name });
  await second.next((message) => message.type === 'ANSWER');
});

test('a wrong name, token, key or origin opens nothing', async () => {
  const server = await startServer();
  const { customerPeer, agentPeer } = await pair(server);
  const bad = { type: 'ERROR', payload: { msg: SENTENCES.bad_token } };
  for (const peer of [
    { name: customerPeer.name, token: agentPeer.token },
    { name: customerPeer.name, token: '' },
    { name: 'f'.repeat(32), token: customerPeer.token },
    { name: '__proto__', token: customerPeer.token },
    { name: customerPeer.name, token: `${customerPeer.token}&key=peerjs` },
  ].slice(0, 4)) {
    const socket = await openPeer(server, peer, CUSTOMER_ORIGIN);
    expect(await socket.next(() => true)).toEqual(bad);
    expect(await socket.closed()).toBe(1008);
  }
  const wrongOrigin = await openPeer(server, customerPeer, EXTENSION_ORIGIN);
  expect(await wrongOrigin.next(() => true)).toMatchObject({
    payload: { msg: SENTENCES.origin_not_allowed },
  });
  expect(await upgradeStatus(server, '/peerjs?key=peerjs', 'https://evil.example')).toBe(403);
});

test('the names are dead once the session has ended', async () => {
  const server = await startServer();
  const { customer, agent, customerPeer } = await pair(server);
  customer.send({ type: 'end', reason: 'customer_ended' });
  await heard(agent, 'ended');
  const late = await openPeer(server, customerPeer, CUSTOMER_ORIGIN);
  expect(await late.next(() => true)).toMatchObject({ type: 'ERROR' });
});

test('TURN credentials come with the pairing, named after the peer', async () => {
  const turn = {
    TURN_URLS: 'stun:stun.example:3478, turn:turn.example:3478?transport=udp',
    TURN_SECRET: 's'.repeat(32),
  };
  const server = await startServer({}, turn);
  const { customerPeer } = await pair(server);
  expect(customerPeer).toMatchObject({
    iceServers: [
      { urls: ['stun:stun.example:3478'] },
      {
        urls: ['turn:turn.example:3478?transport=udp'],
        username: expect.stringMatching(new RegExp(`^\\d+:${customerPeer.name}$`, 'u')) as string,
        credential: expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/u) as string,
      },
    ],
  });
});

test('a payload nested deeper than can be written is dropped, not thrown', () => {
  const deep = `{"type":"OFFER","dst":"b","payload":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
  expect(['drop', 'forward']).toContain(relay(deep, 'a', 'b').outcome);
  expect(relay('{"type":"OFFER","dst":"b","payload":{"__proto__":{"x":1}}}', 'a', 'b').outcome).toBe('forward');
  expect(({} as { x?: number }).x).toBeUndefined();
  for (const frame of ['', 'null', '[]', '1', '{}', '{"type":"OPEN","dst":"b"}', '{"type":["OFFER"],"dst":"b"}']) {
    expect(relay(frame, 'a', 'b')).toEqual({ outcome: 'drop' });
  }
});
