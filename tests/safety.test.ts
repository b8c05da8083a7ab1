import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinSession, leave, meet, startProduct, startSession, type Product } from './support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.close());

test('both sides read the same three safety words, and another session has others', async () => {
  const seen: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    const customer = await product.customer();
    const digits = await startSession(customer);
    const agent = await product.agent();
    await joinSession(agent, digits);
    const words = agent.getByRole('note', { name: 'Safety words' });
    await words.waitFor();
    const said = (await words.textContent()) ?? '';
    expect(said).toMatch(/^[a-z]+ [a-z]+ [a-z]+$/u);
    await customer.getByText(`Safety words of this page: ${said}`).waitFor();
    seen.push(said);
    await leave(customer);
    await leave(agent);
  }
  expect(seen[0]).not.toBe(seen[1]);
});

test('the words are the same when the channels are open before the browser tells of the agent’s description', async () => {
  const customer = await product.context.newPage();
  await customer.addInitScript(tellDescriptionsLate);
  await customer.goto(new URL('/demo/', product.url).href);
  const agent = await product.agent();
  await meet(agent, customer);
  const words = (await agent.getByRole('note', { name: 'Safety words' }).textContent()) ?? '';
  await customer.getByText(`Safety words of this page: ${words}`).waitFor();
  await leave(customer);
  await leave(agent);
});

/** On a busy machine Chromium does so by itself: a connection's description and state come a moment after its channels. */
function tellDescriptionsLate(): void {
  const { prototype } = RTCPeerConnection;
  const told = new WeakSet<RTCPeerConnection>();
  for (const [name, early] of [
    ['remoteDescription', null],
    ['signalingState', 'have-local-offer'],
  ] as const) {
    const { get } = Object.getOwnPropertyDescriptor(prototype, name)!;
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: RTCPeerConnection) {
        return told.has(this) ? get!.call(this) : early;
      },
    });
  }
  addEventListener('load', () => {
    const { createDataChannel } = prototype;
    prototype.createDataChannel = function (...all) {
      const channel = createDataChannel.apply(this, all);
      channel.addEventListener('open', () =>
        setTimeout(() => {
          told.add(this);
          this.dispatchEvent(new Event('signalingstatechange'));
        }, 1_000),
      );
      return channel;
    };
  });
}
