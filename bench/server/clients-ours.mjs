import { Agent, request } from 'node:http';
import { answerCalls } from './calls.mjs';
import { CANDIDATE, closeSockets, many, openSocket, paced, relayWithin } from './sockets.mjs';

/** Customers and agents of our server, each from an address of their own. */
const AT_ONCE = 32;
const CUSTOMER_ORIGIN = 'http://localhost:3000';
const EXTENSION_ORIGIN = `chrome-extension://${'a'.repeat(32)}`;
const http = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
let url = '';
let version = 0;
let addresses = 0;

/** @typedef {import('./sockets.mjs').BenchSocket} BenchSocket */
/** @typedef {{ sessionId: string, socket: BenchSocket }} Customer */
/** @typedef {{ name: string, token: string }} Ticket */
/** @type {string[]} bearer tokens of agents who are free */
const free = [];
/** @type {Customer[]} */
const waiting = [];
/** @type {{ agent: string, customer: Customer, agentSocket: BenchSocket, peers: [BenchSocket, BenchSocket], names: [string, string] }[]} */
const sessions = [];
/** @type {Customer[]} */
let expected = [];
/** @type {{ agent: string, token: string }[]} */
let joined = [];
/** @type {BenchSocket[]} */
let joinedSockets = [];

function nextAddress() {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/**
 * @param {string} path
 * @param {unknown} body
 * @param {Record<string, string>} headers
 * @returns {Promise<{ status: number, body: any }>}
 */
function post(path, body, headers) {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      url + path,
      {
        method: 'POST',
        agent: http,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'x-forwarded-for': nextAddress(),
          ...headers,
        },
      },
      (answer) => {
        let got = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk) => (got += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(got || 'null') }));
        answer.on('error', reject);
      },
    );
    // A kept connection may be closed at the very moment it is used again; browsers ask once more, and so do we.
    asked.on('error', (error) => (asked.reusedSocket ? resolve(post(path, body, headers)) : reject(error)));
    asked.end(text);
  });
}

