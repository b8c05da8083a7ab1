import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** House rules a type cannot state, each with the sentence a colleague would say. */
const SOURCE = /\.(?:ts|tsx|mjs)$/u;
const ROOMS = ['protocol', 'site-snippet', 'extension', 'signaling-server'];

const INTACT = 'site-snippet/intact.ts';
/** Of the language, which no page calls its own, and our own classes. */
const KNOWN =
  'Array|ArrayBuffer|Date|Error|Int32Array|Intl|Observer|Peer|RangeError|RegExp|ServerRefusal|TextUpdateEvent|' +
  'Uint8Array|Uint32Array|URLPattern|WireError';
const intact = [...readFileSync(INTACT, 'utf8').matchAll(/^export const (\w+) =/gmu)].map(([, name]) => name);
const NOT_INTACT = new RegExp(`\\bnew (?!(?:${[...intact, KNOWN].join('|')})\\b)[A-Z]\\w*`, 'u');

/** @type {{ rule: string, where: (file: string) => boolean, wrong: RegExp }[]} */
const RULES = [
  {
    rule: 'Only site-snippet/mask makes MaskedText: let masking see the text first.',
    where: (file) => file.startsWith('site-snippet/') && !file.startsWith('site-snippet/mask/'),
    wrong: /\bas (?:unknown as )?MaskedText\b/u,
  },
  {
    rule: 'Only the guard makes an AllowedCommand.',
    where: (file) => file !== 'site-snippet/control/guard.ts',
    wrong: /\bas (?:unknown as )?AllowedCommand\b/u,
  },
  {
    rule: 'No HTML from text: build nodes.',
    where: (file) => /^(?:site-snippet|extension)\//u.test(file),
    wrong: /\.(?:innerHTML|outerHTML)\s*=|insertAdjacentHTML|dangerouslySetInnerHTML/u,
  },
  {
    rule: 'The snippet leaves the page’s builtins alone.',
    where: (file) => file.startsWith('site-snippet/'),
    wrong: /\.prototype\.\w+\s*=[^=]/u,
  },
  {
    rule: `A page may have something of that name: let ${INTACT} export it.`,
    where: (file) => /^(?:site-snippet\/(?!check\/|intact)|protocol\/)/u.test(file),
    wrong: NOT_INTACT,
  },
  {
    rule: 'A page may have a class of that name, and frames have their own: ask isElement and nameOf.',
    where: (file) => file.startsWith('site-snippet/'),
    wrong: /\binstanceof (?:HTML\w*|SVG\w*|Element|Node|Document|ShadowRoot|Text)\b/u,
  },
  {
    rule: 'Only extension/browser-storage.ts touches chrome.storage.',
    where: (file) => file.startsWith('extension/') && file !== 'extension/browser-storage.ts',
    wrong: /chrome\.storage\b/u,
  },
  {
    rule: 'The three parts import protocol/ and never each other.',
    where: (file) => file.startsWith('site-snippet/'),
    wrong: /from '(?:\.\.\/)+(?:extension|signaling-server)\//u,
  },
  {
    rule: 'The three parts import protocol/ and never each other.',
    where: (file) => file.startsWith('extension/'),
    wrong: /from '(?:\.\.\/)+(?:site-snippet|signaling-server)\//u,
  },
  {
    rule: 'The three parts import protocol/ and never each other.',
    where: (file) => file.startsWith('signaling-server/'),
    wrong: /from '(?:\.\.\/)+(?:site-snippet|extension)\//u,
  },
  {
    rule: 'protocol/ is pure: it imports nothing from outside.',
    where: (file) => file.startsWith('protocol/'),
    wrong: /from '(?:\.\.\/|[a-z@])/u,
  },
];

/** @type {string[]} */
const problems = [];
for (const room of ROOMS) {
  for (const name of readdirSync(room, { recursive: true, encoding: 'utf8' })) {
    const file = join(room, name).replaceAll('\\', '/');
    if (!SOURCE.test(file) || /\.test\.|\/test-/u.test(file)) continue;
    const lines = readFileSync(file, 'utf8').split('\n');
    for (const { rule, where, wrong } of RULES) {
      if (!where(file)) continue;
      lines.forEach((line, index) => {
        if (!/^\s*(?:\*|\/\/|\/\*)/u.test(line) && wrong.test(line)) problems.push(`${file}:${index + 1}: ${rule}`);
      });
    }
  }
}
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
