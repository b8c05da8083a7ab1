import { parseArgs } from 'node:util';

/**
 * @typedef {object} Options
 * @property {string | undefined} json where to write the numbers
 * @property {string | undefined} markdown where to write the tables: after the line `<!-- results -->` when there is one
 * @property {readonly string[] | undefined} pages
 * @property {number} samples rounds at most
 * @property {boolean} quick
 * @property {boolean} server our server and PeerJS's, and nothing else
 * @property {boolean} keys from the agent's key press to the mirror, and nothing else
 * @property {boolean} picture from Join co-browse to the picture, from a change to its paint, and nothing else
 * @property {boolean} loads how long the agent waits at a page load, and nothing else
 * @property {string | undefined} profile a page whose first snapshot is to be profiled, and nothing else
 */

export const USAGE = `npm run bench -- [options]
  --quick            two pages, two kinds of changes, one round: under a minute
  --pages a,b        only these pages (see bench/pages/generated.mjs; demo pages as demo/index)
  --samples N        rounds at most (default 5; fewer when ten minutes would not do)
  --json FILE        also write the numbers
  --markdown FILE    also write the tables, after the line <!-- results --> where there is one
  --server           our server beside PeerJS's own, and nothing else (with --quick, --samples, --json, --markdown)
  --keys             from the agent's key press to the mirror, in the built product, and nothing else
  --picture          from Join co-browse to the first picture and from a change to its paint, nothing else
  --loads            how long the agent waits at a page load, and what for, nothing else
  --profile PAGE     self time by function of the first snapshot of one page, nothing else`;

/**
 * @param {string[]} args
 * @returns {Options}
 * @throws {Error} with a sentence for the one who typed it
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'string' },
      markdown: { type: 'string' },
      pages: { type: 'string' },
      samples: { type: 'string', default: '5' },
      quick: { type: 'boolean', default: false },
      profile: { type: 'string' },
      server: { type: 'boolean', default: false },
      keys: { type: 'boolean', default: false },
      picture: { type: 'boolean', default: false },
      loads: { type: 'boolean', default: false },
    },
  });
  const samples = Number(values.samples);
  if (!Number.isInteger(samples) || samples < 1 || samples > 50)
    throw new Error('--samples takes a number from 1 to 50.');
  return {
    json: values.json,
    markdown: values.markdown,
    pages: values.pages?.split(',').filter((name) => name !== ''),
    samples: values.quick ? 1 : samples,
    quick: values.quick,
    server: values.server,
    keys: values.keys,
    picture: values.picture,
    loads: values.loads,
    profile: values.profile,
  };
}
