import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { percentile } from './stats.mjs';
import { joinSession, startSession, withProduct } from './together.mjs';

/**
 * How long the agent waits at a page load: from the moment the customer's page is left to the frame in which the mirror
 * shows the whole next page, and what that time is made of. The built product, one machine, no network between.
 */
const LOADS = 20;
const PAGES = ['shop', 'help', 'product', 'article', 'basket'];

/** Each part ends with the moment it is named after. */
const PARTS = /** @type {const} */ ({
  document: 'page left → the next document begins (the browser and the site)',
  module: '→ the session’s module has been loaded',
  ready: '→ the channel is open, and the server has said that the session goes on',
  begin: '→ the picture begins',
  complete: '→ the picture has been sent',
  drawn: '→ drawn on the agent’s screen',
});
const NAMES = /** @type {(keyof typeof PARTS)[]} */ (Object.keys(PARTS));

/** @typedef {Record<keyof typeof PARTS | 'left' | 'word' | 'channel', number>} Moments Unix milliseconds */

/** @param {import('./options.mjs').Options} options */
export async function runLoadsBench({ quick, json }) {
  await withProduct(async ({ url, browser, openConsole }) => {
    const customer = await browser.newPage();
    await customer.addInitScript(noteMoments);
    await customer.goto(`${url}/demo/`);
    const digits = await startSession(customer);
    const agent = await openConsole();
    await joinSession(agent, digits);
    await agent.getByRole('status', { name: 'Connection' }).filter({ hasText: 'Live' }).waitFor();
    await agent.evaluate(noteDrawing);
    /** @type {Moments[]} */
    const loads = [];
    for (let load = 0; load < (quick ? 5 : LOADS); load += 1) {
      loads.push(await loadPage(agent, customer, `${url}/demo/${PAGES[load % PAGES.length]}.html`));
    }
    console.log(render(loads));
    if (json) writeFileSync(json, `${JSON.stringify(loads, null, 2)}\n`);
  });
}

/** @param {Moments[]} loads */
function render(loads) {
  const row = (/** @type {string} */ name, /** @type {number[]} */ values) =>
    `| ${name} | ${percentile(values, 50).toFixed(0)} | ${percentile(values, 95).toFixed(0)} |`;
  return [
    `| ${loads.length} page loads, ms, load ${loadavg()[0]?.toFixed(1)} | p50 | p95 |`,
    '|---|---|---|',
    ...NAMES.map((name, index) =>
      row(
        PARTS[name],
        loads.map((moments) => moments[name] - moments[NAMES[index - 1] ?? 'left']),
      ),
    ),
    row(
      'of these, from the module to the server’s word alone',
      loads.map(({ word, module }) => word - module),
    ),
    row(
      'all of it',
      loads.map(({ left, drawn }) => drawn - left),
    ),
  ].join('\n');
}

/** @param {import('playwright-core').Page} agent @param {import('playwright-core').Page} customer @param {string} to */
async function loadPage(agent, customer, to) {
  await agent.evaluate(() => Object.assign(window, { drawn: 0 }));
  await customer.evaluate((href) => {
    addEventListener('pagehide', () =>
      sessionStorage.setItem('left', String(performance.timeOrigin + performance.now())),
    );
    location.href = href;
  }, to);
  await customer.waitForURL(to);
  const drawn = await (
    await agent.waitForFunction(() => /** @type {{ drawn?: number }} */ (/** @type {unknown} */ (window)).drawn)
  ).jsonValue();
  return customer.evaluate((at) => {
    const { moments } = /** @type {{ moments: Moments }} */ (/** @type {unknown} */ (window));
    const files = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'));
    const file = (/** @type {RegExp} */ name) =>
      performance.timeOrigin + (files.find((one) => name.test(one.name))?.responseEnd ?? 0);
    return {
      ...moments,
      // Both at the same time: the later one counts.
      ready: Math.max(moments.word, moments.channel),
      left: Number(sessionStorage.getItem('left')),
      module: file(/snippet\/session-/u),
      drawn: Number(at),
    };
  }, drawn);
}

/** In the customer's page: when each thing happened first. */
function noteMoments() {
  /** @type {Record<string, number>} */
  const moments = {};
  Object.assign(window, { moments });
  const note = (/** @type {string} */ name) => (moments[name] ??= performance.timeOrigin + performance.now());
  note('document');
  const Original = WebSocket;
  window.WebSocket = class extends Original {
    /** @param {string | URL} url */
    constructor(url) {
      super(url);
      this.addEventListener('message', ({ data }) => String(data).includes('"state"') && note('word'));
    }
  };
  const { createDataChannel } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.createDataChannel = function create(label, options) {
    const channel = createDataChannel.call(this, label, options);
    if (label === 'live') channel.addEventListener('open', () => note('channel'));
    return channel;
  };
  const { send } = RTCDataChannel.prototype;
  RTCDataChannel.prototype.send = function noted(/** @type {any} */ data) {
    if (this.label === 'page') {
      note('begin');
      // The one message of one byte: its frame has two.
      if (data.byteLength === 2) note('complete');
    }
    send.call(this, data);
  };
}

/** In the console: the frame after the one in which the picture is complete. */
function noteDrawing() {
  let isLive = true;
  new MutationObserver(() => {
    const now = document.querySelector('.browser')?.getAttribute('data-stage') === 'live';
    if (now && !isLive) {
      requestAnimationFrame(() =>
        requestAnimationFrame((at) => Object.assign(window, { drawn: performance.timeOrigin + at })),
      );
    }
    isLive = now;
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-stage'] });
}
