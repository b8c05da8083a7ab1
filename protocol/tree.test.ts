import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_STRING_UNITS, MAX_TREE_DEPTH } from './limits.ts';
import { TEXT_SEPARATOR } from './masked-text.ts';
import type { NodeId } from './node-id.ts';
import { MAX_SHAPES, type Namespace } from './shapes.ts';
import { anyChanges, asItIs, expectTruncationsSurvived, faultOf, holds, mutated } from './test-random.ts';
import { createTreeReader, type TreeHandler } from './tree-reader.ts';
import { createTreeWriter, MARK_REASONS, markWith, type OpenShape, type TreeWriter } from './tree-writer.ts';
import { createWriter } from './writer.ts';

/** Everything the handler hears, in order. */
type Log = unknown[][];

function recording(): { log: Log; handler: TreeHandler } {
  const log: Log = [];
  const note =
    (name: string) =>
    (...values: unknown[]) =>
      void log.push([name, ...values]);
  const handler: TreeHandler = {
    detach: (removed, moved) => void log.push(['detach', [...removed], [...moved]]),
    openRun: note('openRun'),
    openElement: ({ namespace, tag, attributes }, values) =>
      void log.push(['openElement', namespace, tag, attributes, [...values]]),
    text: note('text'),
    openShadow: note('openShadow'),
    moved: note('moved'),
    close: note('close'),
    closeRun: note('closeRun'),
    attribute: note('attribute'),
    data: note('data'),
    field: note('field'),
    scroll: note('scroll'),
    mark: note('mark'),
  };
  return { log, handler };
}

const silent = (): TreeHandler => recording().handler;

// --- Random batches -----------------------------------------------------------------------------------------------------

interface ElementPart {
  readonly kind: 'element';
  readonly namespace: Namespace;
  readonly tag: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** `null`: it has none. */
  readonly children: readonly Part[] | null;
}
type Part =
  | ElementPart
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'moved'; readonly id: number }
  | { readonly kind: 'shadow'; readonly children: readonly Part[] };

interface Batch {
  readonly removed: readonly number[];
  readonly runs: readonly { readonly parent: number; readonly anchor: number; readonly parts: readonly Part[] }[];
  readonly attributes: readonly (readonly [id: number, name: string, value: string | null])[];
  readonly data: readonly (readonly [id: number, text: string])[];
  /** `null`: neither checked nor not. */
  readonly fields: readonly (readonly [id: number, state: string | boolean | null | readonly number[]])[];
  readonly scrolls: readonly (readonly [id: number, x: number, y: number])[];
  readonly marks: readonly (readonly [id: number, bits: number])[];
}

