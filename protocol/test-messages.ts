/** For tests only: page messages of every kind. */
import * as fc from 'fast-check';
import { OUTCOMES } from './errors.ts';
import { MAX_ASSETS, MAX_FRAME_DOCUMENTS, MAX_STRING_UNITS } from './limits.ts';
import type { MaskedText } from './masked-text.ts';
import type { NodeId } from './node-id.ts';
import { ELEMENT_STATES, NOT_SHOWN_REASONS, PAGE_SCHEMES, PREFERENCE_WORDS, type PageMessage } from './page-message.ts';
import { anyNumber, anyStroke } from './test-random.ts';

const anyNode = anyNumber as fc.Arbitrary<NodeId>;
const anyEnd = fc.record({ node: anyNode, offset: fc.nat(MAX_STRING_UNITS) });
const anyPixels = fc.nat(100_000);
const anyRatio = fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100);
const anyFraction = fc.nat(10_000).map((steps) => steps / 10_000);
const anyAnchor = fc.record({ node: anyNode, x: anyFraction, y: anyFraction });
const anyBytes = fc.uint8Array({ maxLength: 100 });

type AnyOfEach = { readonly [T in PageMessage['type']]: fc.Arbitrary<Extract<PageMessage, { type: T }>> };

/** One arbitrary for every kind: a kind without one does not compile. @param anyText for texts, addresses and sheets */
export function anyPageMessages(anyText: fc.Arbitrary<string>): AnyOfEach {
  const anyMasked = anyText as fc.Arbitrary<MaskedText>;
  return {
    begin: fc.record({
      type: fc.constant('begin'),
      compatMode: fc.constantFrom('standards', 'limited-quirks', 'quirks'),
      url: anyMasked,
      title: anyMasked,
      width: anyPixels,
      height: anyPixels,
      devicePixelRatio: anyRatio,
    }),
    tree: fc.record({ type: fc.constant('tree'), body: anyBytes }),
    complete: fc.record({ type: fc.constant('complete') }),
    sheet: fc.record({ type: fc.constant('sheet'), node: anyNode, text: anyMasked }),
    'sheet-more': fc.record({ type: fc.constant('sheet-more'), node: anyNode, text: anyMasked }),
    'sheet-media': fc.record({ type: fc.constant('sheet-media'), node: anyNode, text: anyMasked }),
    constructed: fc.record({ type: fc.constant('constructed'), sheet: fc.nat(1_999), text: anyMasked }),
    adopted: fc.record({
      type: fc.constant('adopted'),
      node: anyNode,
      sheets: fc.array(fc.nat(1_999), { maxLength: 256 }),
    }),
    state: fc.record({
      type: fc.constant('state'),
      state: fc.constantFrom(...ELEMENT_STATES),
      nodes: fc.array(anyNode, { maxLength: 1_000 }),
    }),
    'sheet-file': fc.record({
      type: fc.constant('sheet-file'),
      node: anyNode,
      asset: fc.nat(MAX_ASSETS - 1),
      files: fc.array(fc.nat(MAX_ASSETS - 1)),
    }),
    picture: fc.record({
      type: fc.constant('picture'),
      node: anyNode,
      mime: anyMasked,
      bytes: anyBytes,
    }),
    'not-shown': fc.record({
      type: fc.constant('not-shown'),
      node: anyNode,
      reason: fc.constantFrom(...NOT_SHOWN_REASONS),
    }),
    viewport: fc.record({
      type: fc.constant('viewport'),
      width: anyPixels,
      height: anyPixels,
      devicePixelRatio: anyRatio,
    }),
    address: fc.record({ type: fc.constant('address'), url: anyMasked, title: anyMasked }),
    preferences: fc.record({
      type: fc.constant('preferences'),
      holding: fc.tuple(...PREFERENCE_WORDS.map((words) => fc.nat(2 ** words - 1))),
      devicePixelRatio: anyRatio,
      pageScheme: fc.constantFrom(...PAGE_SCHEMES),
      sizes: fc.record({ scrollBar: fc.nat(100), thinScrollBar: fc.nat(100), fontSize: fc.nat(100) }),
      rootFontSize: fc.nat(100_000).map((hundredths) => hundredths / 100),
      insets: fc.array(fc.nat(100_000), { minLength: 4, maxLength: 4 }),
      heights: fc.array(fc.nat(100_000), { minLength: 3, maxLength: 3 }),
    }),
    selection: fc.record({ type: fc.constant('selection'), from: anyEnd, to: anyEnd }),
    focus: fc.record({ type: fc.constant('focus'), node: anyNode }),
    sight: fc.record({
      type: fc.constant('sight'),
      x: fc.integer({ min: -100_000, max: 100_000 }),
      y: fc.integer({ min: -100_000, max: 100_000 }),
      width: fc.integer({ min: 0, max: 100_000 }),
      height: fc.integer({ min: 0, max: 100_000 }),
    }),
    'in-view': fc.record({
      type: fc.constant('in-view'),
      node: anyNode,
      top: fc.integer({ min: -100_000, max: 100_000 }),
    }),
    'in-frame': fc.record({
      type: fc.constant('in-frame'),
      node: anyNode,
      frame: fc.nat(MAX_FRAME_DOCUMENTS),
      message: anyBytes,
    }),
    hello: fc.record({ type: fc.constant('hello'), version: fc.nat(0xffff) }),
    ping: fc.record({ type: fc.constant('ping'), sentAt: anyNumber }),
    pong: fc.record({ type: fc.constant('pong'), sentAt: anyNumber }),
    pointer: fc.record({ type: fc.constant('pointer'), at: anyAnchor }),
    'pointer-left': fc.record({ type: fc.constant('pointer-left') }),
    clicked: fc.record({ type: fc.constant('clicked'), at: anyAnchor }),
    mode: fc.record({ type: fc.constant('mode'), mode: fc.constantFrom('pointer', 'write'), epoch: anyNumber }),
    'write-answer': fc.record({
      type: fc.constant('write-answer'),
      answer: fc.constantFrom('denied', 'timeout', 'not-offered'),
    }),
    outcome: fc.record({
      type: fc.constant('outcome'),
      sequence: anyNumber,
      outcome: fc.constantFrom(...OUTCOMES),
    }),
    bye: fc.record({ type: fc.constant('bye'), reason: fc.constantFrom('customer_ended', 'interaction_ended') }),
    draw: anyStroke,
    pinned: fc.record({
      type: fc.constant('pinned'),
      by: fc.constantFrom('customer', 'agent'),
      at: anyAnchor,
      text: anyMasked,
    }),
    comment: fc.record({ type: fc.constant('comment'), at: anyAnchor, text: anyMasked }),
    'clear-drawing': fc.record({ type: fc.constant('clear-drawing') }),
  };
}
