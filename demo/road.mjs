import { join } from 'node:path';

/**
 * Plays the road by itself: starts, joins, points, asks for Write mode, ends. Says each step and leaves screenshots of
 * both sides.
 * @param {{
 *   customer: import('playwright-core').Page,
 *   agent: import('playwright-core').Page,
 *   out: string,
 *   say: (line: string) => void,
 * }} options
 */
export async function playRoad({ customer, agent, out, say }) {
  let number = 0;
  const mirror = agent.frameLocator('iframe[title="Customer\'s browser"]');

  /** @param {string} name */
  async function picture(name) {
    number += 1;
    const prefix = join(out, `${number}-${name}`);
    await customer.screenshot({ path: `${prefix}-customer.png` });
    await agent.screenshot({ path: `${prefix}-agent.png` });
  }

  say('1. The customer clicks Start Co-browse and is on the phone.');
  await customer.bringToFront();
  await customer.getByRole('button', { name: 'Start Co-browse' }).click();
  await customer.getByRole('dialog', { name: 'Co-browse' }).getByRole('button', { name: 'Yes' }).click();
  const status = customer.getByRole('status', { name: 'Session ID' });
  const digits = ((await status.textContent()) ?? '').replace(/\D/gu, '').slice(0, 9);
  await picture('session-id');

  say(`2. The agent types ${digits} and joins.`);
  await agent.bringToFront();
  await agent.getByRole('textbox', { name: 'Session ID' }).fill(digits);
  await agent.getByRole('button', { name: 'Join co-browse' }).click();
  await mirror.getByRole('heading', { level: 1 }).first().waitFor();
  await picture('joined');

  say('3. The agent points at the page: a red circle on the customer’s side.');
  await mirror.getByRole('heading', { level: 1 }).first().hover();
  await mirror.getByRole('heading', { level: 1 }).first().click();
  await picture('pointing');

  say('4. The customer scrolls and opens another page; the session follows.');
  await customer.bringToFront();
  await customer.mouse.wheel(0, 500);
  await customer.getByRole('link', { name: /shop/iu }).first().click();
  await customer.getByRole('region', { name: 'Co-browse toolbar' }).waitFor();
  await agent.bringToFront();
  await mirror.getByRole('heading', { level: 1 }).first().waitFor();
  await picture('another-page');

  say('5. The agent asks for Write mode; the customer allows it.');
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.bringToFront();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).waitFor();
  await picture('write-request');
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  await agent.bringToFront();
  await agent.getByRole('switch', { name: 'Write Mode', checked: true }).waitFor();
  await picture('write-mode');

  say('6. The customer exits; the mirror disappears at once.');
  await customer.bringToFront();
  await customer.getByRole('button', { name: 'Exit Co-browse session' }).click();
  await agent.bringToFront();
  await agent.getByRole('textbox', { name: 'Session ID' }).waitFor();
  await picture('ended');
  say(`Done. Screenshots of both sides are in ${out}.`);
}
