/**
 * Customer → agent. Tree and sheet messages go over the *page* channel in their order; everything small goes over the
 * *live* channel, so that a pointer never waits behind a picture. docs/protocol.md describes each. What goes over the
 * *assets* channel is in asset-message.ts.
 */
import { assertNever } from './assert-never.ts';
import { OUTCOMES, type EndReason, type Outcome } from './errors.ts';
import {
  MAX_ADOPTED_SHEETS,
  MAX_ASSET_BYTES,
  MAX_ASSETS,
  MAX_CONSTRUCTED_SHEETS,
  MAX_FRAME_DOCUMENTS,
  MAX_LABEL_UNITS,
  MAX_STATE_NODES,
  MAX_SHEET_UNITS,
  MAX_STRING_UNITS,
  MAX_URL_UNITS,
} from './limits.ts';
import type { MaskedText } from './masked-text.ts';
import type { NodeId } from './node-id.ts';
import { createReader, type Reader } from './reader.ts';
import { readStrokePart, writeStrokePart, type StrokePart } from './stroke.ts';
import { WireError } from './wire-error.ts';
import { createWriter, type Writer } from './writer.ts';

export type CompatMode = 'standards' | 'limited-quirks' | 'quirks';
export type SessionMode = 'pointer' | 'write';

/** Where a pointer is: inside an element's box, so that it lands right when the two windows differ. */
export interface Anchor {
  readonly node: NodeId;
  /** Fractions of the element's box, 0 … 1. */
  readonly x: number;
  readonly y: number;
}

/** Why something of the page is missing in the mirror, for the agent's "Not shown" list. */
export const NOT_SHOWN_REASONS = ['cross-origin', 'too-large', 'unsupported', 'unreadable', 'font'] as const;
export type NotShownReason = (typeof NOT_SHOWN_REASONS)[number];

/** States of an element that only selectors know of; `undefined`: a custom element whose class is not there. */
export const ELEMENT_STATES = [
  'focus-visible',
  'active',
  'user-invalid',
  'user-valid',
  'modal',
  'popover-open',
  'fullscreen',
  'target',
  'undefined',
  'autofill',
  'open',
  'hover',
  'interest-source',
  'interest-target',
] as const;
export type ElementState = (typeof ELEMENT_STATES)[number];

/** In a text or a field `offset` is in UTF-16 units, in a masked one 0; of another node 0 is the place before it, 1 the end of its content. */
export interface SelectionEnd {
  readonly node: NodeId;
  readonly offset: number;
}

/** What elements that name no scheme are drawn in: `normal` is light; the others come from the page's `<meta>`. */
export const PAGE_SCHEMES = ['normal', 'light', 'dark'] as const;
export type PageScheme = (typeof PAGE_SCHEMES)[number];

/** What a browser is set to, in CSS pixels. */
export interface BrowserSizes {
  /** What its scroll bars take of what they scroll; 0: they lie over it. */
  readonly scrollBar: number;
  /** With `scrollbar-width: thin`. */
  readonly thinScrollBar: number;
  /** `medium`: of pages that say nothing, and what `em` is in media queries. */
  readonly fontSize: number;
}

/** What a phone's own bars and edges take of the page, in CSS pixels. */
export interface ScreenLengths {
  /** What `env(safe-area-inset-…)` comes to: top, right, bottom, left. */
  readonly insets: readonly number[];
  /** `100lvh`, `100svh` and `100dvh`, where they are not the viewport's height; 0: it is. */
  readonly heights: readonly number[];
}

export interface Preferences extends ScreenLengths {
  /** For each of preferences.ts in order: bit i is set when its i-th word holds. 0: the browser does not know it. */
  readonly holding: readonly number[];
  readonly devicePixelRatio: number;
  readonly pageScheme: PageScheme;
  readonly sizes: BrowserSizes;
  /** Of the root element, in CSS pixels: what its `rem` is. */
  readonly rootFontSize: number;
}

