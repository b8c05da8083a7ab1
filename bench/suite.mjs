import { TRACKERS } from './measure.mjs';
import { alternate } from './rounds.mjs';
import { median, noisePercent } from './stats.mjs';
import { messagesOf, sizesOf } from './wire.mjs';

/** Milliseconds for each part of a run; together they stay under ten minutes with what starts and ends it. */
const TIME = { snapshots: 220_000, changes: 110_000, burdens: 40_000, mirrors: 90_000, mirroredChanges: 50_000 };
/** Samples of the longest stretch. */
const LEAST_OF = 3;
const RECORDERS = ['ours', 'ours, not deflated', 'reading', 'outerHTML', 'rrweb, no string', 'rrweb', ...TRACKERS];
/** Told for completeness: one sample says enough, and others get its time. */
const ONCE = new Set(['ours, not deflated', 'rrweb, no string', ...TRACKERS]);
const CHANGE_RECORDERS = ['ours', 'nothing', 'reading', 'rrweb'];
const VIEWERS = ['ours', 'innerHTML', 'rrweb'];
const CHANGE_VIEWERS = ['ours', 'rrweb'];

/**
 * @typedef {ReturnType<typeof import('./measure.mjs').createMeasurements>} Measurements
 * @typedef {{ put(path: string, text: string): void }} Shelf where the viewing side finds recordings
 * @typedef {{ cpu: Record<string, number>, wall: Record<string, number>, noise: number }} Times
 * @typedef {{ plain: number, deflated: number }} Size
 * @typedef {{ stretches: number[], nodes: number, kept: number, grown: number, idle: number }} Burden
 */

/**
 * The first snapshot of every page: time and bytes.
 * @param {Measurements} measure
 * @param {Shelf} shelf
 * @param {readonly { name: string, path: string }[]} pages
 * @param {number} rounds
 */
export async function runSnapshots(measure, shelf, pages, rounds) {
  const samples = createSamples();
  /** @type {Map<string, { nodes: number, sizes: Record<string, Size> }>} */
  const facts = new Map(pages.map(({ name }) => [name, { nodes: 0, sizes: {} }]));
  const done = await alternate({
    rounds,
    milliseconds: TIME.snapshots,
    subjects: pages,
    contestants: RECORDERS,
    async turn({ name, path }, who, round) {
      if (round > 0 && ONCE.has(who)) return;
      const isKept = round === 0 && ['ours', 'rrweb', 'outerHTML'].includes(who);
      const { cpu, wall, parts, nodes } = await measure.snapshot(path, who, { parts: isKept });
      samples.add(name, who, cpu, wall);
      const fact = facts.get(name);
      if (!isKept || !fact) return;
      fact.nodes = nodes;
      fact.sizes[who] = sizesOf(keep(shelf, `${name}/first`, who, parts));
    },
  });
  return {
    rounds: done,
    pages: pages.map(({ name }) => ({ name, ...(facts.get(name) ?? { nodes: 0, sizes: {} }), ...samples.of(name) })),
  };
}

/**
 * What recording changes costs above the same changes with nobody looking.
 * @param {Measurements} measure
 * @param {Shelf} shelf
 * @param {readonly string[]} changes
 * @param {number} rounds
 */
export async function runChanges(measure, shelf, changes, rounds) {
  const samples = createSamples();
  /** @type {Map<string, Record<string, Size>>} */
  const sizes = new Map(changes.map((name) => [name, {}]));
  const done = await alternate({
    rounds,
    milliseconds: TIME.changes,
    subjects: changes,
    contestants: CHANGE_RECORDERS,
    async turn(name, who, round) {
      const isKept = round === 0 && ['ours', 'rrweb'].includes(who);
      const { cpu, first, parts } = await measure.change('/changes.html', who, name, { parts: isKept });
      samples.add(name, who, cpu, 0);
      const size = sizes.get(name);
      if (!isKept || !size) return;
      keep(shelf, `${name}/first`, who, first);
      size[who] = sizesOf(keep(shelf, `${name}/after`, who, parts));
    },
  });
  return {
    rounds: done,
    changes: changes.map((name) => {
      const { cpu, noise } = samples.of(name);
      return { name, sizes: sizes.get(name) ?? {}, cpu, above: samples.above(name, 'nothing'), noise };
    }),
  };
}

/**
 * What recording takes from the page besides time: its turns, and its memory.
 * @param {Measurements} measure
 * @param {readonly { name: string, path: string }[]} pages
 * @param {number} rounds
 */
