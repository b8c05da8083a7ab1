import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACTS,
  MAX_WANTED_ASSETS,
  MODIFIERS,
  readAgentMessage,
  writeAgentMessage,
  type Act,
  type AgentMessage,
} from './command.ts';
import {
  MAX_ASSETS,
  MAX_FRAME_DOCUMENTS,
  MAX_LABEL_UNITS,
  MAX_POINTS_PER_STROKE_PART,
  MAX_TYPED_UNITS,
  MAX_URL_UNITS,
} from './limits.ts';
import type { NodeId } from './node-id.ts';
import {
  anyChanges,
  anyNumber,
  anyStroke,
  anyText,
  expectTruncationsSurvived,
  faultOf,
  holds,
  mutated,
} from './test-random.ts';

const anyNode = anyNumber as fc.Arbitrary<NodeId>;
const anyFraction = fc.nat(10_000).map((steps) => steps / 10_000);
const anyAnchor = fc.record({ node: anyNode, x: anyFraction, y: anyFraction });
const anyPosition = fc.integer({ min: -100_000_000, max: 100_000_000 });

/** One arbitrary for every act and every kind: one without does not compile. */
const ANY_ACT: { readonly [T in Act['act']]: fc.Arbitrary<Extract<Act, { act: T }>> } = {
  click: fc.record({
    act: fc.constant('click'),
    at: anyAnchor,
    count: fc.nat(3),
    modifiers: fc.subarray([...MODIFIERS]),
  }),
  type: fc.record({ act: fc.constant('type'), node: anyNode, text: anyText }),
  key: fc.record({
    act: fc.constant('key'),
    node: anyNode,
    key: fc.string({ maxLength: 32 }),
    modifiers: fc.subarray([...MODIFIERS]),
  }),
  select: fc.record({ act: fc.constant('select'), node: anyNode, indices: fc.array(fc.nat(100_000)) }),
  set: fc.record({ act: fc.constant('set'), node: anyNode, value: anyText }),
  scroll: fc.record({ act: fc.constant('scroll'), node: anyNode, x: anyPosition, y: anyPosition }),
  navigate: fc.record({ act: fc.constant('navigate'), to: fc.constantFrom('back', 'forward', 'refresh') }),
  open: fc.record({ act: fc.constant('open'), url: anyText }),
  hover: fc.record({ act: fc.constant('hover'), at: anyAnchor }),
  drag: fc.record({ act: fc.constant('drag'), from: anyAnchor, to: anyAnchor }),
  wheel: fc.record({ act: fc.constant('wheel'), at: anyAnchor, x: anyPosition, y: anyPosition }),
  compose: fc.record({ act: fc.constant('compose'), node: anyNode, text: anyText }),
  menu: fc.record({ act: fc.constant('menu'), at: anyAnchor }),
};
const anyAct = fc.oneof(...(Object.values(ANY_ACT) as fc.Arbitrary<Act>[]));

const ANY: { readonly [T in AgentMessage['type']]: fc.Arbitrary<Extract<AgentMessage, { type: T }>> } = {
  hello: fc.record({ type: fc.constant('hello'), version: fc.nat(0xffff) }),
  ping: fc.record({ type: fc.constant('ping'), sentAt: anyNumber }),
  pong: fc.record({ type: fc.constant('pong'), sentAt: anyNumber }),
  pointer: fc.record({ type: fc.constant('pointer'), at: anyAnchor }),
  'pointer-left': fc.record({ type: fc.constant('pointer-left') }),
  point: fc.record({ type: fc.constant('point'), at: anyAnchor }),
  want: fc.record({ type: fc.constant('want'), assets: fc.array(anyNumber, { maxLength: MAX_WANTED_ASSETS }) }),
  'asset-answers': fc.record({
    type: fc.constant('asset-answers'),
    answers: fc.array(fc.record({ asset: fc.nat(MAX_ASSETS - 1), isNeeded: fc.boolean() }), {
      maxLength: MAX_WANTED_ASSETS,
    }),
  }),
  renew: fc.record({ type: fc.constant('renew') }),
  'renew-frame': fc.record({ type: fc.constant('renew-frame'), frame: fc.nat(MAX_FRAME_DOCUMENTS) }),
  'ask-write': fc.record({ type: fc.constant('ask-write') }),
  'end-write': fc.record({ type: fc.constant('end-write') }),
  bye: fc.record({ type: fc.constant('bye') }),
  command: fc.record({ type: fc.constant('command'), epoch: anyNumber, sequence: anyNumber, act: anyAct }),
  draw: anyStroke,
  comment: fc.record({ type: fc.constant('comment'), at: anyAnchor, text: anyText }),
  'clear-drawing': fc.record({ type: fc.constant('clear-drawing') }),
};
const KINDS = Object.keys(ANY) as AgentMessage['type'][];
const anyMessage = fc.oneof(...(Object.values(ANY) as fc.Arbitrary<AgentMessage>[]));

function command(act: Act): AgentMessage {
  return { type: 'command', epoch: 1, sequence: 1, act };
}

const faultWhenRead = (message: AgentMessage) => faultOf(() => readAgentMessage(writeAgentMessage(message)));

