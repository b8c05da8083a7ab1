import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';
import { startServer } from '../tools/product.mjs';
import { joinOne, openLine, returnOne, signAgentsIn, startOne } from './fleet.mjs';

/** How long everybody may take to be back after the last kill. Bounds a wait that will never end. */
const PATIENCE_MS = 60_000;
/** Of a session's life between two kills at most, milliseconds. */
const LIFE_MS = 1_500;

/**
 * Kills the real server again and again while sessions start, are joined and end, and counts what was lost.
 * @param {{ sessions: number, kills: number }} options
 * @returns {Promise<{ started: number, ended: number, problems: string[] }>}
 */
export async function killAndCount({ sessions, kills }) {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-kills-'));
  const file = join(folder, 'history.db');
  const environment = { DEMO: '1', DATABASE_URL: file, TRUST_PROXY: '127.0.0.1' };
  let server = await startServer({ ...environment, PORT: '0' });
  const { url } = server;
  const bearers = signAgentsIn(file, sessions);
  /** @type {string[]} */
  const problems = [];
  /** What clients were told, by history ID. */
  const told = new Map();
  const over = new AbortController();

  /** One place in the fleet: a session after the other, until the end. */
  async function live(/** @type {number} */ number) {
    const bearer = bearers[number] ?? '';
    while (!over.signal.aborted) {
      const start = await until('start', () => startOne(url, number));
      if (start === null) return;
      const mine = { joined: false, ended: '', isOpen: true };
      told.set(start.historyId, mine);
      const customer = openLine(url, start.token, 'customer', number);
      const agentToken = await until('join', () => joinOrReturn(bearer, start, number));
      if (agentToken === null) return;
      mine.joined = true;
      const agent = openLine(url, agentToken, 'agent', number);
      const endsAt = Date.now() + Math.random() * LIFE_MS;
      const isReady = await until('active', () => Promise.resolve(customer.state === 'active' && Date.now() > endsAt));
      if (isReady === null || number % 4 === 0) {
        // Every fourth stays to the end.
        for (const stays = () => !over.signal.aborted && !isLost(customer) && !isLost(agent); stays();) await wait(100);
        check(`${start.historyId} open`, customer, agent);
        customer.close();
        agent.close();
        return;
      }
      const [line, reason] = number % 2 ? [customer, 'customer_ended'] : [agent, 'agent_ended'];
      await until('end', () => {
        line.say({ type: 'end', reason });
        return Promise.resolve(isLost(customer) && isLost(agent));
      });
      // A kill may fall between the writing of the end and its saying: then nobody knows the token any more.
      if (customer.error !== '' && customer.error !== 'bad_token') problems.push(`customer: ${customer.error}`);
      mine.isOpen = !isLost(customer);
      mine.ended = isLost(customer) ? reason : '';
      customer.close();
      agent.close();
    }
  }

  /** @param {ReturnType<typeof openLine>} line */
  function isLost(line) {
    return line.ended !== '' || line.error !== '';
  }

  /**
   * @param {string} name
   * @param {...ReturnType<typeof openLine>} lines
   */
  function check(name, ...lines) {
    for (const line of lines) if (isLost(line)) problems.push(`${name}: ${line.ended}${line.error}`);
  }

  /** @param {string} bearer @param {import('./fleet.mjs').Told} start @param {number} number */
  async function joinOrReturn(bearer, start, number) {
    const joined = await joinOne(url, bearer, start.sessionId, number);
    if (joined !== null) return joined.token;
    const back = await returnOne(url, bearer, number);
    return back !== null && back.historyId === start.historyId ? back.token : null;
  }

  /**
   * @template Value
   * @param {string} what
   * @param {() => Promise<Value | null | false>} ask
   * @returns {Promise<Value | null>} null at the end
   */
  async function until(what, ask) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const answer = await ask();
      if (answer !== null && answer !== false) return answer;
      if (over.signal.aborted && Date.now() > deadline - PATIENCE_MS + 5_000) return null;
      if (Date.now() > deadline) {
        problems.push(`nobody answered: ${what}`);
        return null;
      }
      await wait(20 + Math.random() * 30);
    }
  }

  const fleet = Array.from({ length: sessions }, (_, number) => live(number));
  for (let kill = 0; kill < kills; kill += 1) {
    await wait(300 + Math.random() * 2 * LIFE_MS);
    await server.kill();
    server = await startServer({ ...environment, PORT: new URL(url).port });
  }
  await wait(LIFE_MS);
  over.abort();
  await Promise.all(fleet);
  await server.stop();

  const reader = new Database(file, { readonly: true });
  /** @type {any[]} */
  const rows = reader.prepare('select historyId, agentId, endedAt, endReason, live from sessions').all();
  reader.close();
  rmSync(folder, { recursive: true, force: true });
  const byId = new Map(rows.map((row) => [row.historyId, row]));
  if (byId.size !== rows.length) problems.push('a row is there twice');
  for (const [historyId, { joined, ended }] of told) {
    const row = byId.get(historyId);
    if (row === undefined) problems.push(`${historyId} has no row`);
    else if (joined && row.agentId === null) problems.push(`${historyId} has lost its agent`);
    else if (ended !== '' && row.endReason !== ended) problems.push(`${historyId}: ${ended}, but ${row.endReason}`);
    else if (row.endReason !== null && row.live !== null)
      problems.push(`${historyId} ended and keeps what it lived by`);
  }
  // A start whose answer was lost leaves a row that nobody was told of: at most one for each place and kill.
  if (rows.length - told.size > sessions * kills) problems.push('there are rows nobody asked for');
  return { started: told.size, ended: rows.filter((row) => row.endReason !== null).length, problems };
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [sessions = 200, kills = 20] = process.argv.slice(2).map(Number);
  const result = await killAndCount({ sessions, kills });
  console.log(`${sessions} places, ${kills} kills:`, result);
  process.exitCode = result.problems.length === 0 ? 0 : 1;
}
