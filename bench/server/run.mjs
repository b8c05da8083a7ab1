import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { measureServers } from './measure.mjs';
import { renderServerReport } from './report.mjs';

const [FROM_MARK, TO_MARK] = ['<!-- server results -->', '<!-- /server results -->'];

/**
 * `npm run bench -- --server`: our server and PeerJS's own, side by side.
 * @param {import('../options.mjs').Options} options
 */
export async function runServerBench({ samples, quick, json, markdown }) {
  const from = performance.now();
  const load = loadavg()[0] ?? 0;
  const seconds = () => Math.round((performance.now() - from) / 1_000);
  const measured = await measureServers({
    rounds: samples,
    quick,
    progress: (what) => console.error(`${String(seconds()).padStart(4)} s  ${what}`),
  });
  const peerPackage = createRequire(import.meta.url)
    .resolve('peer')
    .replace(/dist.*$/u, 'package.json');
  const { version: peer } = JSON.parse(readFileSync(peerPackage, 'utf8'));
  const machine = {
    node: process.versions.node,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    date: new Date().toISOString().slice(0, 10),
    seconds: seconds(),
    load,
    peer: String(peer),
  };
  const report = renderServerReport({ machine, ...measured });
  console.log(`\n${report}`);
  if (json) writeFileSync(json, `${JSON.stringify({ machine, ...measured }, null, 2)}\n`);
  if (markdown) writeMarkdown(markdown, report);
}

/**
 * Between its two marks, or as the whole file.
 * @param {string} file
 * @param {string} report
 */
function writeMarkdown(file, report) {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [start, end] = [text.indexOf(FROM_MARK), text.indexOf(TO_MARK)];
  const section = `${FROM_MARK}\n\n${report}\n\n`;
  writeFileSync(
    file,
    start < 0 || end < start ? `${section}${TO_MARK}\n` : text.slice(0, start) + section + text.slice(end),
  );
}