describe.each(KINDS)('an agent’s message of kind %s', (kind) => {
  const anyOfKind = ANY[kind] as fc.Arbitrary<AgentMessage>;

  test('comes back as it went', () => {
    holds(
      fc.property(anyOfKind, (message) => {
        expect(readAgentMessage(writeAgentMessage(message))).toEqual(message);
      }),
      kind === 'command' ? 500 : 100,
    );
  });

  test('cut off at any byte or with a tail is refused', () => {
    holds(
      fc.property(anyOfKind, (message) => {
        const bytes = writeAgentMessage(message);
        expectTruncationsSurvived(bytes, readAgentMessage);
        for (let length = 0; length < bytes.length; length += 1) {
          expect(faultOf(() => readAgentMessage(bytes.slice(0, length)))).not.toBeNull();
        }
        expect(faultOf(() => readAgentMessage(Uint8Array.from([...bytes, 0])))).toBe('trailing_bytes');
      }),
      kind === 'command' ? 60 : 10,
    );
  });
});

describe('bytes that are no agent’s message', () => {
  test('kinds of another version are told apart from malformed ones', () => {
    for (let kind = 0; kind < 256; kind += 1) {
      const isKnown = kind >= 32 && kind <= 48;
      if (!isKnown) expect(readAgentMessage(Uint8Array.from([kind, 1, 2, 3]))).toBeNull();
    }
    expect(faultOf(() => readAgentMessage(new Uint8Array()))).toBe('truncated');
  });

  test('ten thousand messages of random bytes are read, dropped or refused', () => {
    const anyKind = fc.oneof(fc.constant(42), fc.integer({ min: 32, max: 47 }), fc.nat(255));
    holds(
      fc.property(anyKind, fc.uint8Array({ maxLength: 40 }), (kind, bytes) => {
        faultOf(() => readAgentMessage(Uint8Array.from([kind, ...bytes])));
      }),
      10_000,
    );
  });

  test('valid messages with a few bytes changed are read, dropped or refused', () => {
    holds(
      fc.property(anyMessage, anyChanges, (message, changes) => {
        faultOf(() => readAgentMessage(mutated(writeAgentMessage(message), changes)));
      }),
      3_000,
    );
  });
});

describe('limits', () => {
  const node = 5 as NodeId;

  test('four clicks at once are refused', () => {
    expect(faultWhenRead(command({ act: 'click', at: { node, x: 0, y: 0 }, count: 4, modifiers: [] }))).toBe(
      'number_too_large',
    );
  });

  test('texts, keys and addresses may have three bytes for each of their units, and not one more', () => {
    const acts: [number, (text: string) => Act][] = [
      [MAX_TYPED_UNITS, (text) => ({ act: 'type', node, text })],
      [MAX_TYPED_UNITS, (value) => ({ act: 'set', node, value })],
      [32, (key) => ({ act: 'key', node, key, modifiers: [] })],
      [MAX_URL_UNITS, (url) => ({ act: 'open', url })],
    ];
    for (const [units, act] of acts) {
      expect(faultWhenRead(command(act('x'.repeat(units * 3))))).toBeNull();
      expect(faultWhenRead(command(act('x'.repeat(units * 3 + 1))))).toBe('string_too_long');
    }
  });

  test('more assets than may be wanted at once are refused', () => {
    const assets = Array.from({ length: MAX_WANTED_ASSETS + 1 }, (_, index) => index);
    expect(faultWhenRead({ type: 'want', assets })).toBe('number_too_large');
  });

  test('positions beyond any page are refused, negative ones of right-to-left boxes are not', () => {
    expect(faultWhenRead(command({ act: 'scroll', node, x: -100_000_000, y: 0 }))).toBeNull();
    expect(faultWhenRead(command({ act: 'scroll', node, x: -100_000_001, y: 0 }))).toBe('number_too_large');
    expect(faultWhenRead(command({ act: 'scroll', node, x: 0, y: 100_000_001 }))).toBe('number_too_large');
  });

  test('a stroke that leaves its element far behind, or has too many points at once, is refused', () => {
    const draw = (...points: { x: number; y: number }[]): AgentMessage => ({ type: 'draw', stroke: 1, node, points });
    expect(faultWhenRead(draw({ x: -1_000, y: 1_000 }))).toBeNull();
    expect(faultOf(() => readAgentMessage(Uint8Array.from([45, 1, 5, 1, 0xff, 0xff, 0xff, 0x7f, 0])))).toBe(
      'number_too_large',
    );
    const points = Array.from({ length: MAX_POINTS_PER_STROKE_PART + 1 }, () => ({ x: 0, y: 0 }));
    expect(faultWhenRead(draw(...points))).toBe('number_too_large');
  });

  test('a comment is no longer than a label', () => {
    const at = { node, x: 0, y: 0 };
    expect(faultWhenRead({ type: 'comment', at, text: 'x'.repeat(MAX_LABEL_UNITS * 3 + 1) })).toBe('string_too_long');
  });

  test('an act, a direction or a modifier that does not exist is refused', () => {
    const read = (...bytes: number[]) => faultOf(() => readAgentMessage(Uint8Array.from([42, 1, 1, ...bytes])));
    expect(read(ACTS.length)).toBe('bad_token');
    expect(read(6, 3)).toBe('bad_token');
    expect(read(2, 5, 1, 0x61, 0b1_0000)).toBe('bad_token');
    expect(read(2, 5, 1, 0x61, 0b1111)).toBeNull();
  });
});