export async function runBurdens(measure, pages, rounds) {
  /** @type {Map<string, Record<string, Burden>>} */
  const burdens = new Map(pages.map(({ name }) => [name, {}]));
  await alternate({
    rounds,
    milliseconds: TIME.burdens,
    subjects: pages,
    contestants: ['ours', 'rrweb', 'nothing'],
    async turn({ name, path }, who, round) {
      const byWho = burdens.get(name);
      if (!byWho) return;
      byWho[who] ??= { stretches: [], ...(await measure.memory(path, who)), idle: await measure.idle(path, who) };
      // A garbage collection that comes in one of some is not what a page waits for every time.
      if (round < LEAST_OF) byWho[who].stretches.push(await measure.stretch(path, who));
    },
  });
  return pages.map(({ name }) => ({ name, byWho: burdens.get(name) ?? {} }));
}

/**
 * Building the mirror of each page from what `runSnapshots` kept.
 * @param {Measurements} measure
 * @param {readonly string[]} pages
 * @param {number} rounds
 */
export async function runMirrors(measure, pages, rounds) {
  const samples = createSamples();
  const done = await alternate({
    rounds,
    milliseconds: TIME.mirrors,
    subjects: pages,
    contestants: VIEWERS,
    async turn(name, who) {
      const { cpu, nodes } = await measure.view(who, [`${name}/first/${who}`]);
      if (nodes < 50) throw new Error(`${who} built ${nodes} nodes of ${name}.`);
      samples.add(name, who, cpu, 0);
    },
  });
  return { rounds: done, pages: pages.map((name) => ({ name, ...samples.of(name) })) };
}

/**
 * Applying the changes that `runChanges` kept to a mirror that stands.
 * @param {Measurements} measure
 * @param {readonly string[]} changes
 * @param {number} rounds
 */
export async function runMirroredChanges(measure, changes, rounds) {
  const samples = createSamples();
  const done = await alternate({
    rounds,
    milliseconds: TIME.mirroredChanges,
    subjects: changes,
    contestants: CHANGE_VIEWERS,
    async turn(name, who) {
      const { cpu } = await measure.view(who, [`${name}/first/${who}`, `${name}/after/${who}`]);
      samples.add(name, who, cpu, 0);
    },
  });
  return { rounds: done, changes: changes.map((name) => ({ name, ...samples.of(name) })) };
}

/**
 * Lays a recording out for the viewing side.
 * @param {Shelf} shelf
 * @param {string} name
 * @param {string} who
 * @param {readonly string[]} parts as the page gave them
 * @returns {readonly (Buffer | string)[]} what would be sent
 */
function keep(shelf, name, who, parts) {
  const messages = who === 'ours' ? messagesOf(parts) : parts;
  const texts = messages.map((message) => (typeof message === 'string' ? message : message.toString('base64')));
  const viewer = who === 'outerHTML' ? 'innerHTML' : who;
  shelf.put(`/wire/${encodeURI(`${name}/${viewer}`)}`, JSON.stringify(texts));
  return messages;
}

function createSamples() {
  /** @type {Map<string, Map<string, { cpu: number[], wall: number[] }>>} */
  const all = new Map();

  /** @param {string} subject */
  const entries = (subject) => [...(all.get(subject) ?? [])];

  return {
    /**
     * @param {string} subject
     * @param {string} who
     * @param {number} cpu
     * @param {number} wall
     */
    add(subject, who, cpu, wall) {
      const bySubject = all.get(subject) ?? new Map();
      all.set(subject, bySubject);
      const list = bySubject.get(who) ?? { cpu: [], wall: [] };
      bySubject.set(who, list);
      list.cpu.push(cpu);
      list.wall.push(wall);
    },
    /**
     * Medians by contestant.
     * @param {string} subject
     * @returns {Times}
     */
    of(subject) {
      const list = entries(subject);
      return {
        cpu: Object.fromEntries(list.map(([who, { cpu }]) => [who, median(cpu)])),
        wall: Object.fromEntries(list.map(([who, { wall }]) => [who, median(wall)])),
        noise: largest(list.filter(([who]) => who !== 'nothing').map(([, { cpu }]) => noisePercent(cpu))),
      };
    },
    /**
     * Median of the differences within a round.
     * @param {string} subject
     * @param {string} base
     * @returns {Record<string, number>}
     */
    above(subject, base) {
      const floor = all.get(subject)?.get(base)?.cpu ?? [];
      return Object.fromEntries(
        entries(subject).map(([who, { cpu }]) => [who, median(cpu.map((time, round) => time - (floor[round] ?? 0)))]),
      );
    },
  };
}

/** @param {readonly number[]} noises NaN where there was one sample */
function largest(noises) {
  const known = noises.filter((noise) => !Number.isNaN(noise));
  return known.length === 0 ? Number.NaN : Math.max(...known);
}
