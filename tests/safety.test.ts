import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinSession, leave, startProduct, startSession, type Product } from './support/product.ts';

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
