import { createHash, randomBytes, randomUUID } from 'node:crypto';
import Database from 'libsql';
import { WebSocket } from 'ws';

/**
 * Many customers and agents of one server, each with a session socket that comes back by itself, as browsers' do.
 * @typedef {{ sessionId: string, historyId: string, token: string, agentToken?: string, ended?: string, error?: string }} Told
 */

const ORIGIN = 'http://localhost:3000';
const EXTENSION = `chrome-extension://${'a'.repeat(32)}`;
const VERSION = 1;
const RETRY_MS = 100;

/**
 * Agents of the demo company, signed in without the slow hashing of passwords.
 * @param {string} file the server's database, whose tables are there
 * @param {number} count
 * @returns {string[]} their bearer tokens
 */
export function signAgentsIn(file, count) {
  const database = new Database(file);
  const agent = database.prepare(
    "insert into agents (id, siteKey, email, name, role, passwordHash, disabled) values (?, 'demo', ?, 'Fleet', 'agent', '-', 0)",
  );
  const token = database.prepare('insert into agentTokens (hash, agentId, expiresAt) values (?, ?, ?)');
  const bearers = Array.from({ length: count }, () => randomBytes(32).toString('base64url'));
  database.exec('begin');
  for (const bearer of bearers) {
    const id = randomUUID();
    agent.run(id, `${id}@fleet.example`);
    token.run(createHash('sha256').update(bearer).digest('hex'), id, Date.now() + 3_600_000);
  }
  database.exec('commit');
  database.close();
  return bearers;
}

/**
 * The addresses differ, so that no limit per address is met; the server must trust 127.0.0.1 as a proxy.
 * @param {number} number
 */
function from(number) {
  return { 'x-forwarded-for': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}` };
}

/**
 * @param {string} url
 * @param {string} path
 * @param {unknown} body
 * @param {Record<string, string>} headers
 * @returns {Promise<any>} the body of a 200, or null for a server that is not there or refuses
 */
async function post(url, path, body, headers) {
  try {
    const response = await fetch(url + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
    const text = await response.text();
    return response.ok ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} url
 * @param {number} number
 * @returns {Promise<Told | null>}
 */
export function startOne(url, number) {
  return post(url, '/api/sessions', { site: 'demo', channel: 'voice' }, { origin: ORIGIN, ...from(number) });
}

/**
 * @param {string} url
 * @param {string} bearer
 * @param {string} sessionId
 * @param {number} number
 * @returns {Promise<{ token: string } | null>}
 */
export function joinOne(url, bearer, sessionId, number) {
  return post(url, '/api/sessions/join', { sessionId }, { authorization: `Bearer ${bearer}`, ...from(number) });
}

/**
 * The agent's own session again, when the answer to a join was lost.
 * @param {string} url
 * @param {string} bearer
 * @param {number} number
 * @returns {Promise<{ token: string, historyId: string } | null>}
 */
export function returnOne(url, bearer, number) {
  return post(url, '/api/sessions/return', {}, { authorization: `Bearer ${bearer}`, ...from(number) });
}

/**
 * A session socket that comes back until it is closed or told that all is over.
 * @param {string} url
 * @param {string} token
 * @param {'customer' | 'agent'} side
 * @param {number} number
 */
export function openLine(url, token, side, number) {
  /** @type {WebSocket | null} */
  let ws = null;
  let closed = false;
  /** @type {NodeJS.Timeout | undefined} */
  let retry;
  const line = {
    state: '',
    ended: '',
    error: '',
    /** @param {unknown} message */
    say(message) {
      if (ws?.readyState === WebSocket.OPEN) ws.send(JSON.stringify(message));
    },
    /** @type {(message: any) => void} */
    onMessage() {},
    close() {
      closed = true;
      clearTimeout(retry);
      ws?.terminate();
    },
  };
  connect();
  return line;

  function connect() {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/session`, {
      headers: from(number),
      origin: side === 'agent' ? EXTENSION : ORIGIN,
      perMessageDeflate: false,
    });
    ws = socket;
    socket.on('error', () => {});
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', version: VERSION, token, linked: false })));
    socket.on('message', (data) => {
      const message = JSON.parse(/** @type {Buffer} */ (data).toString('utf8'));
      if (message.type === 'state') line.state = message.state;
      if (message.type === 'ended') line.ended = message.reason;
      if (message.type === 'error') line.error = message.code;
      line.onMessage(message);
    });
    socket.on('close', () => {
      if (!closed && line.ended === '' && line.error === '')
        retry = setTimeout(connect, RETRY_MS * (1 + Math.random()));
    });
  }
}
