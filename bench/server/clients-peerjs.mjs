import { randomBytes } from 'node:crypto';
import { answerCalls } from './calls.mjs';
import { CANDIDATE, closeSockets, many, openSocket, paced, relayWithin } from './sockets.mjs';

/** Peers of PeerServer. A customer who waits is a socket; a session is two of them. */
const AT_ONCE = 64;
let url = '';
/** @typedef {import('./sockets.mjs').BenchSocket & { id: string }} Peer */
/** @type {Peer[]} */
const waiting = [];
/** @type {[Peer, Peer][]} */
const pairs = [];
/** @type {Peer[]} */
let joined = [];

/** @returns {Promise<Peer>} */
async function openPeer() {
  const id = randomBytes(16).toString('hex');
  const token = randomBytes(8).toString('hex');
  const socket = await openSocket(`${url}/peerjs?key=peerjs&id=${id}&token=${token}&version=1.5.5`, {
    origin: 'http://localhost:3000',
    until: ({ type }) => type === 'OPEN',
  });
  return Object.assign(socket, { id });
}

/** @returns {Promise<[Peer, Peer]>} */
async function openPair() {
  return [await openPeer(), await openPeer()];
}

answerCalls({
  /** @param {string} server */
  start(server) {
    url = server;
  },
  waiting: () => waiting.length,
  /** @param {number} count */
  async wait(count) {
    await closeSockets(waiting.splice(count));
    waiting.push(...(await many(count - waiting.length, AT_ONCE, openPeer)));
  },
  /** @param {number} count */
  async pair(count) {
    const gone = pairs.splice(count);
    await closeSockets(gone.flat());
    pairs.push(...(await many(count - pairs.length, AT_ONCE, openPair)));
  },
  /**
   * @param {number} count
   * @param {number} perSecond
   */
  async join(count, perSecond) {
    /** @type {Peer[]} */
    const peers = [];
    const took = await paced(count, perSecond, async () => peers.push(await openPeer()));
    joined = peers;
    return took;
  },
  async leave() {
    await closeSockets(joined);
    joined = [];
  },
  /** @param {number} milliseconds */
  relay: (milliseconds) =>
    relayWithin(pairs, {
      milliseconds,
      underWay: 256,
      message: (to, pair) => JSON.stringify({ type: 'CANDIDATE', payload: CANDIDATE, dst: pairs[pair]?.[to].id }),
    }),
});
