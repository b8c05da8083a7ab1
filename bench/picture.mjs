import { writeFileSync } from 'node:fs';
import { percentile } from './stats.mjs';
import { joinSession, startSession, withProduct } from './together.mjs';

/**
 * What the agent waits for, in the built product in two browsers on one machine: from the click on Join co-browse to the
 * first picture, from a change on the customer's page to its paint in the mirror; and how long a small message takes
 * there and back while the picture is under way.
 */
const SESSIONS = 10;
const CHANGES = 20;
const IDLE_PINGS = 20;
/** Paragraphs added to the demo's page before the session: what makes it heavy. */
const PAGES = { 'the demo’s help page': 0, 'the same with 40,000 nodes more': 20_000 };
const PICTURE_TIMEOUT_MS = 60_000;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ picture: number[], change: number[], message: number[], idle: number[] }} Figures */

/** @param {import('./options.mjs').Options} options */
export async function runPictureBench({ quick, json }) {
  await withProduct(async (together) => {
    await together.context.addInitScript(watchAgent);
    /** @type {Record<string, Figures>} */
    const results = {};
    for (let session = 0; session < (quick ? 2 : SESSIONS); session += 1) {
      // In turns, as everywhere here.
      for (const [name, paragraphs] of Object.entries(PAGES)) {
        const figures = (results[name] ??= { picture: [], change: [], message: [], idle: [] });
        await measureSession(together, paragraphs, figures);
      }
    }
    console.log(render(results));
    if (json) writeFileSync(json, `${JSON.stringify(results, null, 2)}\n`);
  });
}

/** @param {Record<string, Figures>} results */
function render(results) {
  const rows = Object.entries(results).flatMap(([name, figures]) =>
    /** @type {const} */ ([
      ['click on Join co-browse → first picture', figures.picture],
      ['change on the page → its paint in the mirror', figures.change],
      ['a small message there and back while the picture is under way', figures.message],
      ['the same when nothing else is', figures.idle],
    ]).map(
      ([what, values]) =>
        `| ${name}: ${what} | ${values.length} | ${percentile(values, 50).toFixed(1)} | ${percentile(values, 95).toFixed(1)} |`,
    ),
  );
  return ['| ms | samples | p50 | p95 |', '|---|---|---|---|', ...rows].join('\n');
}

/**
 * @param {import('./together.mjs').Together} together
 * @param {number} paragraphs
 * @param {Figures} figures
 */
async function measureSession({ url, browser, openConsole }, paragraphs, figures) {
  const customer = await browser.newPage();
  const agent = await openConsole();
  try {
    await customer.goto(`${url}/demo/help.html`);
    await customer.evaluate(makeHeavy, paragraphs);
    await joinSession(agent, await startSession(customer));
    const mirror = await mirrorOf(agent);
    const shownAt = await mirror.evaluate(seen, 'end');
    const { clickedAt, messages: heard } = await agent.evaluate(messages);
    figures.picture.push(shownAt - clickedAt);
    figures.message.push(...heard.filter(({ sentAt }) => sentAt < shownAt).map(({ took }) => took));
    for (let turn = 0; turn < CHANGES; turn += 1) {
      const painted = mirror.evaluate(seen, `change ${turn}`);
      const changedAt = await customer.evaluate(change, `change ${turn}`);
      figures.change.push((await painted) - changedAt);
    }
    figures.idle.push(...(await agent.evaluate(idle, IDLE_PINGS)));
    await customer.getByRole('button', { name: 'Exit Co-browse session' }).click();
    await agent.getByText('The customer ended the session.').waitFor();
  } finally {
    await agent.close();
    await customer.close();
  }
}

