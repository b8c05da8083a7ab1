import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SessionId } from '../../protocol/session-id.ts';
import { ConfigError } from '../config.ts';
import { putSite } from '../sites/sites.ts';
import { openDatabase } from './database.ts';
import { createSessionRows } from './session-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'alongside-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SITE = { key: 'shop', name: 'A name to look for', origins: ['https://shop.example'] };
const LIVE = {
  id: '123456789' as SessionId,
  customer: { hashes: ['h'], peer: null, leftAt: null },
  agent: null,
};
const KEY = 'a key of more than sixteen characters';

test('with a key nothing on the disk can be read, and only the key opens it', async () => {
  const file = join(folder, 'secret', 'history.db');
  const database = await openDatabase(file, KEY);
  await putSite(database, SITE);
  for (const name of readdirSync(join(folder, 'secret'))) {
    const bytes = readFileSync(join(folder, 'secret', name));
    expect(bytes.includes('A name to look for')).toBe(false);
    expect(bytes.includes('SQLite format 3')).toBe(false);
    expect(bytes.includes('create table')).toBe(false);
  }
  await expect(openDatabase(file, '')).rejects.toThrow(ConfigError);
  await expect(openDatabase(file, `${KEY}!`)).rejects.toThrow(/^DATABASE_KEY does not open/u);
  await database.destroy();

  const again = await openDatabase(file, KEY);
  expect(await again.selectFrom('sites').select('name').execute()).toEqual([{ name: SITE.name }]);
  await again.destroy();
});

test('without a key the same bytes are there to read, so the test above means something', async () => {
  const file = join(folder, 'open', 'history.db');
  const database = await openDatabase(file, '');
  await putSite(database, SITE);
  const files = readdirSync(join(folder, 'open')).map((name) => readFileSync(join(folder, 'open', name)));
  expect(files.some((bytes) => bytes.includes('A name to look for'))).toBe(true);
  await database.destroy();
});

test('a file that is no database, or cannot be made, is one sentence', async () => {
  await expect(openDatabase(import.meta.filename, '')).rejects.toThrow(/^DATABASE_KEY does not open .*\.$/u);
  await expect(openDatabase(folder, '')).rejects.toThrow(/^DATABASE_URL cannot be opened: .*\.$/u);
});

test('opening again runs no migration twice and keeps the rows', async () => {
  const file = join(folder, 'twice.db');
  for (let round = 0; round < 2; round += 1) {
    const database = await openDatabase(file, '');
    await putSite(database, SITE);
    expect(await database.selectFrom('sites').select('key').execute()).toEqual([{ key: 'shop' }]);
    await database.destroy();
  }
});

test('a session has one row, its end is written once', async () => {
  const database = await openDatabase(':memory:', '');
  await putSite(database, SITE);
  const rows = createSessionRows(database);
  const session = {
    siteKey: 'shop',
    channel: 'chat',
    interactionId: null,
    startedAt: 1_700_000_000_123,
  } as const;
  await rows.started({ ...session, historyId: 'a' }, LIVE);
  await rows.started({ ...session, historyId: 'b' }, LIVE);
  await rows.started({ ...session, historyId: 'c', startedAt: session.startedAt + 1 }, LIVE);
  await rows.started({ ...session, historyId: 'd' }, LIVE);
  expect(await rows.open()).toHaveLength(4);
  await rows.ended('a', 'customer_ended', 1_700_000_001_000);
  await rows.ended('a', 'away_timeout', 1_700_000_002_000);
  await rows.changed(new Map([['a', () => ({ ...LIVE, agent: { ...LIVE.customer, name: 'Ada' } })]]));
  expect(await rows.endLeftovers(['d'], session.startedAt + 1, 1_700_000_003_000)).toBe(1);
  expect(await database.selectFrom('sessions').selectAll().orderBy('historyId').execute()).toEqual([
    {
      ...session,
      historyId: 'a',
      agentId: null,
      joinedAt: null,
      endedAt: 1_700_000_001_000,
      endReason: 'customer_ended',
      hiddenValues: 0,
      live: null,
    },
    {
      ...session,
      historyId: 'b',
      agentId: null,
      joinedAt: null,
      endedAt: 1_700_000_003_000,
      endReason: 'connection_lost',
      hiddenValues: 0,
      live: null,
    },
    {
      ...session,
      historyId: 'c',
      startedAt: session.startedAt + 1,
      agentId: null,
      joinedAt: null,
      endedAt: null,
      endReason: null,
      hiddenValues: 0,
      live: JSON.stringify(LIVE),
    },
    expect.objectContaining({ historyId: 'd', endReason: null }),
  ]);
  await expect(rows.started({ ...session, historyId: 'a' }, LIVE)).rejects.toThrow();
  await database.destroy();
});
