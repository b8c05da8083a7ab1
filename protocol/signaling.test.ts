import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { END_REASONS, OUTCOMES, SENTENCES, type ErrorCode } from './errors.ts';
import { ACTS } from './command.ts';
import { MAX_RECEIPT_ENTRIES, MAX_SOCKET_FRAME_BYTES } from './limits.ts';
import type { MaskedText } from './masked-text.ts';
import { RULE_FAULTS } from './rules.ts';
import { parseClientMessage } from './client-message.ts';
import { parseServerMessage, type ClientMessage, type ServerMessage } from './signaling.ts';
import { holds } from './test-random.ts';

const anyShort = fc.string({ unit: 'binary', maxLength: 100 });
const anyCount = fc.maxSafeNat();

const anyPathStep = fc.record({
  call: anyShort,
  attempt: anyCount,
  kind: fc.constantFrom('ask', 'here', 'offer', 'answer', 'candidate'),
  text: fc.string({ unit: 'binary', maxLength: 1_000 }),
});

const ANY_CLIENT: { readonly [T in ClientMessage['type']]: fc.Arbitrary<Extract<ClientMessage, { type: T }>> } = {
  hello: fc.record({ type: fc.constant('hello'), version: anyCount, token: anyShort, linked: fc.boolean() }),
  end: fc.record({
    type: fc.constant('end'),
    reason: fc.constantFrom('customer_ended', 'agent_ended', 'interaction_ended', 'policy'),
  }),
  linked: fc.record({ type: fc.constant('linked') }),
  active: fc.record({ type: fc.constant('active'), agoMs: anyCount }),
  reconnect: fc.record({ type: fc.constant('reconnect') }),
  'rule-problems': fc.record({
    type: fc.constant('rule-problems'),
    version: anyCount,
    problems: fc.array(fc.record({ rule: fc.integer({ min: -1, max: 999 }), what: fc.constantFrom(...RULE_FAULTS) }), {
      maxLength: 10,
    }),
  }),
  hidden: fc.record({ type: fc.constant('hidden'), count: anyCount }),
  acts: fc.record({
    type: fc.constant('acts'),
    acts: fc.array(
      fc.record({
        number: fc.nat(MAX_RECEIPT_ENTRIES - 1),
        agoMs: anyCount,
        act: fc.constantFrom(...ACTS),
        name: anyShort as fc.Arbitrary<MaskedText>,
        outcome: fc.constantFrom(...OUTCOMES),
        times: anyCount,
      }),
      { maxLength: 10 },
    ),
  }),
  ping: fc.record({ type: fc.constant('ping') }),
  path: fc.record({ type: fc.constant('path'), step: anyPathStep }),
};

const anyIceServer = fc.oneof(
  fc.record({ urls: fc.array(anyShort) }),
  fc.record({ urls: fc.array(anyShort), username: anyShort, credential: anyShort }),
);
const ANY_SERVER: { readonly [T in ServerMessage['type']]: fc.Arbitrary<Extract<ServerMessage, { type: T }>> } = {
  state: fc.record({
    type: fc.constant('state'),
    state: fc.constantFrom('waiting', 'active', 'paused'),
    historyId: anyShort,
    sessionId: anyShort,
    channel: fc.constantFrom('voice', 'chat'),
    agentName: anyShort,
    away: fc.subarray(['customer', 'agent'] as const),
    remainingMs: anyCount,
  }),
  peer: fc.record({
    type: fc.constant('peer'),
    name: anyShort,
    token: anyShort,
    iceServers: fc.array(anyIceServer, { maxLength: 5 }),
  }),
  connect: fc.record({ type: fc.constant('connect'), to: anyShort }),
  pass: fc.record({ type: fc.constant('pass'), code: anyShort, origins: fc.array(anyShort, { maxLength: 5 }) }),
  rules: fc.record({ type: fc.constant('rules'), version: anyCount }),
  idle: fc.record({ type: fc.constant('idle'), remainingMs: anyCount }),
  ended: fc.record({ type: fc.constant('ended'), reason: fc.constantFrom(...END_REASONS) }),
  error: fc.record({
    type: fc.constant('error'),
    code: fc.constantFrom(...(Object.keys(SENTENCES) as ErrorCode[])),
  }),
  pong: fc.record({ type: fc.constant('pong') }),
  path: fc.record({ type: fc.constant('path'), step: anyPathStep }),
};

const BOTH = [
  ['client', parseClientMessage],
  ['server', parseServerMessage],
] as const;

test.each(Object.entries(ANY_CLIENT))('a client’s %s comes back as it went', (_, any) => {
  holds(
    fc.property(any as fc.Arbitrary<ClientMessage>, (message) => {
      expect(parseClientMessage(JSON.stringify(message))).toEqual(message);
    }),
    100,
  );
});

test.each(Object.entries(ANY_SERVER))('the server’s %s comes back as it went', (_, any) => {
  holds(
    fc.property(any as fc.Arbitrary<ServerMessage>, (message) => {
      expect(parseServerMessage(JSON.stringify(message))).toEqual(message);
    }),
    100,
  );
});