/** @param {Page} agent */
async function mirrorOf(agent) {
  const deadline = performance.now() + PICTURE_TIMEOUT_MS;
  for (;;) {
    const frame = agent.frames().find((one) => one.url().includes('/viewer/viewer.html'));
    if (frame) return frame;
    if (performance.now() > deadline) throw new Error('There is no mirror.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** In the customer's page. The last paragraph says when the whole picture is there. @param {number} paragraphs */
function makeHeavy(paragraphs) {
  const add = (/** @type {string} */ text) => {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    document.body.append(paragraph);
    return paragraph;
  };
  for (let count = 0; count < paragraphs; count += 1) add(`Line ${count} of a long page`);
  add('end').className = 'bench-word';
}

/** In the customer's page. @param {string} word @returns {number} when, in the time of the machine */
function change(word) {
  const at = performance.timeOrigin + performance.now();
  /** @type {Element} */ (document.querySelector('.bench-word')).textContent = word;
  return at;
}

/** What `watchAgent` leaves for the runner. */
/** @typedef {{ seen: (word: string) => Promise<number>, messages: () => { clickedAt: number, messages: Message[] }, idle: (count: number) => Promise<number[]> }} Watch */
/** @typedef {{ sentAt: number, took: number }} Message */
/** @typedef {{ benchWatch: Watch }} Watched */

/** In the mirror. @param {string} word @returns {Promise<number>} when the frame begins in which it stands there */
function seen(word) {
  return /** @type {Watched} */ (/** @type {unknown} */ (window)).benchWatch.seen(word);
}

/** In the console: since the click; no more are sent. */
function messages() {
  return /** @type {Watched} */ (/** @type {unknown} */ (window)).benchWatch.messages();
}

/** In the console. @param {number} count */
function idle(count) {
  return /** @type {Watched} */ (/** @type {unknown} */ (window)).benchWatch.idle(count);
}

/** In every page and frame of the agent's browser, before anything else. */
function watchAgent() {
  const now = () => performance.timeOrigin + performance.now();
  /** @type {Message[]} */
  const messages = [];
  let clickedAt = 0;
  const over = new AbortController();
  /** @type {RTCDataChannel | null} */
  let live = null;

  // The last one before the picture is the one on Join co-browse.
  addEventListener('click', ({ timeStamp }) => void (clickedAt = performance.timeOrigin + timeStamp), true);

  // The product's own `ping`, as protocol/command.ts writes it, on the channel for small messages.
  const [LAST, PING, PONG] = [1, 33, 34];
  const send = RTCDataChannel.prototype.send;

  /** @param {RTCDataChannel} channel @returns {Promise<Message>} */
  const ping = (channel) => {
    const sentAt = now();
    return new Promise((resolve) => {
      channel.addEventListener('message', function hear({ data }) {
        if (!(data instanceof ArrayBuffer) || new Uint8Array(data)[1] !== PONG) return;
        channel.removeEventListener('message', hear);
        resolve({ sentAt, took: now() - sentAt });
      });
      send.call(channel, /** @type {any} */ (new Uint8Array([LAST, PING, 1]).buffer));
    });
  };
  /** @param {RTCDataChannel} channel */
  const pingOn = async (channel) => {
    while (!over.signal.aborted) {
      messages.push(await ping(channel));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  RTCDataChannel.prototype.send = function (/** @type {any} */ data) {
    if (this.label === 'live' && live === null) {
      live = this;
      // The other side's first word is its hello; from then on it answers.
      this.addEventListener('message', () => setTimeout(() => void pingOn(this)), { once: true });
    }
    return send.call(this, data);
  };

  /** @type {Watch} */
  const benchWatch = {
    seen: (word) =>
      new Promise((resolve) => {
        const look = (/** @type {number} */ at) =>
          document.querySelector('.bench-word')?.textContent === word
            ? resolve(performance.timeOrigin + at)
            : requestAnimationFrame(look);
        requestAnimationFrame(look);
      }),
    messages() {
      over.abort();
      return { clickedAt, messages };
    },
    async idle(count) {
      const took = [];
      const channel = live;
      if (channel === null) return [];
      for (let turn = 0; turn < count; turn += 1) took.push((await ping(channel)).took);
      return took;
    },
  };
  Object.assign(window, { benchWatch });
}
