import { WebSocket } from 'ws';

const OPEN_TIMEOUT_MS = 60_000;
const STRAGGLERS_MS = 2_000;

/**
 * A socket that hands every message to whoever listens last.
 * @typedef {object} BenchSocket
 * @property {WebSocket} ws
 * @property {(message: any) => void} heard replaced at will
 */

/**
 * @param {string} url
 * @param {{ origin?: string, from?: string, hello?: unknown, until: (message: any) => boolean }} options `hello` is sent
 *   at once; the socket is there when `until` says so of a message
 * @returns {Promise<BenchSocket>}
 */
export function openSocket(url, { origin, from, hello, until }) {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(url.replace('http', 'ws'), {
      perMessageDeflate: false,
      ...(origin === undefined ? {} : { origin }),
      ...(from === undefined ? {} : { headers: { 'x-forwarded-for': from } }),
    });
    const timer = setTimeout(() => reject(new Error(`${url}: nothing came.`)), OPEN_TIMEOUT_MS);
    /** @type {BenchSocket} */
    const socket = {
      ws,
      heard(message) {
        if (!until(message)) return;
        clearTimeout(timer);
        socket.heard = () => {};
        resolve(socket);
      },
    };
    ws.on('message', (/** @type {Buffer} */ data) => socket.heard(JSON.parse(data.toString('utf8'))));
    ws.on('error', reject);
    ws.on('close', (code) => reject(new Error(`${url}: closed with ${code}.`)));
    if (hello !== undefined) ws.on('open', () => ws.send(JSON.stringify(hello)));
  });
}

/** @param {readonly BenchSocket[]} sockets */
export async function closeSockets(sockets) {
  await Promise.all(
    sockets.map(({ ws }) => {
      if (ws.readyState === ws.CLOSED) return Promise.resolve();
      const closed = new Promise((resolve) => ws.once('close', resolve));
      ws.terminate();
      return closed;
    }),
  );
}

/**
 * Does the work for 0, 1, … with so many under way at once.
 * @template Result
 * @param {number} count
 * @param {number} atOnce
 * @param {(index: number) => Promise<Result>} work
 * @returns {Promise<Result[]>}
 */
export async function many(count, atOnce, work) {
  /** @type {Result[]} */
  const results = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(count, atOnce) }, async () => {
      for (let index = next++; index < count; index = next++) results[index] = await work(index);
    }),
  );
  return results;
}

/**
 * Begins one piece of work every so often, whether or not the one before it is done: who waits for a slow answer would
 * not notice the next one.
 * @param {number} count
 * @param {number} perSecond
 * @param {(index: number) => Promise<unknown>} work
 * @returns {Promise<number[]>} milliseconds each took from when it was due
 */
export async function paced(count, perSecond, work) {
  const began = performance.now();
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const due = began + (index * 1_000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      const started = performance.now();
      await work(index);
      return performance.now() - started;
    }),
  );
}

/**
 * Messages to and fro within pairs, always `underWay` of them, through all pairs in turn.
 * @param {readonly (readonly [BenchSocket, BenchSocket])[]} pairs
 * @param {{ milliseconds: number, underWay: number, message: (to: 0 | 1, pair: number) => string }} options
 * @returns {Promise<{ relayed: number, milliseconds: number }>}
 */
export async function relayWithin(pairs, { milliseconds, underWay, message }) {
  const began = performance.now();
  let relayed = 0;
  let turn = 0;
  let left = underWay;
  await new Promise((resolve) => {
    // A message that was dropped must not hold up the rest.
    setTimeout(resolve, milliseconds + STRAGGLERS_MS);
    const send = () => {
      const index = turn % pairs.length;
      const to = /** @type {0 | 1} */ (Math.floor(turn / pairs.length) % 2);
      turn += 1;
      pairs[index]?.[to === 1 ? 0 : 1].ws.send(message(to, index));
    };
    const heard = () => {
      const isTime = performance.now() - began < milliseconds;
      if (isTime) relayed += 1;
      if (isTime) send();
      else if (--left === 0) resolve(undefined);
    };
    for (const pair of pairs) for (const socket of pair) socket.heard = heard;
    for (let index = 0; index < underWay; index += 1) send();
  });
  for (const pair of pairs) for (const socket of pair) socket.heard = () => {};
  return { relayed, milliseconds };
}

/** What a browser's candidate looks like in PeerJS's payload. */
export const CANDIDATE = {
  candidate: {
    candidate:
      'candidate:842163049 1 udp 1677729535 203.0.113.77 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag Gq8E network-cost 999',
    sdpMLineIndex: 0,
    sdpMid: '0',
    usernameFragment: 'Gq8E',
  },
  type: 'data',
  connectionId: 'dc_l9x0f8k2e6',
};