describe.each(BOTH)('what a %s says', (_, parse) => {
  test.each([
    '',
    'ping',
    '{',
    'null',
    'true',
    '7',
    '"ping"',
    '[]',
    '["ping"]',
    '{}',
    '{"type":null}',
    '{"type":7}',
    '{"type":["ping"]}',
    '{"type":"toString"}',
    '{"type":"__proto__"}',
    '{"__proto__":{"type":"ping"}}',
    '{"__proto__":{"type":"pong"}}',
    '{"constructor":{"prototype":{"type":"ping"}}}',
  ])('%j is not one of ours', (frame) => {
    expect(parse(frame)).toBeNull();
  });

  test.each([undefined, null, 7, {}, new ArrayBuffer(4)])('what is no text, like %j, is not one of ours', (frame) => {
    expect(parse(frame as string)).toBeNull();
  });

  test('a frame longer than 64 KiB is not looked at', () => {
    const type = parse === parseClientMessage ? 'ping' : 'pong';
    const frame = (size: number) => `{"type":"${type}","x":""}`.padEnd(size, ' ');
    expect(parse(frame(MAX_SOCKET_FRAME_BYTES))).toEqual({ type });
    expect(parse(frame(MAX_SOCKET_FRAME_BYTES + 1))).toBeNull();
  });

  test('the deepest JSON that fits in a frame does not make it throw', () => {
    const half = MAX_SOCKET_FRAME_BYTES / 2;
    expect(parse('['.repeat(half) + ']'.repeat(half))).toBeNull();
    expect(parse(`{"type":"state","away":${'['.repeat(half - 20)}${']'.repeat(half - 20)}}`)).toBeNull();
    expect(parse('{"a":'.repeat(10_000))).toBeNull();
  });

  test('nothing makes it throw', () => {
    holds(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (frame) => {
        parse(frame);
      }),
      1_000,
    );
  });

  test('fields beyond the known ones do not come through', () => {
    const type = parse === parseClientMessage ? 'ping' : 'pong';
    expect(parse(`{"type":"${type}","__proto__":{"a":1},"extra":1}`)).toEqual({ type });
  });
});

describe('a field of the wrong type or length', () => {
  const state = {
    type: 'state',
    state: 'active',
    historyId: 'h',
    sessionId: '123456789',
    channel: 'voice',
    agentName: 'Ada',
    away: [],
    remainingMs: 0,
  };
  const wrong = [null, true, 1.5, -1, 2 ** 53, '', 'x'.repeat(513), [], {}];

  test.each([
    ['version', { type: 'hello', version: 1, token: 't' }, [null, '1', 1.5, -1, 2 ** 53, [1], {}]],
    ['token', { type: 'hello', version: 1, token: 't' }, [null, 7, true, ['t'], {}, 'x'.repeat(513)]],
    ['reason', { type: 'end', reason: 'policy' }, [...wrong, 'idle_timeout', 'toString', ['policy']]],
  ])('makes a client’s message malformed: %s', (field, message, values) => {
    expect(parseClientMessage(JSON.stringify(message))).not.toBeNull();
    for (const value of values) expect(parseClientMessage(JSON.stringify({ ...message, [field]: value }))).toBeNull();
  });

  test.each([
    ['state', state, [...wrong, 'ended', 'idle']],
    ['historyId', state, [null, 7, {}, 'x'.repeat(513)]],
    ['sessionId', state, [null, 123456789, {}]],
    ['channel', state, [...wrong, 'video']],
    ['agentName', state, [null, {}, 'x'.repeat(513)]],
    ['away', state, [null, 'customer', {}, 7]],
    ['remainingMs', state, [null, '0', -1, 1.5, 2 ** 53]],
    ['name', { type: 'peer', name: 'n', token: 't', iceServers: [] }, [null, 7, {}, 'x'.repeat(513)]],
    ['to', { type: 'connect', to: 'n' }, [null, 7, ['n'], 'x'.repeat(513)]],
    ['reason', { type: 'ended', reason: 'policy' }, [...wrong, 'toString', 'length', ['policy']]],
    ['code', { type: 'error', code: 'replaced' }, [...wrong, 'toString', '__proto__', 'constructor']],
  ])('makes the server’s message malformed: %s', (field, message, values) => {
    expect(parseServerMessage(JSON.stringify(message))).not.toBeNull();
    for (const value of values) expect(parseServerMessage(JSON.stringify({ ...message, [field]: value }))).toBeNull();
  });

  test('leaves out sides and ICE servers that are none', () => {
    expect(parseServerMessage(JSON.stringify({ ...state, away: ['agent', 'nobody', 7, null] }))).toMatchObject({
      away: ['agent'],
    });
    const iceServers = [null, 7, {}, { urls: 'stun:x' }, { urls: [7] }, { urls: ['stun:x'], username: 'u' }];
    expect(parseServerMessage(JSON.stringify({ type: 'peer', name: 'n', token: 't', iceServers }))).toMatchObject({
      iceServers: [{ urls: ['stun:x'] }],
    });
    const many = Array.from({ length: 100 }, () => ({ urls: ['stun:x'] }));
    const parsed = parseServerMessage(JSON.stringify({ type: 'peer', name: 'n', token: 't', iceServers: many }));
    expect(parsed?.type === 'peer' && parsed.iceServers).toHaveLength(16);
  });
});