/** @type {typeof post} @throws when it is refused */
async function ask(path, body, headers) {
  const answer = await post(path, body, headers);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

/** @returns {Promise<Customer>} */
async function startSession() {
  const from = nextAddress();
  const { body } = await ask(
    '/api/sessions',
    { site: 'demo', channel: 'voice' },
    { origin: CUSTOMER_ORIGIN, 'x-forwarded-for': from },
  );
  const socket = await openSocket(`${url}/session`, {
    origin: CUSTOMER_ORIGIN,
    from,
    hello: { type: 'hello', version, token: body.token },
    until: ({ type }) => type === 'state',
  });
  return { sessionId: body.sessionId, socket };
}

/**
 * @param {string} bearer
 * @param {string} sessionId
 */
function join(bearer, sessionId) {
  return ask('/api/sessions/join', { sessionId }, { authorization: `Bearer ${bearer}` });
}

/** @param {string} token */
async function enterAsAgent(token) {
  /** @type {Ticket | null} */
  let ticket = null;
  const socket = await openSocket(`${url}/session`, {
    origin: EXTENSION_ORIGIN,
    from: nextAddress(),
    hello: { type: 'hello', version, token },
    until(message) {
      if (message.type === 'peer') ticket = { name: message.name, token: message.token };
      return message.type === 'peer';
    },
  });
  return { socket, ticket: /** @type {Ticket} */ (/** @type {unknown} */ (ticket)) };
}

/**
 * @param {Ticket} ticket
 * @param {string} origin
 */
function openPeer({ name, token }, origin) {
  return openSocket(`${url}/peerjs?key=alongside&id=${name}&token=${token}&version=1.5.5`, {
    origin,
    from: nextAddress(),
    until: ({ type }) => type === 'OPEN',
  });
}

/** All six sockets of a session but the data channel's. */
async function openSession() {
  const agent = free.pop();
  if (agent === undefined) throw new Error('No agent is free.');
  const customer = await startSession();
  const ticketOfCustomer = new Promise((/** @type {(ticket: Ticket) => void} */ resolve) => {
    customer.socket.heard = (message) => message.type === 'peer' && resolve(message);
  });
  const { body } = await join(agent, customer.sessionId);
  const { socket: agentSocket, ticket } = await enterAsAgent(body.token);
  const customerTicket = await ticketOfCustomer;
  /** @type {[BenchSocket, BenchSocket]} */
  const peers = [await openPeer(customerTicket, CUSTOMER_ORIGIN), await openPeer(ticket, EXTENSION_ORIGIN)];
  /** @type {[string, string]} */
  const names = [customerTicket.name, ticket.name];
  return { agent, customer, agentSocket, peers, names };
}

/** @param {Customer} customer */
async function endSession({ socket }) {
  const ended = new Promise((resolve) => {
    socket.heard = (message) => message.type === 'ended' && resolve(undefined);
  });
  socket.ws.send('{"type":"end","reason":"customer_ended"}');
  await ended;
}

answerCalls({
  /**
   * @param {string} server
   * @param {{ agents: number, version: number }} options
   */
  async start(server, options) {
    url = server;
    ({ version } = options);
    const tokens = await many(options.agents, 16, async (index) => {
      const { body } = await ask('/api/sign-in', { email: `bench${index}@demo.example`, password: 'demo' }, {});
      return /** @type {string} */ (body.token);
    });
    free.push(...tokens);
  },
  waiting: () => waiting.length,
  /** Fewer: the last ones go. @param {number} count */
  async wait(count) {
    const gone = waiting.splice(count);
    await many(gone.length, AT_ONCE, (index) => endSession(/** @type {Customer} */ (gone[index])));
    await closeSockets(gone.map(({ socket }) => socket));
    waiting.push(...(await many(count - waiting.length, AT_ONCE, startSession)));
  },
  /** @param {number} count */
  async pair(count) {
    const gone = sessions.splice(count);
    await many(gone.length, AT_ONCE, (index) => endSession(/** @type {Customer} */ (gone[index]?.customer)));
    await closeSockets(gone.flatMap(({ customer, agentSocket, peers }) => [customer.socket, agentSocket, ...peers]));
    free.push(...gone.map(({ agent }) => agent));
    sessions.push(...(await many(count - sessions.length, AT_ONCE, openSession)));
  },
  /** Customers for `join`. @param {number} count */
  async expect(count) {
    expected = await many(count, AT_ONCE, startSession);
  },
  /**
   * The agents' requests alone.
   * @param {number} count
   * @param {number} perSecond
   */
  async join(count, perSecond) {
    return paced(count, perSecond, async (index) => {
      const agent = free.pop();
      const customer = expected[index];
      if (agent === undefined || customer === undefined) throw new Error('Nobody is free, or nobody waits.');
      const { body } = await join(agent, customer.sessionId);
      joined.push({ agent, token: body.token });
    });
  },
  /** The sockets of those who have joined. @param {number} perSecond */
  async enter(perSecond) {
    return paced(joined.length, perSecond, async (index) => {
      joinedSockets.push((await enterAsAgent(joined[index]?.token ?? '')).socket);
    });
  },
  async leave() {
    await many(expected.length, AT_ONCE, (index) => endSession(/** @type {Customer} */ (expected[index])));
    await closeSockets([...expected.map(({ socket }) => socket), ...joinedSockets]);
    free.push(...joined.map(({ agent }) => agent));
    expected = [];
    joined = [];
    joinedSockets = [];
  },
  /** @param {number} milliseconds */
  relay: (milliseconds) =>
    relayWithin(
      sessions.map(({ peers }) => peers),
      {
        milliseconds,
        underWay: 256,
        message: (to, pair) =>
          JSON.stringify({ type: 'CANDIDATE', payload: CANDIDATE, dst: sessions[pair]?.names[to] }),
      },
    ),
  /**
   * Somebody guesses: half of the tries by people who are not signed in, half by agents' stolen accounts, each from
   * another address.
   * @param {number} milliseconds
   * @param {number} perSecond
   * @param {number} accounts how many were stolen
   * @returns {Promise<Record<string, number>>} how many got which answer
   */
  async guess(milliseconds, perSecond, accounts) {
    const stolen = free.splice(0, accounts);
    /** @type {Record<string, number>} */
    const answers = {};
    await paced(Math.round((milliseconds * perSecond) / 1_000), perSecond, async (index) => {
      const bearer = index % 2 === 0 ? 'x'.repeat(43) : stolen[index % stolen.length];
      const sessionId = String(Math.floor(Math.random() * 1e9)).padStart(9, '0');
      const { status, body } = await post('/api/sessions/join', { sessionId }, { authorization: `Bearer ${bearer}` });
      const answer = status === 200 ? 'joined' : body.error.code;
      answers[answer] = (answers[answer] ?? 0) + 1;
    });
    // Once caught they are of no use for joining; the next guesses come from the same ones.
    free.unshift(...stolen);
    return answers;
  },
});