/** A part of the page, from its top left corner, in CSS pixels. Without width: the whole viewport is seen. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type DrawnBy = (typeof DRAWN_BY)[number];

export type PageMessage =
  // Page channel
  /** A document starts: the mirror empties itself; numbers, assets and dictionary begin anew. */
  | {
      readonly type: 'begin';
      readonly compatMode: CompatMode;
      readonly url: MaskedText;
      readonly title: MaskedText;
      readonly width: number;
      readonly height: number;
      readonly devicePixelRatio: number;
    }
  /** tree-writer.ts makes the body, tree-reader.ts takes it. */
  | { readonly type: 'tree'; readonly body: Uint8Array }
  /** Until `complete`: this node's top edge is so far below that of the viewport, in CSS pixels. */
  | { readonly type: 'in-view'; readonly node: NodeId; readonly top: number }
  /** The first picture is complete; until then the mirror is being built. */
  | { readonly type: 'complete' }
  /** The text of a style sheet that markup does not carry; `url(asset:N)` stands for what it refers to. */
  | { readonly type: 'sheet'; readonly node: NodeId; readonly text: MaskedText }
  /** As `sheet`, with its text in a file: `url(asset:K)` in it stands for the K-th of `files`. */
  | {
      readonly type: 'sheet-file';
      readonly node: NodeId;
      readonly asset: number;
      readonly files: readonly number[];
    }
  /** Rules added at its end. */
  | { readonly type: 'sheet-more'; readonly node: NodeId; readonly text: MaskedText }
  /** The media it is for, in place of what markup says. */
  | { readonly type: 'sheet-media'; readonly node: NodeId; readonly text: MaskedText }
  /** The text of constructed sheet N; again when it changed. */
  | { readonly type: 'constructed'; readonly sheet: number; readonly text: MaskedText }
  /** All that a document or shadow root has adopted, in order. */
  | { readonly type: 'adopted'; readonly node: NodeId; readonly sheets: readonly number[] }
  /** These nodes are in the state, and no others. */
  | { readonly type: 'state'; readonly state: ElementState; readonly nodes: readonly NodeId[] }
  /** What a canvas shows now. */
  | { readonly type: 'picture'; readonly node: NodeId; readonly mime: MaskedText; readonly bytes: Uint8Array }
  | { readonly type: 'not-shown'; readonly node: NodeId; readonly reason: NotShownReason }
  | { readonly type: 'viewport'; readonly width: number; readonly height: number; readonly devicePixelRatio: number }
  /** The part of the viewport that the customer sees: they have zoomed in, or a keyboard covers the rest. */
  | ({ readonly type: 'sight' } & Sight)
  | { readonly type: 'address'; readonly url: MaskedText; readonly title: MaskedText }
  /** What media queries answer at the customer's. */
  | ({ readonly type: 'preferences' } & Preferences)
  /** The text the customer has selected; both ends the same: the caret; both nodes 0: none. */
  | { readonly type: 'selection'; readonly from: SelectionEnd; readonly to: SelectionEnd }
  /** 0: nothing has the focus. */
  | { readonly type: 'focus'; readonly node: NodeId }
  /** A message of the document in the frame at `node`; `frame` is that document's number in this picture. */
  | { readonly type: 'in-frame'; readonly node: NodeId; readonly frame: number; readonly message: Uint8Array }
  /** After `complete`: what was pinned before this picture began, and still is. */
  | { readonly type: 'pinned'; readonly by: DrawnBy; readonly at: Anchor; readonly text: MaskedText }
  // Live channel
  | { readonly type: 'hello'; readonly version: number }
  | { readonly type: 'ping'; readonly sentAt: number }
  | { readonly type: 'pong'; readonly sentAt: number }
  | { readonly type: 'pointer'; readonly at: Anchor }
  | { readonly type: 'pointer-left' }
  | { readonly type: 'clicked'; readonly at: Anchor }
  /** The epoch changes at every grant and revoke; a command carries the one it was made under. */
  | { readonly type: 'mode'; readonly mode: SessionMode; readonly epoch: number }
  | { readonly type: 'write-answer'; readonly answer: 'denied' | 'timeout' | 'not-offered' }
  | { readonly type: 'outcome'; readonly sequence: number; readonly outcome: Outcome }
  /** The session is over; the server is told as well, when it can be. */
  | { readonly type: 'bye'; readonly reason: Farewell }
  | ({ readonly type: 'draw' } & StrokePart)
  /** A few words pinned to an element. */
  | { readonly type: 'comment'; readonly at: Anchor; readonly text: MaskedText }
  /** Takes away all that either side has drawn and pinned. */
  | { readonly type: 'clear-drawing' };