const anyId = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 50 }));
const anyText = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll(TEXT_SEPARATOR, ''));
const anyName = fc.oneof(
  fc.constantFrom('class', 'id', 'value', 'p', '#data', '=value', '__proto__', 'constructor'),
  fc.stringMatching(/^[a-z:@#=-]{1,8}$/u),
);
const anyPart = fc.letrec<{ part: Part; parts: Part[] }>((tie) => ({
  parts: fc.array(tie('part'), { maxLength: 4 }),
  part: fc.oneof(
    { depthSize: 'small' },
    fc.record({ kind: fc.constant('text' as const), text: anyText }),
    fc.record({ kind: fc.constant('moved' as const), id: anyId }),
    fc.record({
      kind: fc.constant('element' as const),
      namespace: fc.constantFrom('html' as const, 'svg' as const, 'mathml' as const),
      tag: fc.oneof(fc.constantFrom('div', 'p', 'data', '__proto__'), fc.stringMatching(/^[a-z-]{1,6}$/u)),
      attributes: fc.array(fc.tuple(anyName, anyText), { maxLength: 4 }),
      children: fc.option(tie('parts')),
    }),
    fc.record({ kind: fc.constant('shadow' as const), children: tie('parts') }),
  ),
}));
const anyBatch: fc.Arbitrary<Batch> = fc.record({
  removed: fc.array(anyId, { maxLength: 5 }),
  runs: fc.array(
    fc
      .record({ parent: anyId, anchor: fc.oneof(fc.constant(0), anyId), parts: anyPart.parts })
      .filter(({ parent, anchor }) => parent !== anchor),
    { maxLength: 4 },
  ),
  attributes: fc.array(fc.tuple(anyId, anyName, fc.option(anyText, { nil: null })), { maxLength: 4 }),
  data: fc.array(fc.tuple(anyId, anyText), { maxLength: 4 }),
  fields: fc.array(
    fc.tuple(anyId, fc.oneof(anyText, fc.boolean(), fc.constant(null), fc.array(fc.nat(250_000), { maxLength: 3 }))),
    { maxLength: 4 },
  ),
  scrolls: fc.array(
    fc.tuple(
      anyId,
      fc.integer({ min: -100_000_000, max: 100_000_000 }),
      fc.integer({ min: -100_000_000, max: 100_000_000 }),
    ),
    { maxLength: 4 },
  ),
  marks: fc.array(
    fc.tuple(
      anyId,
      fc.nat(3).chain((bits) => fc.constantFrom(...MARK_REASONS).map((why) => markWith(bits, why))),
    ),
    { maxLength: 4 },
  ),
});

/** Shapes are defined once in each dictionary, as the recorder does it. */
function createShapes(writer: TreeWriter) {
  let known = new Map<string, OpenShape>();
  let dictionary = writer.dictionaryNumber;
  return (namespace: Namespace, tag: string, attributes: readonly string[]): OpenShape => {
    if (dictionary !== writer.dictionaryNumber) known = new Map();
    dictionary = writer.dictionaryNumber;
    const key = JSON.stringify([namespace, tag, attributes]);
    const shape = known.get(key) ?? writer.define(namespace, tag, attributes);
    known.set(key, shape);
    return shape;
  };
}

const SECTIONS = ['removed', 'runs', 'attributes', 'data', 'fields', 'scrolls', 'marks'] as const;

/** Says a batch to a writer, section by section in any `order`. @returns what its reader must hear */
function writeBatch(
  writer: TreeWriter,
  shapeOf: ReturnType<typeof createShapes>,
  batch: Batch,
  order: readonly (typeof SECTIONS)[number][] = SECTIONS,
): Log {
  const moved: number[] = [];
  let log: Log = [];
  const id = (value: number) => value as NodeId;

  function writeParts(parts: readonly Part[], under: OpenShape | null): void {
    for (const part of parts) writePart(part, under);
  }

  function writePart(part: Part, under: OpenShape | null): void {
    switch (part.kind) {
      case 'text':
        writer.text(under, part.text);
        log.push(['text', part.text]);
        break;
      case 'moved':
        writer.moved(id(part.id));
        moved.push(part.id);
        log.push(['moved', part.id]);
        break;
      case 'shadow':
        writer.openShadow();
        log.push(['openShadow']);
        writeParts(part.children, null);
        writer.close();
        log.push(['close']);
        break;
      case 'element':
        writeElement(part);
        break;
      default:
        throw new Error('unreachable');
    }
  }

  function writeElement({ namespace, tag, attributes, children }: ElementPart): void {
    const names = attributes.map(([name]) => name);
    const shape = shapeOf(namespace, tag, names);
    const values = attributes.map(([, value]) => value);
    writer.openElement(shape, values, children !== null);
    log.push(['openElement', namespace, tag, names, values]);
    if (children !== null) {
      writeParts(children, shape);
      writer.close();
    }
    log.push(['close']);
  }

  function writeRuns(): void {
    for (const { parent, anchor, parts } of batch.runs) {
      writer.openRun(id(parent), id(anchor));
      log.push(['openRun', parent, anchor]);
      writeParts(parts, null);
      writer.closeRun();
      log.push(['closeRun']);
    }
  }

  function writeField(node: number, state: Batch['fields'][number][1]): void {
    if (typeof state === 'boolean' || state === null) {
      const checked = state ?? 'indeterminate';
      writer.fieldChecked(id(node), checked);
      log.push(['field', node, { kind: 'checked', checked }]);
    } else if (typeof state === 'string') {
      writer.fieldValue(id(node), state);
      log.push(['field', node, { kind: 'value', value: state }]);
    } else {
      writer.fieldSelected(id(node), state);
      log.push(['field', node, { kind: 'selected', indices: state }]);
    }
  }

  const say: Record<(typeof SECTIONS)[number], () => void> = {
    removed() {
      for (const each of batch.removed) writer.removed(id(each));
    },
    runs: writeRuns,
    attributes() {
      for (const [node, name, value] of batch.attributes) {
        writer.attribute(id(node), name, value === null ? null : value);
        log.push(['attribute', node, name, value]);
      }
    },
    data() {
      for (const [node, text] of batch.data) {
        writer.data(id(node), text);
        log.push(['data', node, text]);
      }
    },
    fields() {
      for (const [node, state] of batch.fields) writeField(node, state);
    },
    scrolls() {
      for (const [node, x, y] of batch.scrolls) {
        writer.scroll(id(node), x, y);
        log.push(['scroll', node, x, y]);
      }
    },
    marks() {
      for (const [node, bits] of batch.marks) {
        writer.mark(id(node), bits);
        log.push(['mark', node, bits]);
      }
    },
  };
  const heard = new Map<(typeof SECTIONS)[number], Log>();
  for (const section of order) {
    log = [];
    say[section]();
    heard.set(section, log);
  }
  return [['detach', batch.removed, moved], ...SECTIONS.flatMap((section) => heard.get(section) ?? [])];
}

function bytesOf(batch: Batch): Uint8Array {
  const writer = createTreeWriter(asItIs);
  writeBatch(writer, createShapes(writer), batch);
  return writer.finish();
}

/** A body by hand: what our writer would never write. */
interface Crafted {
  readonly flags?: number;
  readonly definitions?: readonly string[];
  /** Column and how many texts it has. */
  readonly counts?: readonly (readonly [distance: number, count: number])[];
  readonly texts?: readonly string[];
  /** Each its count, then its bytes. */
  readonly sections?: readonly (readonly number[])[];
}

function crafted({ flags = 1, definitions = [], counts = [], texts = [], sections = [] }: Crafted): Uint8Array {
  const writer = createWriter();
  writer.u8(flags);
  writer.varint(definitions.length);
  writer.varint(counts.length);
  for (const pair of counts) for (const number of pair) writer.varint(number);
  const body = [...sections];
  while (body.length < 8) body.push([0]);
  writer.bytes(Uint8Array.from(body.flat()));
  writer.rest(new TextEncoder().encode([...definitions, ...texts].join(TEXT_SEPARATOR)));
  return writer.finish();
}

const faultWhenRead = (body: Uint8Array) => faultOf(() => createTreeReader().read(body, silent()));

// --- The tests --------------------------------------------------------------------------------------------------------

describe('batches', () => {
  test('are heard by the reader as the writer was told, one after the other', () => {
    holds(
      fc.property(fc.array(anyBatch, { minLength: 1, maxLength: 4 }), (batches) => {
        const writer = createTreeWriter(asItIs);
        const reader = createTreeReader();
        const shapeOf = createShapes(writer);
        for (const batch of batches) {
          const expected = writeBatch(writer, shapeOf, batch);
          const { log, handler } = recording();
          reader.read(writer.finish(), handler);
          expect(log).toEqual(expected);
          expect(writer.isEmpty).toBe(true);
          expect(writer.roughSize).toBe(0);
        }
      }),
      150,
    );
  });

  test('are heard section by section, in whatever order they were told', () => {
    const anyOrder = fc.shuffledSubarray([...SECTIONS], { minLength: SECTIONS.length });
    holds(
      fc.property(fc.array(fc.tuple(anyBatch, anyOrder), { minLength: 1, maxLength: 3 }), (batches) => {
        const writer = createTreeWriter(asItIs);
        const reader = createTreeReader();
        const shapeOf = createShapes(writer);
        for (const [batch, order] of batches) {
          const expected = writeBatch(writer, shapeOf, batch, order);
          const { log, handler } = recording();
          reader.read(writer.finish(), handler);
          expect(log).toEqual(expected);
        }
      }),
      100,
    );
  });

  test('cut off at any byte are heard in part or refused, nothing else', () => {
    holds(
      fc.property(anyBatch, (batch) =>
        expectTruncationsSurvived(bytesOf(batch), (bytes) => createTreeReader().read(bytes, silent())),
      ),
      60,
    );
  });

  test('with a tail are refused', () => {
    holds(
      fc.property(anyBatch, (batch) => {
        const tail = [...bytesOf(batch), TEXT_SEPARATOR.charCodeAt(0), 0x61];
        expect(faultWhenRead(Uint8Array.from(tail))).not.toBeNull();
      }),
    );
  });

  test('with a few bytes changed are heard or refused', () => {
    holds(
      fc.property(anyBatch, anyChanges, (batch, changes) => {
        faultWhenRead(mutated(bytesOf(batch), changes));
      }),
      2_000,
    );
  });

  test('of ten thousand times random bytes are heard or refused', () => {
    holds(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        faultWhenRead(bytes);
      }),
      10_000,
    );
  });

  test('with random sections under a good dictionary are heard or refused', () => {
    const smallNumber = fc.nat(12);
    holds(
      fc.property(
        fc.array(fc.array(smallNumber, { maxLength: 10 }), { maxLength: 8 }),
        smallNumber,
        (sections, many) => {
          const texts = Array.from({ length: 1 + many }, () => 'x');
          const definitions = ['hp class', '@#data', '@=value'];
          faultWhenRead(
            crafted({
              definitions,
              counts: [
                [0, 1],
                [2, many],
              ],
              texts,
              sections,
            }),
          );
        },
      ),
      5_000,
    );
  });

  test('of marks alone are not empty', () => {
    const writer = createTreeWriter(asItIs);
    expect(writer.isEmpty).toBe(true);
    writer.mark(5 as NodeId, 1);
    expect(writer.isEmpty).toBe(false);
  });
});

