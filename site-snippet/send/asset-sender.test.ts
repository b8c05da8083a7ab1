import { expect, test } from 'vitest';
import { readAssetMessage, type AssetMessage } from '../../protocol/asset-message.ts';
import { createFrameAssembler } from '../../protocol/frames.ts';
import type { MaskedText } from '../../protocol/masked-text.ts';
import { createAssetSender } from './asset-sender.ts';

/** A channel that sends what it has when it is told to. */
function slowChannel() {
  const events = new EventTarget();
  const assembler = createFrameAssembler();
  const arrived: number[] = [];
  const channel = Object.assign(events, {
    readyState: 'open',
    bufferedAmount: 0,
    bufferedAmountLowThreshold: 0,
    send(frame: Uint8Array) {
      channel.bufferedAmount += frame.length;
      const whole = assembler.accept(frame);
      const message = whole && readAssetMessage(whole.bytes);
      if (message) arrived.push(message.asset);
    },
  });
  return {
    channel: channel as unknown as RTCDataChannel,
    arrived,
    drain(): void {
      channel.bufferedAmount = 0;
      events.dispatchEvent(new Event('bufferedamountlow'));
    },
  };
}

function busyPage() {
  let callbacks: (() => void)[] = [];
  return {
    isIdle: false,
    whenIdle: (callback: () => void) => void callbacks.push(callback),
    becomeIdle(): void {
      this.isIdle = true;
      for (const callback of callbacks.splice(0)) callback();
      callbacks = [];
    },
  };
}

const file = (asset: number, size: number): AssetMessage => ({
  type: 'asset',
  asset,
  mime: 'image/png' as MaskedText,
  bytes: new Uint8Array(size),
});

test('while the page has something to send, its files wait; then the most urgent goes first', () => {
  const { channel, arrived, drain } = slowChannel();
  const page = busyPage();
  const ending = new AbortController();
  const sender = createAssetSender(channel, page, ending.signal);
  const sent: number[] = [];
  for (const [asset, rank] of [
    [1, 3],
    [2, 1],
    [3, 0],
  ] as const) {
    sender.send(file(asset, 100_000), rank, () => sent.push(asset));
  }
  expect(channel.bufferedAmount).toBe(0);
  page.becomeIdle();
  // Little is given to the browser at once: what it has taken cannot be held back.
  expect(channel.bufferedAmount).toBeGreaterThan(0);
  expect(channel.bufferedAmount).toBeLessThan(150_000);
  for (let turn = 0; turn < 10; turn += 1) drain();
  expect(arrived).toEqual([3, 2, 1]);
  expect(sent).toEqual([3, 2, 1]);
  ending.abort();
});

test('a page that never rests gets its files all the same', async () => {
  const { channel, arrived } = slowChannel();
  const ending = new AbortController();
  createAssetSender(channel, busyPage(), ending.signal).send(file(1, 2_000), 0, () => {});
  await expect.poll(() => arrived).toEqual([1]);
  ending.abort();
});