const KIND = {
  begin: 1,
  tree: 2,
  complete: 3,
  sheet: 4,
  'not-shown': 6,
  viewport: 7,
  address: 8,
  focus: 9,
  picture: 10,
  adopted: 11,
  constructed: 12,
  'sheet-more': 13,
  'sheet-media': 14,
  state: 15,
  'sheet-file': 18,
  selection: 20,
  'in-frame': 21,
  pinned: 22,
  preferences: 23,
  'in-view': 24,
  sight: 25,
  hello: 32,
  ping: 33,
  pong: 34,
  pointer: 35,
  'pointer-left': 36,
  clicked: 37,
  mode: 38,
  'write-answer': 39,
  outcome: 40,
  bye: 41,
  draw: 45,
  comment: 46,
  'clear-drawing': 47,
} as const satisfies Record<PageMessage['type'], number>;

const COMPAT_MODES = ['standards', 'limited-quirks', 'quirks'] as const;
const MODES = ['pointer', 'write'] as const;
const DRAWN_BY = ['customer', 'agent'] as const;
const ANSWERS = ['denied', 'timeout', 'not-offered'] as const;
const FAREWELLS = ['customer_ended', 'interaction_ended'] as const satisfies EndReason[];
/** The ends that begin in the customer's page. */
export type Farewell = (typeof FAREWELLS)[number];
/** How many words each of preferences.ts has: the words themselves are only loaded where they are asked for. */
export const PREFERENCE_WORDS: readonly number[] = [2, 2, 4, 2, 2, 2, 2, 2, 3, 3];
const MAX_PIXELS = 100_000;
const MAX_SIZE_PIXELS = 100;
const MAX_FONT_HUNDREDTHS = 100_000;
const MAX_RATIO_HUNDREDTHS = 10_000;
const MAX_NUMBER = Number.MAX_SAFE_INTEGER;
/** Fractions travel as 0 … 10,000: a hundredth of a pixel on a screen. */
const ANCHOR_STEPS = 10_000;