describe('the dictionary', () => {
  test('begins anew on both sides when it is half full, and nothing is lost', () => {
    const writer = createTreeWriter(asItIs);
    const reader = createTreeReader();
    const shapeOf = createShapes(writer);
    const element = (tag: string): Part => ({
      kind: 'element',
      namespace: 'html',
      tag,
      attributes: [['class', tag]],
      children: null,
    });
    let renewals = 0;
    for (let round = 0; round < 12; round += 1) {
      const parts = Array.from({ length: 1_000 }, (_, index) => element(`t${round}-${index}`));
      const batch: Batch = {
        removed: [],
        runs: [{ parent: 1, anchor: 0, parts: [...parts, element('p'), { kind: 'text', text: 'x' }] }],
        attributes: [[5, 'id', String(round)]],
        data: [],
        fields: [],
        scrolls: [],
        marks: [],
      };
      const expected = writeBatch(writer, shapeOf, batch);
      const body = writer.finish();
      if (body[0] === 1) renewals += 1;
      const { log, handler } = recording();
      reader.read(body, handler);
      expect(JSON.stringify(log) === JSON.stringify(expected)).toBe(true);
    }
    expect(renewals).toBe(2);
    expect(writer.dictionaryNumber).toBe(2);
  });

  test('refuses more shapes than a page can need', () => {
    const definitions = Array.from({ length: MAX_SHAPES + 1 }, (_, index) => `hx${index % 7} a`);
    expect(faultWhenRead(crafted({ definitions: definitions.slice(1) }))).toBeNull();
    expect(faultWhenRead(crafted({ definitions }))).toBe('bad_token');
  });

  test('refuses what is no definition', () => {
    for (const definition of ['', 'h', '@', 'xdiv', 'h div', 'hdiv ', 'hdiv  class', `hdiv ${'a'.repeat(70_000)}`]) {
      expect(faultWhenRead(crafted({ definitions: [definition] }))).not.toBeNull();
    }
    expect(faultWhenRead(crafted({ definitions: [`hp${' a'.repeat(256)}`] }))).toBeNull();
    expect(faultWhenRead(crafted({ definitions: [`hp${' a'.repeat(257)}`] }))).toBe('bad_token');
  });

  test('takes names out of every object’s prototype for what they are', () => {
    const { log, handler } = recording();
    createTreeReader().read(
      crafted({
        definitions: ['h__proto__ constructor __proto__'],
        counts: [
          [0, 1],
          [1, 1],
        ],
        texts: ['1', '2'],
        sections: [[0], [0], [1, 2, 0, 8, 0]],
      }),
      handler,
    );
    expect(log[2]).toEqual(['openElement', 'html', '__proto__', ['constructor', '__proto__'], ['1', '2']]);
  });

  test('of one connection is not known to another', () => {
    const writer = createTreeWriter(asItIs);
    const shapeOf = createShapes(writer);
    const parts: Part[] = [{ kind: 'element', namespace: 'html', tag: 'p', attributes: [], children: null }];
    const batch = { removed: [], attributes: [], data: [], fields: [], scrolls: [], marks: [] };
    writeBatch(writer, shapeOf, { ...batch, runs: [{ parent: 1, anchor: 0, parts }] });
    writer.finish();
    writeBatch(writer, shapeOf, { ...batch, runs: [{ parent: 1, anchor: 0, parts }] });
    expect(faultWhenRead(writer.finish())).toBe('bad_reference');
  });
});

