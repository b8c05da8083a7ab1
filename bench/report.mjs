import { geometricMean } from './stats.mjs';

/** A difference smaller than this cannot be told from noise; ratios take it instead. */
const LEAST_MS = 1;

/**
 * @typedef {object} Results
 * @property {{ browser: string, cpu: string, cores: number, node: string, rrweb: string, date: string, seconds: number, load: number }} machine
 * @property {Awaited<ReturnType<typeof import('./suite.mjs').runSnapshots>>} snapshots
 * @property {Awaited<ReturnType<typeof import('./suite.mjs').runChanges>>} changes
 * @property {Awaited<ReturnType<typeof import('./suite.mjs').runBurdens>>} burdens
 * @property {Awaited<ReturnType<typeof import('./suite.mjs').runMirrors>>} mirrors
 * @property {Awaited<ReturnType<typeof import('./suite.mjs').runMirroredChanges>>} mirroredChanges
 */

/**
 * The tables, readable as they are and as Markdown. A ratio says how many times as much rrweb needs: above 1, ours is ahead.
 * @param {Results} results
 */
export function renderReport(results) {
  const { machine } = results;
  return [
    `${machine.date}, ${machine.browser}, rrweb ${machine.rrweb}, Node ${machine.node}, ${machine.cores} × ${machine.cpu}, load ${machine.load.toFixed(1)} at the start, ${machine.seconds} s in all. Times are medians, milliseconds of the main thread's CPU. Noise is the largest median distance from the median among a row's contestants.`,
    snapshotTimes(results),
    snapshotBytes(results),
    changeCosts(results),
    burdenRows(results),
    mirrorTimes(results),
    mirroredChangeTimes(results),
  ].join('\n\n');
}

/** @param {Results} results */
function snapshotTimes({ snapshots }) {
  const rows = snapshots.pages.map(({ name, nodes, cpu, wall, noise }) => ({
    ratio: of(cpu, 'rrweb') / of(cpu, 'ours'),
    cells: [
      name,
      nodes.toLocaleString('en'),
      ms(of(cpu, 'ours')),
      ms(of(cpu, 'ours, not deflated')),
      ms(of(cpu, 'rrweb')),
      ms(of(cpu, 'rrweb, no string')),
      ms(of(cpu, 'OpenReplay')),
      ms(of(cpu, 'Clarity')),
      ms(of(cpu, 'reading')),
      ms(of(cpu, 'outerHTML')),
      `${ms(of(wall, 'ours'))} / ${ms(of(wall, 'rrweb'))}`,
      percent(noise),
    ],
  }));
  const beside = ['OpenReplay', 'Clarity'].map((who) => {
    const ratios = snapshots.pages
      .filter(({ name }) => !name.startsWith('demo/'))
      .map(({ cpu }) => of(cpu, who) / of(cpu, 'ours'));
    return `${who} ÷ ours: ${geometricMean(ratios).toFixed(2)}, worst ${Math.min(...ratios).toFixed(2)}.`;
  });
  const table = section(
    `First snapshot, main-thread CPU (${snapshots.rounds} rounds)`,
    [
      'page',
      'nodes',
      'ours',
      'not deflated',
      'rrweb',
      'no string',
      'OpenReplay',
      'Clarity',
      'reading only',
      'outerHTML',
      'wall ours / rrweb',
      'noise',
      'rrweb ÷ ours',
    ],
    rows,
  );
  return `${table} ${beside.join(' ')}`;
}

/** @param {Results} results */
function snapshotBytes({ snapshots }) {
  const rows = snapshots.pages.map(({ name, sizes }) => {
    const { ours, rrweb, outerHTML } = sizes;
    if (!ours || !rrweb || !outerHTML) throw new Error(`No sizes of ${name}.`);
    return {
      ratio: rrweb.deflated / ours.deflated,
      floor: ours.deflated / outerHTML.deflated,
      cells: [
        name,
        ...[outerHTML, ours, rrweb].map(({ plain, deflated }) => `${kb(plain)} → ${kb(deflated)}`),
        (ours.deflated / outerHTML.deflated).toFixed(2),
      ],
    };
  });
  const floors = rows.map(({ floor }) => floor);
  const table = section(
    'Bytes of the first snapshot, kB as they are → deflated',
    ['page', 'outerHTML', 'ours', 'rrweb', 'ours ÷ outerHTML', 'rrweb ÷ ours'],
    rows,
  );
  return `${table} Deflated, ours ÷ outerHTML: geometric mean ${geometricMean(floors).toFixed(2)}, worst ${Math.max(...floors).toFixed(2)}.`;
}

/** @param {Results} results */
function changeCosts({ changes }) {
  const rows = changes.changes.map(({ name, cpu, above, sizes, noise }) => ({
    ratio: Math.max(LEAST_MS, of(above, 'rrweb')) / Math.max(LEAST_MS, of(above, 'ours')),
    cells: [
      label(name),
      ms(of(cpu, 'nothing')),
      ms(of(above, 'ours')),
      ms(of(above, 'rrweb')),
      ms(of(above, 'reading')),
      `${kb(sizes['ours']?.plain ?? 0)} → ${kb(sizes['ours']?.deflated ?? 0)}`,
      `${kb(sizes['rrweb']?.plain ?? 0)} → ${kb(sizes['rrweb']?.deflated ?? 0)}`,
      percent(noise),
    ],
  }));
  return section(
    `Changes, main-thread CPU above the same changes with nobody looking (${changes.rounds} rounds)`,
    ['change', 'nobody', 'ours +', 'rrweb +', 'reading only +', 'kB ours', 'kB rrweb', 'noise', 'rrweb ÷ ours'],
    rows,
  );
}

