import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findCoturn, freePort, startCoturn, TURN_SECRET, type Coturn } from './support/coturn.ts';
import { startProduct, type Product } from './support/product.ts';

/** Customers and agents ask what their network lets through, of a real relay and of ports where nobody answers. */
const program = findCoturn();
if (program === null) console.warn('Left out: the connection check. Debian’s package coturn could not be installed.');

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

/** The sentences of a finished check. */
async function checked(page: Page): Promise<string[]> {
  const result = page.getByRole('status', { name: 'Result' });
  await expect.poll(() => result.textContent()).toMatch(/^(?!Checking).+/u);
  const lines = await page.locator('[aria-label="Connection check"] li').allTextContents();
  return [...lines, (await result.textContent()) ?? ''].toSorted();
}

describe.skipIf(program === null)('the connection check', () => {
  test('says on both sides what is open and what is blocked, and gives strangers no credentials', async () => {
    const nobody = await freePort();
    const urls = [
      `stun:127.0.0.1:${coturn.port}`,
      `turn:127.0.0.1:${coturn.port}?transport=udp`,
      `turn:127.0.0.1:${nobody}?transport=tcp`,
      `turns:127.0.0.1:${coturn.tlsPort}?transport=tcp`,
    ];
    product = await startProduct(
      undefined,
      { TURN_URLS: urls.join(','), TURN_SECRET },
      // The relay's certificate is nobody's.
      { args: ['--ignore-certificate-errors'] },
    );
    const expected = [
      'Co-browsing works on this network.',
      'The STUN server over UDP answers.',
      'The co-browse server answers.',
      'The live connection to the server (WebSocket) opens.',
      'The relay over TLS answers.',
      'The relay over UDP answers.',
      `The relay over TCP cannot be reached. Ask your network administrator to allow TCP to 127.0.0.1, port ${nobody}.`,
    ].toSorted();

    const customer = await product.customer('/check');
    expect(await checked(customer)).toEqual(expected);
    expect(await customer.evaluate(async () => (await fetch('/api/check')).text())).not.toContain('credential');

    await product.agent();
    const options = await product.context.newPage();
    await options.goto(`${product.extensionUrl}/options/options.html`);
    await options.getByRole('button', { name: 'Check connection' }).click();
    expect(await checked(options)).toEqual(expected);
  });

  test('tells an agent when the relay does not know the server’s secret, and anybody when the server is gone', async () => {
    product = await startProduct(undefined, {
      TURN_URLS: `turn:127.0.0.1:${coturn.port}?transport=udp`,
      TURN_SECRET: 'another-secret-altogether',
    });
    await product.agent();
    const options = await product.context.newPage();
    await options.goto(`${product.extensionUrl}/options/options.html`);
    const button = options.getByRole('button', { name: 'Check connection' });
    await button.click();
    await options.getByText('The relay over UDP answers, but does not accept this server’s users.').waitFor();

    const server = options.getByRole('textbox', { name: 'Server' });
    await server.fill(`http://127.0.0.1:${await freePort()}`);
    await server.press('Enter');
    await options.getByText('Saved.').waitFor();
    await button.click();
    expect(await checked(options)).toEqual(
      [
        'Co-browsing cannot work here: ask your network administrator to allow the address of the server.',
        'The co-browse server does not answer.',
      ].toSorted(),
    );
  });
});
