import { describe, expect, test } from 'vitest';
import { splitIntoFrames, type WireMessage } from '../../../protocol/frames.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { writePageMessage, type PageMessage } from '../../../protocol/page-message.ts';
import { WireError, type WireFault } from '../../../protocol/wire-error.ts';
import { createReceiver, type Receiver } from './receiver.ts';

type Heard = PageMessage | { readonly fault: WireFault } | 'dropped';

async function deflated(bytes: Uint8Array): Promise<WireMessage> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
  const body = await new Response(stream.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
  return { bytes: new Uint8Array(body), deflated: true };
}

const plain = (bytes: Uint8Array): WireMessage => ({ bytes, deflated: false });
const focus = (node: number): PageMessage => ({ type: 'focus', node: node as NodeId });
const tree = (size: number): PageMessage => ({ type: 'tree', body: new Uint8Array(size) });

/** A receiver, and a way to wait until it has said so many things. */
function listening(refuse?: (message: PageMessage) => void) {
  const heard: Heard[] = [];
  let wake: (() => void) | null = null;
  const hear = (what: Heard): void => {
    heard.push(what);
    wake?.();
  };
  const receiver = createReceiver({
    onMessage(message) {
      refuse?.(message);
      hear(message);
    },
    onFault: (fault) => hear({ fault }),
    onDropped: () => hear('dropped'),
  });
  return {
    receiver,
    heard,
    async until(count: number): Promise<Heard[]> {
      while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return heard;
    },
  };
}

function give(receiver: Receiver, message: WireMessage): void {
  for (const frame of splitIntoFrames(message)) receiver.accept(frame.buffer);
}

const kinds = (heard: readonly Heard[]) =>
  heard.map((each) => {
    if (each === 'dropped') return each;
    return 'fault' in each ? each.fault : each.type === 'focus' ? each.node : each.type;
  });

describe('messages', () => {
  test('come out in their order, though some must be inflated first', async () => {
    const { receiver, until } = listening();
    const big = await deflated(writePageMessage(tree(200_000)));
    for (let round = 0; round < 5; round += 1) {
      give(receiver, big);
      give(receiver, plain(writePageMessage(focus(round))));
    }
    expect(kinds(await until(10))).toEqual(['tree', 0, 'tree', 1, 'tree', 2, 'tree', 3, 'tree', 4]);
  });

  test('of unknown kinds are counted, and those after them are read', async () => {
    const { receiver, until } = listening();
    give(receiver, plain(Uint8Array.from([200, 1, 2])));
    give(receiver, plain(writePageMessage(focus(7))));
    expect(kinds(await until(2))).toEqual(['dropped', 7]);
  });
});

describe('a fault', () => {
  test.each<[string, WireMessage, WireFault]>([
    ['a malformed message', plain(Uint8Array.from([9])), 'truncated'],
    ['an empty message', plain(new Uint8Array()), 'truncated'],
    ['bytes that cannot be inflated', { bytes: new Uint8Array(50).fill(0xff), deflated: true }, 'bad_deflate'],
  ])('of %s is told once, and nothing after it is read', async (_, bad, fault) => {
    const { receiver, heard, until } = listening();
    give(receiver, plain(writePageMessage(focus(1))));
    give(receiver, bad);
    give(receiver, plain(writePageMessage(focus(2))));
    await until(2);
    give(receiver, bad);
    give(receiver, await deflated(writePageMessage(tree(5_000))));
    receiver.restart();
    give(receiver, plain(writePageMessage(focus(3))));
    await until(3);
    expect(kinds(heard)).toEqual([1, fault, 3]);
  });

  test('in a frame is told at once', () => {
    const { receiver, heard } = listening();
    receiver.accept(new ArrayBuffer(0));
    receiver.accept(Uint8Array.from([4]).buffer);
    expect(heard).toEqual([{ fault: 'truncated' }]);
  });

  test('of whoever takes the messages is told, too', async () => {
    const { receiver, until } = listening(() => {
      throw new WireError('too_deep');
    });
    give(receiver, plain(writePageMessage(focus(1))));
    expect(await until(1)).toEqual([{ fault: 'too_deep' }]);
  });

  test('that is no fault of the wire is told as one, and not thrown', async () => {
    const { receiver, until } = listening(() => {
      throw new TypeError('not expected');
    });
    give(receiver, plain(writePageMessage(focus(1))));
    expect(await until(1)).toEqual([{ fault: 'bad_reference' }]);
  });
});

describe('a new channel', () => {
  test('hears nothing of the one before, not even what was being inflated', async () => {
    const { receiver, heard, until } = listening();
    give(receiver, await deflated(writePageMessage(tree(200_000))));
    const [half] = splitIntoFrames(plain(new Uint8Array(100_000)));
    if (half) receiver.accept(half.buffer);
    receiver.restart();
    give(receiver, plain(writePageMessage(focus(9))));
    await until(1);
    expect(kinds(heard)).toEqual([9]);
  });

  test('is not ended by a fault of the one before', async () => {
    const { receiver, heard, until } = listening();
    give(receiver, { bytes: new Uint8Array(50).fill(0xff), deflated: true });
    receiver.restart();
    give(receiver, plain(writePageMessage(focus(9))));
    await until(1);
    expect(kinds(heard)).toEqual([9]);
  });
});
