import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findCoturn, startCoturn, TURN_SECRET, type Coturn } from './support/coturn.ts';
import { closeDirectPaths } from './support/relay-only.ts';
import { joinSession, mirrorOf, startProduct, startSession, type Product } from './support/product.ts';

/** A firewall lets no direct connection through: the picture comes by a real relay, over whatever road to it is open. */
const program = findCoturn();
if (program === null) console.warn('Left out: the relay tests. Debian’s package coturn could not be installed.');

let coturn: Coturn;
let product: Product | null = null;

beforeAll(async () => {
  if (program !== null) coturn = await startCoturn(program);
});
afterEach(async () => {
  await product?.close();
  product = null;
});
afterAll(() => coturn?.stop());

/** How each connection of the page reaches the other side: `relay over udp`. */
function roads(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const found: string[] = [];
    for (const connection of connections) {
      const stats = await connection.getStats();
      const byId = new Map<string, Record<string, unknown>>();
      stats.forEach((entry: { id: string } & Record<string, unknown>) => byId.set(entry.id, entry));
      for (const entry of byId.values()) {
        if (entry['type'] !== 'transport') continue;
        const pair = byId.get(String(entry['selectedCandidatePairId']));
        const local = byId.get(String(pair?.['localCandidateId']));
        if (local) found.push(`${String(local['candidateType'])} over ${String(local['relayProtocol'])}`);
      }
    }
    return found;
  });
}

describe.skipIf(program === null)('behind a firewall', () => {
  test.each([
    { road: 'udp', url: () => `turn:127.0.0.1:${coturn.port}?transport=udp` },
    { road: 'tcp', url: () => `turn:127.0.0.1:${coturn.port}?transport=tcp` },
    { road: 'tls', url: () => `turns:127.0.0.1:${coturn.tlsPort}?transport=tcp` },
  ])('the picture and the changes come by the relay over $road', async ({ road, url }) => {
    product = await startProduct(
      undefined,
      { TURN_URLS: url(), TURN_SECRET },
      // The relay's certificate is nobody's.
      { args: ['--ignore-certificate-errors'] },
    );
    await closeDirectPaths(product.context);
    const agent = await product.agent();
    const customer = await product.customer();
    await joinSession(agent, await startSession(customer));
    const mirror = mirrorOf(agent);
    await mirror.locator('h1').first().waitFor();
    await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();

    await customer.bringToFront();
    await customer.evaluate(() => {
      document.querySelector('h1')!.textContent = 'By the long way round';
    });
    await mirror.locator('h1', { hasText: 'By the long way round' }).waitFor();
    expect(await roads(customer)).toEqual([`relay over ${road}`]);
    expect(await roads(agent)).toEqual([`relay over ${road}`]);
  });
});