describe('limits', () => {
  /** Elements `hp`, one in the other, under node 1. */
  const nested = (depth: number) =>
    crafted({
      definitions: ['hp'],
      sections: [
        [0],
        [0],
        [1, 2, 0, ...Array.from({ length: depth }, () => 9), ...Array.from({ length: depth + 1 }, () => 0)],
      ],
    });

  test('a tree of 512 levels is heard, one level more is refused', () => {
    expect(faultWhenRead(nested(MAX_TREE_DEPTH))).toBeNull();
    expect(faultWhenRead(nested(MAX_TREE_DEPTH + 1))).toBe('too_deep');
  });

  test('a hundred thousand levels are refused', () => {
    expect(faultWhenRead(nested(100_000))).toBe('too_deep');
  });

  test('a text of a mebi-unit is heard, one unit more is refused', () => {
    const text = (size: number) =>
      crafted({
        definitions: ['@#data'],
        counts: [[0, 1]],
        texts: ['x'.repeat(size)],
        sections: [[0], [0], [1, 2, 0, 1, 0]],
      });
    expect(faultWhenRead(text(MAX_STRING_UNITS))).toBeNull();
    expect(faultWhenRead(text(MAX_STRING_UNITS + 1))).toBe('string_too_long');
  });

  test('a text block of nothing but separators is refused without becoming millions of texts', () => {
    const block = new Uint8Array(8 * 1024 * 1024).fill(1);
    const start = [1, 0, 1, 0, 3, 8, 0, 0, 0, 0, 0, 0, 0, 0];
    const body = new Uint8Array(start.length + block.length);
    body.set(start);
    body.set(block, start.length);
    expect(faultWhenRead(body)).toBe('truncated');
  });

  test('counts that no message could hold are refused', () => {
    expect(faultWhenRead(crafted({ counts: [[0, 4_000_001]] }))).toBe('number_too_large');
    expect(
      faultWhenRead(
        crafted({
          counts: [
            [0, 4_000_000],
            [1, 4_000_000],
          ],
        }),
      ),
    ).toBe('too_many');
    expect(faultWhenRead(crafted({ sections: [[0xff, 0xff, 0xff, 0x7f]] }))).toBe('number_too_large');
    expect(faultWhenRead(crafted({ sections: [[0], [0], [0], [0], [0], [0], [0], [100, 2, 1]] }))).toBe('truncated');
  });
});

