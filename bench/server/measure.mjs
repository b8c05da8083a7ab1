import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startProgram } from './calls.mjs';

/**
 * Who waits, who is in a session; the second is the crowd that is promised. None has 20,000 sockets on one side: some
 * systems let no process have more files.
 */
const STAGES = [
  { waiting: 5_000, sessions: 1_000 },
  { waiting: 10_000, sessions: 2_000 },
  { waiting: 15_000, sessions: 1_000 },
];
const QUICK_STAGES = [{ waiting: 1_000, sessions: 200 }];
const WARM_UP = { waiting: 500, sessions: 200 };
const JOINS = 300;
const JOINS_PER_SECOND = 100;
const RELAY_MS = 4_000;
const IDLE_MS = 2_000;
const GUESSES_PER_SECOND = 100;
const STOLEN_ACCOUNTS = 100;

/** @typedef {'ours' | 'PeerServer'} Who */
/** @typedef {{ server: import('./calls.mjs').Program, clients: import('./calls.mjs').Program }} Contestant */
/**
 * CPU in microseconds of the server's process, latency in milliseconds, memory in bytes.
 * @typedef {object} Turn
 * @property {{ cpu: number, took: number[] }} join the agent's request (ours), the peer's socket (PeerServer)
 * @property {{ cpu: number, took: number[] } | null} enter the agent's socket after the request
 * @property {{ cpu: number, perSecond: number }} relay
 */
/** @typedef {{ waiting: number, sessions: number, idle: Record<Who, { rss: number, heap: number }>, turns: Record<Who, Turn[]> }} Stage */
/** @typedef {{ calm: number[], guessed: number[], answers: Record<string, number> }} Guessing */

/**
 * Both servers, each with its crowd, in one run and in turns.
 * @param {{ rounds: number, quick: boolean, progress: (what: string) => void }} options
 */
export async function measureServers({ rounds, quick, progress }) {
  const stages = quick ? QUICK_STAGES : STAGES;
  const agents = Math.max(...stages.map(({ sessions }) => sessions)) + JOINS + STOLEN_ACCOUNTS;
  /** @type {Record<Who, Contestant>} */
  const contestants = { ours: await startOurs(agents), PeerServer: await startPeerServer() };
  try {
    for (const { clients } of Object.values(contestants)) {
      await clients.call('wait', WARM_UP.waiting);
      await clients.call('pair', WARM_UP.sessions);
    }
    for (const who of whoIn(contestants)) await turn(contestants, who);
    /** @type {Stage[]} */
    const measured = [];
    for (const stage of stages) {
      progress(`Server: ${stage.waiting} waiting, ${stage.sessions} sessions`);
      measured.push(await measureStage(contestants, stage, rounds));
    }
    progress('Server: somebody guesses session IDs');
    return { stages: measured, guessing: await measureGuessing(contestants.ours, rounds) };
  } finally {
    for (const { server, clients } of Object.values(contestants)) {
      await clients.stop();
      await server.stop();
    }
  }
}

/** @param {string} file */
function here(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}

/**
 * @param {number} agents
 * @returns {Promise<Contestant>}
 */
async function startOurs(agents) {
  const main = here('../../dist/server/main.js');
  const server = await startProgram(here('server-ours.mjs'), { main, agents });
  const url = await server.call('url');
  // This runs without a build of its own, and Node 20 reads no TypeScript.
  const version = Number(
    /PROTOCOL_VERSION = (\d+)/u.exec(readFileSync(here('../../protocol/version.ts'), 'utf8'))?.[1],
  );
  return { server, clients: await startProgram(here('clients-ours.mjs'), url, { agents, version }) };
}

/** @returns {Promise<Contestant>} */
async function startPeerServer() {
  const server = await startProgram(here('server-peerjs.mjs'));
  return { server, clients: await startProgram(here('clients-peerjs.mjs'), await server.call('url')) };
}

/** @param {Record<Who, Contestant>} contestants */
function whoIn(contestants) {
  return /** @type {Who[]} */ (Object.keys(contestants));
}

/**
 * @param {Record<Who, Contestant>} contestants
 * @param {{ waiting: number, sessions: number }} stage
 * @param {number} rounds
 * @returns {Promise<Stage>}
 */
async function measureStage(contestants, { waiting, sessions }, rounds) {
  /** @type {Stage} */
  const stage = {
    waiting,
    sessions,
    idle: { ours: { rss: Number.NaN, heap: Number.NaN }, PeerServer: { rss: Number.NaN, heap: Number.NaN } },
    turns: { ours: [], PeerServer: [] },
  };
  for (const who of whoIn(contestants)) {
    const { server, clients } = contestants[who];
    await clients.call('pair', sessions);
    const added = waiting - (await clients.call('waiting'));
    const before = await server.call('memory');
    await clients.call('wait', waiting);
    const after = await server.call('memory');
    // A crowd that became smaller says nothing: a process gives little back.
    if (added > 0) {
      stage.idle[who] = { rss: (after.rss - before.rss) / added, heap: (after.heap - before.heap) / added };
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? whoIn(contestants) : whoIn(contestants).toReversed();
    for (const who of order) stage.turns[who].push(await turn(contestants, who));
  }
  return stage;
}

/**
 * @param {Record<Who, Contestant>} contestants
 * @param {Who} who
 * @returns {Promise<Turn>}
 */
async function turn(contestants, who) {
  const { server, clients } = contestants[who];
  if (who === 'ours') await clients.call('expect', JOINS);
  const idleFrom = await server.call('cpu');
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const idlePerMs = ((await server.call('cpu')) - idleFrom) / IDLE_MS;

  /**
   * @param {string} name
   * @param {unknown[]} args
   */
  async function timed(name, ...args) {
    const cpuBefore = await server.call('cpu');
    const from = performance.now();
    /** @type {number[]} */
    const took = await clients.call(name, ...args);
    const cpu = (await server.call('cpu')) - cpuBefore - idlePerMs * (performance.now() - from);
    return { cpu: cpu / took.length, took };
  }

  const join = await timed('join', JOINS, JOINS_PER_SECOND);
  const enter = who === 'ours' ? await timed('enter', JOINS_PER_SECOND) : null;
  await clients.call('leave');
  const cpuBefore = await server.call('cpu');
  const { relayed, milliseconds } = await clients.call('relay', RELAY_MS);
  const cpu = ((await server.call('cpu')) - cpuBefore) / relayed;
  return { join, enter, relay: { cpu, perSecond: (relayed * 1_000) / milliseconds } };
}

/**
 * Joins alone, and joins while somebody guesses, in turns.
 * @param {Contestant} ours
 * @param {number} rounds
 * @returns {Promise<Guessing>}
 */
async function measureGuessing({ clients }, rounds) {
  /** @type {Guessing} */
  const result = { calm: [], guessed: [], answers: {} };
  for (let round = 0; round < Math.max(2, rounds); round += 1) {
    for (const isGuessed of round % 2 === 0 ? [false, true] : [true, false]) {
      await clients.call('expect', JOINS);
      const milliseconds = (JOINS / JOINS_PER_SECOND) * 1_000;
      const guesses = isGuessed ? clients.call('guess', milliseconds, GUESSES_PER_SECOND, STOLEN_ACCOUNTS) : null;
      const took = await clients.call('join', JOINS, JOINS_PER_SECOND);
      result[isGuessed ? 'guessed' : 'calm'].push(...took);
      for (const [answer, count] of Object.entries((await guesses) ?? {})) {
        result.answers[answer] = (result.answers[answer] ?? 0) + Number(count);
      }
      await clients.call('leave');
    }
  }
  return result;
}
