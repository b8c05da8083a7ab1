/** Agent → customer, over the live channel. Nothing here is believed: `site-snippet/control` judges each. */
import { assertNever } from './assert-never.ts';
import { MAX_ASSETS, MAX_FRAME_DOCUMENTS, MAX_LABEL_UNITS, MAX_TYPED_UNITS, MAX_URL_UNITS } from './limits.ts';
import type { NodeId } from './node-id.ts';
import { nodeId, pick, readAnchor, writeAnchor, type Anchor } from './page-message.ts';
import { createReader, type Reader } from './reader.ts';
import { readStrokePart, writeStrokePart, type StrokePart } from './stroke.ts';
import { WireError } from './wire-error.ts';
import { createWriter, type Writer } from './writer.ts';

export const MODIFIERS = ['shift', 'control', 'alt', 'meta'] as const;
export type Modifier = (typeof MODIFIERS)[number];

/** What the agent does in Write mode. Each is one file in `site-snippet/control/perform/`. */
export type Act =
  | { readonly act: 'click'; readonly at: Anchor; readonly count: number; readonly modifiers: readonly Modifier[] }
  /** Text as it comes from the keyboard or a paste, put where the caret of `node` is. */
  | { readonly act: 'type'; readonly node: NodeId; readonly text: string }
  /** `KeyboardEvent.key`, for keys that are not text. */
  | { readonly act: 'key'; readonly node: NodeId; readonly key: string; readonly modifiers: readonly Modifier[] }
  | { readonly act: 'select'; readonly node: NodeId; readonly indices: readonly number[] }
  /** The value of a date, time, color or range field, in the form the element's `value` has. */
  | { readonly act: 'set'; readonly node: NodeId; readonly value: string }
  /** Pixels, to scroll a box to. Right-to-left boxes scroll to negative positions. */
  | { readonly act: 'scroll'; readonly node: NodeId; readonly x: number; readonly y: number }
  | { readonly act: 'navigate'; readonly to: 'back' | 'forward' | 'refresh' }
  | { readonly act: 'open'; readonly url: string }
  /** The pointer rests there: menus open under it. */
  | { readonly act: 'hover'; readonly at: Anchor }
  | { readonly act: 'drag'; readonly from: Anchor; readonly to: Anchor }
  /** Pixels the wheel was turned, for pages that listen to it; scrolling is an act of its own. */
  | { readonly act: 'wheel'; readonly at: Anchor; readonly x: number; readonly y: number }
  /** Text as it comes from an input method. */
  | { readonly act: 'compose'; readonly node: NodeId; readonly text: string }
  /** The right button, for pages with a menu of their own. */
  | { readonly act: 'menu'; readonly at: Anchor };

export interface AssetAnswer {
  readonly asset: number;
  readonly isNeeded: boolean;
}

export type AgentMessage =
  | { readonly type: 'hello'; readonly version: number }
  | { readonly type: 'ping'; readonly sentAt: number }
  | { readonly type: 'pong'; readonly sentAt: number }
  | { readonly type: 'pointer'; readonly at: Anchor }
  | { readonly type: 'pointer-left' }
  /** Pointer mode: draws the red circle, does nothing else. */
  | { readonly type: 'point'; readonly at: Anchor }
  /** The mirror needs the bytes of these assets. */
  | { readonly type: 'want'; readonly assets: readonly number[] }
  /** To each `asset-hash`: whether the file is to be sent, or is here already. */
  | { readonly type: 'asset-answers'; readonly answers: readonly AssetAnswer[] }
  /** The mirror lost step: begin anew. */
  | { readonly type: 'renew' }
  /** The same for the document in one frame, by its number. */
  | { readonly type: 'renew-frame'; readonly frame: number }
  | { readonly type: 'ask-write' }
  | { readonly type: 'end-write' }
  /** `epoch` as in the customer's last `mode`; `sequence` grows by one with each. */
  | { readonly type: 'command'; readonly epoch: number; readonly sequence: number; readonly act: Act }
  /** The session is over; the server is told as well, when it can be. */
  | { readonly type: 'bye' }
  | ({ readonly type: 'draw' } & StrokePart)
  /** A few words pinned to an element. */
  | { readonly type: 'comment'; readonly at: Anchor; readonly text: string }
  /** Takes away all that either side has drawn and pinned. */
  | { readonly type: 'clear-drawing' };