/** Bytes of one message, ready for frames. */
export function writePageMessage(message: PageMessage): Uint8Array {
  if (message.type === 'tree') return treeMessage(message.body);
  const writer = createWriter();
  writer.u8(KIND[message.type]);
  switch (message.type) {
    case 'begin':
      writer.u8(COMPAT_MODES.indexOf(message.compatMode));
      writer.string(message.url);
      writer.string(message.title);
      writeViewport(writer, message);
      break;
    case 'sheet':
    case 'sheet-more':
    case 'sheet-media':
      writer.varint(message.node);
      writer.string(message.text);
      break;
    case 'constructed':
      writer.varint(message.sheet);
      writer.string(message.text);
      break;
    case 'adopted':
      writer.varint(message.node);
      writeList(writer, message.sheets);
      break;
    case 'state':
      writer.u8(ELEMENT_STATES.indexOf(message.state));
      writeList(writer, message.nodes);
      break;
    case 'sheet-file':
      writer.varint(message.node);
      writer.varint(message.asset);
      writeList(writer, message.files);
      break;
    case 'picture':
      writer.varint(message.node);
      writer.string(message.mime);
      writer.rest(message.bytes);
      break;
    case 'not-shown':
      writer.varint(message.node);
      writer.u8(NOT_SHOWN_REASONS.indexOf(message.reason));
      break;
    case 'viewport':
      writeViewport(writer, message);
      break;
    case 'sight':
      writer.signed(message.x);
      writer.signed(message.y);
      writer.varint(within(message.width, 0, MAX_PIXELS));
      writer.varint(within(message.height, 0, MAX_PIXELS));
      break;
    case 'address':
      writer.string(message.url);
      writer.string(message.title);
      break;
    case 'preferences':
      writer.varints(message.holding);
      writeRatio(writer, message.devicePixelRatio);
      writer.u8(PAGE_SCHEMES.indexOf(message.pageScheme));
      for (const size of [message.sizes.scrollBar, message.sizes.thinScrollBar, message.sizes.fontSize])
        writer.varint(within(size, 0, MAX_SIZE_PIXELS));
      writer.varint(within(message.rootFontSize * 100, 0, MAX_FONT_HUNDREDTHS));
      for (const length of [...message.insets, ...message.heights]) writer.varint(within(length, 0, MAX_PIXELS));
      break;
    case 'selection':
      writer.varints([message.from.node, message.from.offset, message.to.node, message.to.offset]);
      break;
    case 'focus':
      writer.varint(message.node);
      break;
    case 'in-view':
      writer.varint(message.node);
      writer.signed(message.top);
      break;
    case 'in-frame':
      writer.varint(message.node);
      writer.varint(message.frame);
      writer.rest(message.message);
      break;
    case 'hello':
      writer.varint(message.version);
      break;
    case 'ping':
    case 'pong':
      writer.varint(message.sentAt);
      break;
    case 'pointer':
    case 'clicked':
      writeAnchor(writer, message.at);
      break;
    case 'mode':
      writer.u8(MODES.indexOf(message.mode));
      writer.varint(message.epoch);
      break;
    case 'write-answer':
      writer.u8(ANSWERS.indexOf(message.answer));
      break;
    case 'outcome':
      writer.varint(message.sequence);
      writer.u8(OUTCOMES.indexOf(message.outcome));
      break;
    case 'bye':
      writer.u8(FAREWELLS.indexOf(message.reason));
      break;
    case 'draw':
      writeStrokePart(writer, message);
      break;
    case 'pinned':
      writer.u8(DRAWN_BY.indexOf(message.by));
      writeAnchor(writer, message.at);
      writer.string(message.text);
      break;
    case 'comment':
      writeAnchor(writer, message.at);
      writer.string(message.text);
      break;
    case 'clear-drawing':
    case 'complete':
    case 'pointer-left':
      break;
    default:
      assertNever(message);
  }
  return writer.finish();
}

/** The largest of all, so it is copied once. */
function treeMessage(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = KIND.tree;
  bytes.set(body, 1);
  return bytes;
}

/**
 * Reads one message of the customer's page. What comes from there is foreign: the `MaskedText` in the result says where
 * it came from, not that it is harmless.
 * @returns `null` for a kind this version does not know: count it and drop it
 * @throws WireError when the message is malformed
 */
export function readPageMessage(bytes: Uint8Array): PageMessage | null {
  const reader = createReader(bytes);
  const message = readBody(reader.u8(), reader);
  if (message !== null) reader.end();
  return message;
}

/** The envelope alone, when it is one; `null` for any other message. @throws WireError when it is malformed */
export function readInFrame(bytes: Uint8Array): Extract<PageMessage, { type: 'in-frame' }> | null {
  const message = bytes[0] === KIND['in-frame'] ? readPageMessage(bytes) : null;
  return message?.type === 'in-frame' ? message : null;
}

