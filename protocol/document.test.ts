import { describe, expect, test } from 'vitest';
import document from '../docs/protocol.md?raw';
import { END_REASONS, OUTCOMES, SENTENCES } from './errors.ts';
import type { NodeId } from './node-id.ts';
import { PREFERENCE_WORDS } from './page-message.ts';
import { PREFERENCES } from './preferences.ts';
import { asItIs } from './test-random.ts';
import { createTreeWriter } from './tree-writer.ts';
import { PROTOCOL_VERSION } from './version.ts';

/** The bytes of an example: the hex at the beginning of each line, up to the words. */
function bytesOf(block: string): string {
  const hex = block.split('\n').map((line) => /^ *((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2}|$)/u.exec(line)?.[1] ?? '');
  return hex.join(' ').trim();
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

describe('docs/protocol.md', () => {
  test('is about this version', () => {
    expect(document).toContain(`Version **${PROTOCOL_VERSION}**`);
  });

  test('has every code with its sentence, every reason and every outcome', () => {
    for (const [code, sentence] of Object.entries(SENTENCES))
      expect(document).toContain(`| \`${code}\` | ${sentence} |`);
    for (const word of [...END_REASONS, ...OUTCOMES]) expect(document).toContain(`\`${word}\``);
  });

  test('has every question of preferences with its words, in order', () => {
    expect(PREFERENCE_WORDS).toEqual(Object.values(PREFERENCES).map(({ length }) => length));
    const questions = Object.entries(PREFERENCES).map(
      ([name, words]) => `\`${name}\` (${words.map((word) => `\`${word}\``).join(', ')})`,
    );
    expect(document.replaceAll(/\s+/gu, ' ')).toContain(`Questions, in order: ${questions.join(', ')}.`);
  });

  test('has an example that the writer writes, byte for byte', () => {
    const [first, second] = document.slice(document.indexOf('### Example')).matchAll(/```\n(.*?)```/gsu);
    const writer = createTreeWriter(asItIs);
    const p = writer.define('html', 'p', ['class']);
    writer.openRun(3 as NodeId, 0 as NodeId);
    writer.openElement(p, ['a'], true);
    writer.text(p, 'Hi');
    writer.close();
    writer.closeRun();
    expect(hex(writer.finish())).toBe(bytesOf(first?.[1] ?? ''));

    writer.attribute(4 as NodeId, 'class', 'b');
    writer.data(5 as NodeId, 'Ho');
    expect(hex(writer.finish())).toBe(bytesOf(second?.[1] ?? ''));
  });
});
