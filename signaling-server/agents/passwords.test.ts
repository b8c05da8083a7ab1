import { expect, test } from 'vitest';
import { createPasswords, PASSWORD_COST } from './passwords.ts';

const CHEAP = { logN: 8, r: 8, p: 1 };

test('a password matches its hash and no other', async () => {
  const passwords = createPasswords(CHEAP, 8);
  const hash = await passwords.hash('correct horse');
  expect(await passwords.matches('correct horse', hash)).toBe(true);
  expect(await passwords.matches('correct horse ', hash)).toBe(false);
  expect(await passwords.matches('', hash)).toBe(false);
  expect(await passwords.matches('x', null)).toBe(false);
  expect(await passwords.matches('x', '')).toBe(false);
});

test('the same password has another hash each time, and none holds it', async () => {
  const passwords = createPasswords(CHEAP, 8);
  const [one, two] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
  expect(one).toMatch(/^scrypt\$8\$8\$1\$[\w-]{22}\$[\w-]{43}$/u);
  expect(one).not.toBe(two);
});

test('an older hash keeps its own parameters', async () => {
  const hash = await createPasswords(CHEAP, 8).hash('correct horse');
  expect(await createPasswords({ ...CHEAP, logN: 9 }, 8).matches('correct horse', hash)).toBe(true);
});

test('an account that does not exist costs the same hash as one that does', async () => {
  const passwords = createPasswords(PASSWORD_COST, 8);
  const hash = await passwords.hash('correct horse');
  const timed = async (known: string | null): Promise<number> => {
    const before = process.cpuUsage();
    await passwords.matches('wrong', known);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  // A skipped hash would be a thousand times cheaper; the factor only makes room for a busy machine.
  expect(await timed(null)).toBeGreaterThan((await timed(hash)) / 5);
}, 30_000);

test('more checks at once than allowed are refused, not queued', async () => {
  const passwords = createPasswords(CHEAP, 2);
  const checks = await Promise.allSettled([1, 2, 3].map(() => passwords.matches('x', null)));
  expect(checks.map((check) => check.status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(await passwords.matches('x', null)).toBe(false);
});