function readBody(kind: number, reader: Reader): PageMessage | null {
  switch (kind) {
    case KIND.begin:
      return {
        type: 'begin',
        compatMode: pick(COMPAT_MODES, reader.u8()),
        url: text(reader, MAX_URL_UNITS),
        title: text(reader, MAX_LABEL_UNITS),
        ...readViewport(reader),
      };
    case KIND.tree:
      return { type: 'tree', body: reader.rest() };
    case KIND.complete:
      return { type: 'complete' };
    case KIND.sheet:
      return { type: 'sheet', node: nodeId(reader), text: text(reader, MAX_SHEET_UNITS) };
    case KIND['sheet-more']:
      return { type: 'sheet-more', node: nodeId(reader), text: text(reader, MAX_SHEET_UNITS) };
    case KIND['sheet-media']:
      return { type: 'sheet-media', node: nodeId(reader), text: text(reader, MAX_STRING_UNITS) };
    case KIND.constructed:
      return { type: 'constructed', sheet: sheetNumber(reader), text: text(reader, MAX_SHEET_UNITS) };
    case KIND.adopted:
      return { type: 'adopted', node: nodeId(reader), sheets: list(reader, MAX_ADOPTED_SHEETS, sheetNumber) };
    case KIND.state:
      return { type: 'state', state: pick(ELEMENT_STATES, reader.u8()), nodes: list(reader, MAX_STATE_NODES, nodeId) };
    case KIND['sheet-file']:
      return {
        type: 'sheet-file',
        node: nodeId(reader),
        asset: assetNumber(reader),
        files: list(reader, MAX_ASSETS, assetNumber),
      };
    case KIND.picture:
      return { type: 'picture', node: nodeId(reader), mime: text(reader, 100), bytes: limited(reader.rest()) };
    case KIND['not-shown']:
      return { type: 'not-shown', node: nodeId(reader), reason: pick(NOT_SHOWN_REASONS, reader.u8()) };
    case KIND.viewport:
      return { type: 'viewport', ...readViewport(reader) };
    case KIND.sight:
      return {
        type: 'sight',
        x: reader.signed(),
        y: reader.signed(),
        width: reader.varint(MAX_PIXELS),
        height: reader.varint(MAX_PIXELS),
      };
    case KIND.address:
      return { type: 'address', url: text(reader, MAX_URL_UNITS), title: text(reader, MAX_LABEL_UNITS) };
    case KIND.preferences:
      return {
        type: 'preferences',
        holding: PREFERENCE_WORDS.map((words) => reader.varint(2 ** words - 1)),
        devicePixelRatio: readRatio(reader),
        pageScheme: pick(PAGE_SCHEMES, reader.u8()),
        sizes: {
          scrollBar: reader.varint(MAX_SIZE_PIXELS),
          thinScrollBar: reader.varint(MAX_SIZE_PIXELS),
          fontSize: reader.varint(MAX_SIZE_PIXELS),
        },
        rootFontSize: reader.varint(MAX_FONT_HUNDREDTHS) / 100,
        insets: [0, 0, 0, 0].map(() => reader.varint(MAX_PIXELS)),
        heights: [0, 0, 0].map(() => reader.varint(MAX_PIXELS)),
      };
    case KIND.selection:
      return { type: 'selection', from: selectionEnd(reader), to: selectionEnd(reader) };
    case KIND.focus:
      return { type: 'focus', node: nodeId(reader) };
    case KIND['in-view']:
      return { type: 'in-view', node: nodeId(reader), top: reader.signed() };
    case KIND['in-frame']:
      return {
        type: 'in-frame',
        node: nodeId(reader),
        frame: reader.varint(MAX_FRAME_DOCUMENTS),
        message: reader.rest(),
      };
    case KIND.pinned:
      return {
        type: 'pinned',
        by: pick(DRAWN_BY, reader.u8()),
        at: readAnchor(reader),
        text: text(reader, MAX_LABEL_UNITS),
      };
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
    case KIND.clicked:
      return { type: 'clicked', at: readAnchor(reader) };
    case KIND.mode:
      return { type: 'mode', mode: pick(MODES, reader.u8()), epoch: reader.varint(MAX_NUMBER) };
    case KIND['write-answer']:
      return { type: 'write-answer', answer: pick(ANSWERS, reader.u8()) };
    case KIND.outcome:
      return { type: 'outcome', sequence: reader.varint(MAX_NUMBER), outcome: pick(OUTCOMES, reader.u8()) };
    case KIND.bye:
      return { type: 'bye', reason: pick(FAREWELLS, reader.u8()) };
    case KIND.draw:
      return { type: 'draw', ...readStrokePart(reader) };
    case KIND.comment:
      return { type: 'comment', at: readAnchor(reader), text: text(reader, MAX_LABEL_UNITS) };
    case KIND['clear-drawing']:
      return { type: 'clear-drawing' };
    default:
      return null;
  }
}

interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

function writeViewport(writer: Writer, viewport: Viewport): void {
  writer.varint(within(viewport.width, 0, MAX_PIXELS));
  writer.varint(within(viewport.height, 0, MAX_PIXELS));
  writeRatio(writer, viewport.devicePixelRatio);
}

function writeRatio(writer: Writer, devicePixelRatio: number): void {
  writer.varint(within(devicePixelRatio * 100, 1, MAX_RATIO_HUNDREDTHS));
}

function readRatio(reader: Reader): number {
  return reader.varint(MAX_RATIO_HUNDREDTHS) / 100;
}

function readViewport(reader: Reader): Viewport {
  return {
    width: reader.varint(MAX_PIXELS),
    height: reader.varint(MAX_PIXELS),
    devicePixelRatio: readRatio(reader),
  };
}

/** A page's scripts may have put anything in the place of the window's numbers. */
function within(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, Math.round(value) || 0));
}

export function writeAnchor(writer: Writer, at: Anchor): void {
  writer.varint(at.node);
  writer.varint(steps(at.x));
  writer.varint(steps(at.y));
}

export function readAnchor(reader: Reader): Anchor {
  return {
    node: nodeId(reader),
    x: reader.varint(ANCHOR_STEPS) / ANCHOR_STEPS,
    y: reader.varint(ANCHOR_STEPS) / ANCHOR_STEPS,
  };
}

function steps(fraction: number): number {
  return Math.round(Math.min(1, Math.max(0, fraction || 0)) * ANCHOR_STEPS);
}

export function nodeId(reader: Reader): NodeId {
  return reader.varint(MAX_NUMBER) as NodeId;
}

function selectionEnd(reader: Reader): SelectionEnd {
  return { node: nodeId(reader), offset: reader.varint(MAX_STRING_UNITS) };
}

function assetNumber(reader: Reader): number {
  return reader.varint(MAX_ASSETS - 1);
}

function sheetNumber(reader: Reader): number {
  return reader.varint(MAX_CONSTRUCTED_SHEETS - 1);
}

function writeList(writer: Writer, numbers: readonly number[]): void {
  writer.varint(numbers.length);
  writer.varints(numbers);
}

function list<T>(reader: Reader, most: number, read: (reader: Reader) => T): T[] {
  const items: T[] = [];
  for (let count = reader.varint(most); count > 0; count -= 1) items.push(read(reader));
  return items;
}

/** One of a closed list, by its place; anything else is malformed. */
export function pick<T>(choices: readonly T[], index: number): T {
  const choice = choices[index];
  if (choice === undefined) throw new WireError('bad_token');
  return choice;
}

/** A UTF-16 unit takes at most three bytes of UTF-8. */
function text(reader: Reader, maxUnits: number): MaskedText {
  return reader.string(maxUnits * 3) as MaskedText;
}

function limited(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_ASSET_BYTES) throw new WireError('message_too_large');
  return bytes;
}