describe('what is no batch', () => {
  test.each<[string, Crafted, string]>([
    ['unknown flags', { flags: 2 }, 'bad_token'],
    [
      'the same column twice',
      {
        definitions: ['hp a'],
        counts: [
          [0, 1],
          [0, 1],
        ],
        texts: ['', ''],
      },
      'bad_reference',
    ],
    ['a column that is not defined', { definitions: ['hp'], counts: [[1, 1]], texts: [''] }, 'bad_reference'],
    ['a text that nobody takes', { definitions: ['hp a'], counts: [[0, 1]], texts: ['x'] }, 'trailing_bytes'],
    ['texts without an announcement', { texts: ['x'] }, 'trailing_bytes'],
    ['a text that is missing', { definitions: ['@#data'], sections: [[0], [0], [1, 2, 0, 1, 0]] }, 'truncated'],
    ['a shape that is not defined', { sections: [[0], [0], [1, 2, 0, 8, 0]] }, 'bad_reference'],
    ['a token between the words and the shapes', { sections: [[0], [0], [1, 2, 0, 5, 0]] }, 'bad_reference'],
    ['a run that does not end', { definitions: ['hp'], sections: [[0], [0], [1, 2, 0, 9, 0]] }, 'truncated'],
    ['node 0', { sections: [[1, 0]] }, 'bad_reference'],
    ['a node below 0', { sections: [[1, 1]] }, 'bad_reference'],
    ['an anchor below 0', { sections: [[0], [0], [1, 2, 5, 0]] }, 'bad_reference'],
    ['a move that was not announced', { sections: [[0], [0], [1, 2, 0, 2, 0]] }, 'bad_reference'],
    ['a move that does not come', { sections: [[0], [1, 4]] }, 'bad_reference'],
    ['a field state that does not exist', { sections: [[0], [0], [0], [0], [0], [1, 2, 5]] }, 'bad_token'],
    ['a reason that does not exist', { sections: [[0], [0], [0], [0], [0], [0], [0], [1, 2, 0x81]] }, 'bad_token'],
    ['a mark that does not exist', { sections: [[0], [0], [0], [0], [0], [0], [0], [1, 2, 4]] }, 'bad_token'],
    ['more sections than there are', { sections: [[0], [0], [0], [0], [0], [0], [0], [0], [0]] }, 'trailing_bytes'],
  ])('%s is refused', (_, body, fault) => {
    expect(faultWhenRead(crafted(body))).toBe(fault);
  });
});
