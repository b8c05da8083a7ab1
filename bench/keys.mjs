import { writeFileSync } from 'node:fs';
import { percentile } from './stats.mjs';
import { joinSession, startSession, withProduct } from './together.mjs';

/**
 * From the agent's key press to the change seen in the mirror: the key goes to the customer's page as a command, is
 * judged and performed there, and what came of it comes back as the page's change. Beside it what an empty data channel
 * between the same two pages takes there and back: the floor. The built product, one machine, no network between.
 */
const KEYS = 150;
const FIELD = '#given-name';

/** @typedef {import('playwright-core').Page} Page */

/** @param {import('./options.mjs').Options} options */
export async function runKeysBench({ quick, json }) {
  await withProduct(async (together) => {
    const customer = await together.browser.newPage();
    const agent = await writeTogether(together, customer);
    const count = quick ? 30 : KEYS;
    // In turns: a machine with other work is slow for both.
    /** @type {Record<'keys' | 'floor', number[]>} */
    const results = { keys: [], floor: [] };
    const floor = await openFloor(agent, customer);
    for (let turn = 0; turn < count; turn += 1) {
      results.keys.push(await pressKey(agent));
      results.floor.push(await floor());
    }
    console.log(render(results));
    if (json) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  });
}

/** @param {Record<'keys' | 'floor', number[]>} results */
function render({ keys, floor }) {
  const row = (/** @type {string} */ name, /** @type {number[]} */ values) =>
    `| ${name} | ${percentile(values, 50).toFixed(1)} | ${percentile(values, 95).toFixed(1)} |`;
  return [
    `| ${keys.length} keys, ms | p50 | p95 |`,
    '|---|---|---|',
    row('key press → change seen in the mirror', keys),
    row('an empty data channel, there and back', floor),
  ].join('\n');
}

/** @param {import('./together.mjs').Together} together @param {Page} customer */
async function writeTogether({ url, openConsole }, customer) {
  await customer.goto(`${url}/demo/checkout.html`);
  const digits = await startSession(customer);
  const agent = await openConsole();
  await joinSession(agent, digits);
  const mirror = agent.frameLocator('iframe[title="Customer\'s browser"]');
  await mirror.locator(FIELD).waitFor({ state: 'attached' });
  // The driver clicks beside the elements of a frame that is scaled.
  await agent.getByRole('button', { name: '1:1' }).click();
  await agent.getByRole('switch', { name: 'Write Mode' }).click();
  await customer.getByRole('dialog', { name: 'Write Mode request' }).getByRole('button', { name: 'Allow' }).click();
  await agent.locator('[role="switch"][aria-label="Write Mode"][aria-checked="true"]').waitFor();
  await mirror.locator(FIELD).click();
  await customer.waitForFunction((selector) => document.activeElement?.matches(selector), FIELD);
  return agent;
}

/** @param {Page} agent @returns {Promise<number>} milliseconds until the frame in which the mirror shows it */
async function pressKey(agent) {
  const frame = agent.frames().find((one) => one.url().includes('/viewer/viewer.html'));
  if (!frame) throw new Error('There is no mirror.');
  const handle = await frame.evaluateHandle((selector) => {
    /** @type {Promise<number>} */
    const took = new Promise((resolve) => {
      window.addEventListener(
        'keydown',
        ({ timeStamp }) => {
          const field = /** @type {HTMLInputElement} */ (document.querySelector(selector));
          const before = field.value;
          const look = (/** @type {number} */ now) =>
            field.value === before ? requestAnimationFrame(look) : resolve(now - timeStamp);
          requestAnimationFrame(look);
        },
        { once: true, capture: true },
      );
    });
    return { took };
  }, FIELD);
  await agent.keyboard.press('a');
  const took = await handle.evaluate(({ took: pending }) => pending);
  await handle.dispose();
  return took;
}

/** A bare data channel between the two pages. @param {Page} agent @param {Page} customer @returns {Promise<() => Promise<number>>} */
async function openFloor(agent, customer) {
  const offer = await agent.evaluate(async () => {
    const peer = new RTCPeerConnection();
    const channel = peer.createDataChannel('floor');
    Object.assign(window, { floor: { peer, channel } });
    await peer.setLocalDescription();
    while (peer.iceGatheringState !== 'complete') {
      await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
    }
    return peer.localDescription?.sdp ?? '';
  });
  const answer = await customer.evaluate(async (sdp) => {
    const peer = new RTCPeerConnection();
    Object.assign(window, { floor: peer });
    peer.addEventListener('datachannel', ({ channel }) => {
      channel.addEventListener('message', ({ data }) => channel.send(data));
    });
    await peer.setRemoteDescription({ type: 'offer', sdp });
    await peer.setLocalDescription();
    while (peer.iceGatheringState !== 'complete') {
      await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
    }
    return peer.localDescription?.sdp ?? '';
  }, offer);
  await agent.evaluate(async (sdp) => {
    const { peer, channel } = /** @type {{ floor: { peer: RTCPeerConnection, channel: RTCDataChannel } }} */ (
      /** @type {unknown} */ (window)
    ).floor;
    await peer.setRemoteDescription({ type: 'answer', sdp });
    if (channel.readyState !== 'open') {
      await new Promise((resolve) => channel.addEventListener('open', resolve, { once: true }));
    }
  }, answer);
  return () =>
    agent.evaluate(async () => {
      const { channel } = /** @type {{ floor: { channel: RTCDataChannel } }} */ (/** @type {unknown} */ (window)).floor;
      const from = performance.now();
      const back = new Promise((resolve) => channel.addEventListener('message', resolve, { once: true }));
      channel.send('a');
      await back;
      return performance.now() - from;
    });
}