const KIND = {
  hello: 32,
  ping: 33,
  pong: 34,
  pointer: 35,
  'pointer-left': 36,
  point: 37,
  want: 38,
  renew: 39,
  'ask-write': 40,
  'end-write': 41,
  command: 42,
  'renew-frame': 43,
  'asset-answers': 44,
  bye: 48,
  draw: 45,
  comment: 46,
  'clear-drawing': 47,
} as const satisfies Record<AgentMessage['type'], number>;

export const ACTS = [
  'click',
  'type',
  'key',
  'select',
  'set',
  'scroll',
  'navigate',
  'open',
  'hover',
  'drag',
  'wheel',
  'compose',
  'menu',
] as const satisfies Act['act'][];
const DIRECTIONS = ['back', 'forward', 'refresh'] as const;
const MAX_NUMBER = Number.MAX_SAFE_INTEGER;
const MAX_PIXELS = 100_000_000;
const MAX_INDEX = 100_000;
/** Assets asked for, or answered, in one message; more take another. */
export const MAX_WANTED_ASSETS = 256;
const MAX_KEY_UNITS = 32;
const MAX_CLICKS = 3;

/** Bytes of one message, ready for frames. */
export function writeAgentMessage(message: AgentMessage): Uint8Array {
  const writer = createWriter();
  writer.u8(KIND[message.type]);
  switch (message.type) {
    case 'hello':
      writer.varint(message.version);
      break;
    case 'ping':
    case 'pong':
      writer.varint(message.sentAt);
      break;
    case 'pointer':
    case 'point':
      writeAnchor(writer, message.at);
      break;
    case 'want':
      writeNumbers(writer, message.assets);
      break;
    case 'asset-answers':
      writeNumbers(
        writer,
        message.answers.map(({ asset, isNeeded }) => asset * 2 + (isNeeded ? 1 : 0)),
      );
      break;
    case 'command':
      writer.varint(message.epoch);
      writer.varint(message.sequence);
      writeAct(writer, message.act);
      break;
    case 'renew-frame':
      writer.varint(message.frame);
      break;
    case 'draw':
      writeStrokePart(writer, message);
      break;
    case 'comment':
      writeAnchor(writer, message.at);
      writer.string(message.text);
      break;
    case 'clear-drawing':
    case 'pointer-left':
    case 'renew':
    case 'ask-write':
    case 'end-write':
    case 'bye':
      break;
    default:
      assertNever(message);
  }
  return writer.finish();
}

/**
 * Reads one message of an agent.
 * @returns `null` for a kind this version does not know: count it and drop it
 * @throws WireError when the message is malformed
 */
export function readAgentMessage(bytes: Uint8Array): AgentMessage | null {
  const reader = createReader(bytes);
  const message = readBody(reader.u8(), reader);
  if (message !== null) reader.end();
  return message;
}

function readBody(kind: number, reader: Reader): AgentMessage | null {
  switch (kind) {
    case KIND.hello:
      return { type: 'hello', version: reader.varint(0xffff) };
    case KIND.ping:
      return { type: 'ping', sentAt: reader.varint(MAX_NUMBER) };
    case KIND.pong:
      return { type: 'pong', sentAt: reader.varint(MAX_NUMBER) };
    case KIND.pointer:
      return { type: 'pointer', at: readAnchor(reader) };
    case KIND['pointer-left']:
      return { type: 'pointer-left' };
    case KIND.point:
      return { type: 'point', at: readAnchor(reader) };
    case KIND.want:
      return { type: 'want', assets: readNumbers(reader, MAX_WANTED_ASSETS, MAX_NUMBER) };
    case KIND['asset-answers']:
      return {
        type: 'asset-answers',
        answers: readNumbers(reader, MAX_WANTED_ASSETS, MAX_ASSETS * 2 - 1).map((answer) => ({
          asset: Math.floor(answer / 2),
          isNeeded: answer % 2 === 1,
        })),
      };
    case KIND.renew:
      return { type: 'renew' };
    case KIND['renew-frame']:
      return { type: 'renew-frame', frame: reader.varint(MAX_FRAME_DOCUMENTS) };
    case KIND['ask-write']:
      return { type: 'ask-write' };
    case KIND['end-write']:
      return { type: 'end-write' };
    case KIND.bye:
      return { type: 'bye' };
    case KIND.command:
      return {
        type: 'command',
        epoch: reader.varint(MAX_NUMBER),
        sequence: reader.varint(MAX_NUMBER),
        act: readAct(reader),
      };
    case KIND.draw:
      return { type: 'draw', ...readStrokePart(reader) };
    case KIND.comment:
      return { type: 'comment', at: readAnchor(reader), text: reader.string(MAX_LABEL_UNITS * 3) };
    case KIND['clear-drawing']:
      return { type: 'clear-drawing' };
    default:
      return null;
  }
}