/** @param {Results} results */
function burdenRows({ burdens }) {
  const rows = burdens.flatMap(({ name, byWho: { ours, rrweb, nothing } }) => {
    if (!ours || !rrweb || !nothing) return [];
    /** @param {typeof ours} who */
    const memory = ({ nodes, kept, grown }) => [
      ((kept - nothing.kept) / nodes).toFixed(0),
      kb(Math.max(0, grown - nothing.grown)),
    ];
    const [stretchOfOurs, stretchOfRrweb] = [Math.min(...ours.stretches), Math.min(...rrweb.stretches)];
    const [perNode = '', growth = ''] = memory(ours);
    const [perNodeOfRrweb = '', growthOfRrweb = ''] = memory(rrweb);
    return {
      ratio: stretchOfRrweb / stretchOfOurs,
      cells: [
        name,
        ours.nodes.toLocaleString('en'),
        ms(stretchOfOurs),
        ms(stretchOfRrweb),
        perNode,
        perNodeOfRrweb,
        growth,
        growthOfRrweb,
        ms(Math.max(0, ours.idle - nothing.idle)),
        ms(Math.max(0, rrweb.idle - nothing.idle)),
      ],
    };
  });
  return section(
    'Longest task of the main thread (ms of its own clock), bytes kept for each node, kB grown over 100,000 nodes come and gone, ms of CPU a second of a page that stands still',
    [
      'page',
      'nodes',
      'ours ms',
      'rrweb ms',
      'ours B',
      'rrweb B',
      'ours kB',
      'rrweb kB',
      'ours idle',
      'rrweb idle',
      'rrweb ÷ ours, ms',
    ],
    rows,
  );
}

/** @param {Results} results */
function mirrorTimes({ mirrors }) {
  const rows = mirrors.pages.map(({ name, cpu, noise }) => ({
    ratio: of(cpu, 'rrweb') / of(cpu, 'ours'),
    cells: [name, ms(of(cpu, 'ours')), ms(of(cpu, 'rrweb')), ms(of(cpu, 'innerHTML')), percent(noise)],
  }));
  return section(
    `Building the mirror until it is laid out, CPU (${mirrors.rounds} rounds)`,
    ['page', 'ours', 'rrweb', 'innerHTML', 'noise', 'rrweb ÷ ours'],
    rows,
  );
}

/** @param {Results} results */
function mirroredChangeTimes({ mirroredChanges }) {
  const rows = mirroredChanges.changes.map(({ name, cpu, noise }) => ({
    ratio: of(cpu, 'rrweb') / of(cpu, 'ours'),
    cells: [label(name), ms(of(cpu, 'ours')), ms(of(cpu, 'rrweb')), percent(noise)],
  }));
  return section(
    `Applying the changes to the mirror, CPU (${mirroredChanges.rounds} rounds)`,
    ['change', 'ours', 'rrweb', 'noise', 'rrweb ÷ ours'],
    rows,
  );
}

const COUNTS = {
  texts: 10_000,
  attributes: 10_000,
  styles: 10_000,
  'rows added': 5_000,
  'rows removed': 5_000,
  'rows reordered': 2_000,
};

/** @param {string} name */
function label(name) {
  return `${COUNTS[/** @type {keyof typeof COUNTS} */ (name)]?.toLocaleString('en') ?? ''} ${name}`;
}

/**
 * @param {string} title
 * @param {readonly string[]} head
 * @param {readonly { cells: readonly string[], ratio: number }[]} rows
 */
function section(title, head, rows) {
  if (rows.length === 0) return `### ${title}\n\nNot measured.`;
  const cells = [head, ...rows.map((row) => [...row.cells, row.ratio.toFixed(2)])];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map(
    (row) =>
      `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`,
  );
  const rule = `|${widths.map((width, column) => (column === 0 ? ` ${'-'.repeat(width)} ` : ` ${'-'.repeat(width - 1)}: `)).join('|')}|`;
  const counted = rows.some((row) => !isAside(row)) ? rows.filter((row) => !isAside(row)) : rows;
  const worst = counted.reduce((least, row) => (row.ratio < least.ratio ? row : least));
  const mean = geometricMean(counted.map(({ ratio }) => ratio));
  const without = counted.length < rows.length ? ', demo pages aside' : '';
  const summary = `rrweb ÷ ours: geometric mean ${mean.toFixed(2)}, worst ${worst.ratio.toFixed(2)} (${worst.cells[0]?.trim()})${without}.`;
  return `### ${title}\n\n${[lines[0], rule, ...lines.slice(1)].join('\n')}\n\n${summary}`;
}

/**
 * The demo's pages have fewer than 1,000 nodes: they stand in the tables and not in the means.
 * @param {{ cells: readonly string[] }} row
 */
function isAside({ cells }) {
  return cells[0]?.startsWith('demo/') === true;
}

/**
 * @param {Record<string, number>} values
 * @param {string} who
 */
function of(values, who) {
  return values[who] ?? Number.NaN;
}

/** @param {number} value */
function ms(value) {
  return value.toFixed(1);
}

/** @param {number} bytes */
function kb(bytes) {
  return (bytes / 1000).toFixed(bytes < 99_950 ? 1 : 0);
}

/** @param {number} noise of one round nothing can be said */
function percent(noise) {
  return Number.isNaN(noise) ? '–' : `${noise.toFixed(0)} %`;
}
