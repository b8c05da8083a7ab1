import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** docs/threat-model.md names a test for each threat: that it is there, and is called so. */
const rows = readFileSync('docs/threat-model.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| threat |'))
  .map((line) => line.split(' | '))
  .map(([threat = '', , ...tests]) => [threat.replace('| ', ''), tests.join(' | ')] as const);

test('there are threats', () => expect(rows.length).toBeGreaterThan(30));

describe.each(rows)('%s', (_, cell) => {
  const files = [...cell.matchAll(/`([^`]+\.test\.ts)`/gu)].flatMap(([, pattern = '']) => {
    const found = filesOf(pattern);
    expect(found, pattern).not.toEqual([]);
    return found;
  });

  test('has its tests', () => {
    expect(files).not.toEqual([]);
    const written = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    for (const [, name] of cell.matchAll(/"([^"]+)"/gu)) expect(written).toContain(name);
  });
});

/** A file, or with a `*` in place of its name all of a folder. */
function filesOf(pattern: string): string[] {
  const [folder = '', all] = pattern.split('/*');
  if (all === undefined) return existsSync(pattern) ? [pattern] : [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(all))
    .map((name) => `${folder}/${name}`);
}