function writeAct(writer: Writer, act: Act): void {
  writer.u8(ACTS.indexOf(act.act));
  switch (act.act) {
    case 'click':
      writeAnchor(writer, act.at);
      writer.varint(act.count);
      writeModifiers(writer, act.modifiers);
      break;
    case 'type':
    case 'compose':
      writer.varint(act.node);
      writer.string(act.text);
      break;
    case 'key':
      writer.varint(act.node);
      writer.string(act.key);
      writeModifiers(writer, act.modifiers);
      break;
    case 'select':
      writer.varint(act.node);
      writeNumbers(writer, act.indices);
      break;
    case 'set':
      writer.varint(act.node);
      writer.string(act.value);
      break;
    case 'scroll':
      writer.varint(act.node);
      writer.signed(act.x);
      writer.signed(act.y);
      break;
    case 'navigate':
      writer.u8(DIRECTIONS.indexOf(act.to));
      break;
    case 'open':
      writer.string(act.url);
      break;
    case 'hover':
    case 'menu':
      writeAnchor(writer, act.at);
      break;
    case 'drag':
      writeAnchor(writer, act.from);
      writeAnchor(writer, act.to);
      break;
    case 'wheel':
      writeAnchor(writer, act.at);
      writer.signed(act.x);
      writer.signed(act.y);
      break;
    default:
      assertNever(act);
  }
}

function readAct(reader: Reader): Act {
  const act = pick(ACTS, reader.u8());
  switch (act) {
    case 'click':
      return { act, at: readAnchor(reader), count: reader.varint(MAX_CLICKS), modifiers: readModifiers(reader) };
    case 'type':
    case 'compose':
      return { act, node: nodeId(reader), text: reader.string(MAX_TYPED_UNITS * 3) };
    case 'key':
      return { act, node: nodeId(reader), key: reader.string(MAX_KEY_UNITS * 3), modifiers: readModifiers(reader) };
    case 'select':
      return { act, node: nodeId(reader), indices: readNumbers(reader, MAX_INDEX, MAX_INDEX) };
    case 'set':
      return { act, node: nodeId(reader), value: reader.string(MAX_TYPED_UNITS * 3) };
    case 'scroll':
      return { act, node: nodeId(reader), x: readPosition(reader), y: readPosition(reader) };
    case 'navigate':
      return { act, to: pick(DIRECTIONS, reader.u8()) };
    case 'open':
      return { act, url: reader.string(MAX_URL_UNITS * 3) };
    case 'hover':
    case 'menu':
      return { act, at: readAnchor(reader) };
    case 'drag':
      return { act, from: readAnchor(reader), to: readAnchor(reader) };
    case 'wheel':
      return { act, at: readAnchor(reader), x: readPosition(reader), y: readPosition(reader) };
    default:
      return assertNever(act);
  }
}

function writeModifiers(writer: Writer, modifiers: readonly Modifier[]): void {
  writer.u8(modifiers.reduce((bits, modifier) => bits | (1 << MODIFIERS.indexOf(modifier)), 0));
}

function readModifiers(reader: Reader): Modifier[] {
  const bits = reader.u8();
  if (bits >> MODIFIERS.length !== 0) throw new WireError('bad_token');
  return MODIFIERS.filter((_, index) => (bits & (1 << index)) !== 0);
}

function readPosition(reader: Reader): number {
  const position = reader.signed();
  if (Math.abs(position) > MAX_PIXELS) throw new WireError('number_too_large');
  return position;
}

function writeNumbers(writer: Writer, numbers: readonly number[]): void {
  writer.varint(numbers.length);
  for (const number of numbers) writer.varint(number);
}

function readNumbers(reader: Reader, maxCount: number, max: number): number[] {
  const numbers: number[] = [];
  for (let left = reader.varint(maxCount); left > 0; left -= 1) numbers.push(reader.varint(max));
  return numbers;
}
