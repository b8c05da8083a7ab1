import { median, percentile } from '../stats.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./measure.mjs').measureServers>>} ServerResults */
/** @typedef {import('./measure.mjs').Who} Who */
/** @typedef {import('./measure.mjs').Turn} Turn */

/**
 * The tables of the server, as Markdown.
 * @param {ServerResults & { machine: { node: string, cpu: string, cores: number, date: string, seconds: number, load: number, peer: string } }} results
 */
export function renderServerReport({ machine, stages, guessing }) {
  return [
    `${machine.date}, PeerServer ${machine.peer}, Node ${machine.node}, ${machine.cores} × ${machine.cpu}, load ${machine.load.toFixed(1)} at the start, ${machine.seconds} s in all. Medians of ${stages[0]?.turns.ours.length ?? 0} turns; p99 over all of them.`,
    table(
      ['', ...stages.map(({ waiting, sessions }) => `${number(waiting)} waiting + ${number(sessions)} sessions`)],
      [
        ...perWho('kB per idle customer, resident', (who) =>
          stages.map(({ idle }) => (Number.isNaN(idle[who].rss) ? '–' : (idle[who].rss / 1_000).toFixed(1))),
        ),
        ...perWho('kB per idle customer, heap', (who) =>
          stages.map(({ idle }) => (Number.isNaN(idle[who].heap) ? '–' : (idle[who].heap / 1_000).toFixed(1))),
        ),
        [
          'µs CPU per join, ours (the request)',
          ...stages.map((stage) => cpu(stage.turns.ours, ({ join }) => join.cpu)),
        ],
        [
          'µs CPU per agent’s socket after it, ours',
          ...stages.map((stage) => cpu(stage.turns.ours, ({ enter }) => enter?.cpu ?? Number.NaN)),
        ],
        [
          'µs CPU per join, PeerServer (the socket)',
          ...stages.map((stage) => cpu(stage.turns.PeerServer, ({ join }) => join.cpu)),
        ],
        ...perWho('ms join, median / p99', (who) =>
          stages.map(({ turns }) => {
            const took = turns[who].flatMap(({ join }) => join.took);
            return `${median(took).toFixed(1)} / ${percentile(took, 99).toFixed(1)}`;
          }),
        ),
        ...perWho('messages relayed a second', (who) =>
          stages.map(({ turns }) => number(Math.round(median(turns[who].map(({ relay }) => relay.perSecond))))),
        ),
        ...perWho('µs CPU per message', (who) =>
          stages.map(({ turns }) => median(turns[who].map(({ relay }) => relay.cpu)).toFixed(1)),
        ),
      ],
    ),
    `Somebody guesses 100 session IDs a second, from another address each time, half of them with stolen accounts: a real join takes ${median(guessing.guessed).toFixed(1)} ms in the median, p99 ${percentile(guessing.guessed, 99).toFixed(1)}; without them ${median(guessing.calm).toFixed(1)}, p99 ${percentile(guessing.calm, 99).toFixed(1)}. Every real join got in. The guesses got: ${Object.entries(
      guessing.answers,
    )
      .map(([answer, count]) => `${number(count)} \`${answer}\``)
      .join(', ')}.`,
  ].join('\n\n');
}

/**
 * @param {string} what
 * @param {(who: Who) => string[]} cells
 */
function perWho(what, cells) {
  return /** @type {Who[]} */ (['ours', 'PeerServer']).map((who) => [`${what}, ${who}`, ...cells(who)]);
}

/**
 * @param {readonly Turn[]} turns
 * @param {(turn: Turn) => number} of
 */
function cpu(turns, of) {
  return median(turns.map(of)).toFixed(0);
}

/** @param {number} value */
function number(value) {
  return value.toLocaleString('en');
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), 3));
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? ` ${'-'.repeat(width)} ` : ` ${'-'.repeat(width - 1)}: `)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
