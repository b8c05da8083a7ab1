import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { runCommand } from './command.ts';
import { get, signIn, startServer } from './test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'alongside-'));
afterAll(() => rmSync(folder, { recursive: true }));

function operator(file: string) {
  const environment = { DATABASE_URL: join(folder, file) };
  const lines: string[] = [];
  return {
    environment,
    lines,
    run: (words: string[], password = '') =>
      runCommand(words, readConfig(environment), {
        print: (line) => void lines.push(line),
        readPassword: () => Promise.resolve(password),
      }),
  };
}

test('a site and accounts added by command can be used at once, beside a running server', async () => {
  const { environment, lines, run } = operator('company.db');
  const server = await startServer({ sites: [], accounts: [] }, { ...environment, DEMO: '0' });
  await run(['site', 'add', 'shop', '--name', 'The Shop', '--origin', 'https://shop.example', '--phone', '123']);
  await run(
    ['account', 'add', 'Ann@Shop.Example', '--name', 'Ann', '--role', 'lead', '--site', 'shop'],
    'ten letters!',
  );
  await run(['account', 'add', 'bob@shop.example', '--name', 'Bob', '--role', 'agent', '--site', 'shop']);
  expect(await signIn(server, 'ann@shop.example', 'ten letters!')).toMatch(/./u);
  const printed = /shown this once\): (\S+)$/u.exec(lines.join('\n'))?.[1] ?? '';
  expect(await signIn(server, 'bob@shop.example', printed)).toMatch(/./u);
  expect((await get(server, '/api/sites/shop/settings', { origin: 'https://shop.example' })).body).toMatchObject({
    name: 'The Shop',
    phone: '123',
    writeMode: true,
    writeModeEndsWithPage: false,
    fileHosts: [],
  });
  const shop = ['site', 'add', 'shop', '--name', 'The Shop', '--origin', 'https://shop.example'];
  const hosts = ['https://cdn.example', 'https://*.images.example'];
  const named = hosts.flatMap((host) => ['--file-host', host]);
  await run([...shop, '--no-write-mode', '--write-mode-ends-with-page', ...named]);
  expect((await get(server, '/api/sites/shop/settings', { origin: 'https://shop.example' })).body).toMatchObject({
    writeMode: false,
    writeModeEndsWithPage: true,
    fileHosts: hosts,
  });
  for (const wrong of ['cdn.example', 'loopback', 'https://cdn.example/path']) {
    await expect(run([...shop, '--file-host', wrong])).rejects.toThrow('--file-host must be like');
  }

  lines.length = 0;
  await run(['account', 'list']);
  await run(['site', 'list']);
  expect(lines).toEqual([
    'ann@shop.example\tAnn\tlead\tshop',
    'bob@shop.example\tBob\tagent\tshop',
    'shop\tThe Shop\t["https://shop.example"]',
  ]);
});

test('a new password ends the sign-ins of the old one', async () => {
  const { environment, run } = operator('password.db');
  await run(['site', 'add', 'shop', '--name', 'Shop', '--origin', 'loopback']);
  const add = ['account', 'add', 'ann@shop.example', '--name', 'Ann', '--role', 'agent', '--site', 'shop'];
  await run(add, 'the first password');
  const server = await startServer({ sites: [], accounts: [] }, { ...environment, DEMO: '0' });
  const bearer = await signIn(server, 'ann@shop.example', 'the first password');
  await run(add, 'the second password');
  expect((await get(server, '/api/me', { authorization: `Bearer ${bearer}` })).status).toBe(401);
  await expect(signIn(server, 'ann@shop.example', 'the first password')).rejects.toThrow('wrong_credentials');
});

test.each([
  [['site', 'add', 'Bad Key', '--name', 'x', '--origin', 'loopback'], 'KEY must'],
  [['site', 'add', 'shop', '--name', 'x'], 'At least one --origin'],
  [['site', 'add', 'shop', '--name', 'x', '--origin', 'shop.example'], '--origin must'],
  [['account', 'add', 'nobody', '--name', 'x', '--role', 'agent', '--site', 'shop'], 'EMAIL must'],
  [['account', 'add', 'a@b', '--name', 'x', '--role', 'king', '--site', 'shop'], '--role must'],
  [['account', 'add', 'a@b', '--name', 'x', '--role', 'agent', '--site', 'none'], 'There is no site "none"'],
  [['account', 'add', 'a@b', '--colour', 'x'], 'Unknown option'],
])('%j is refused with a sentence', async (words, sentence) => {
  await expect(operator('refused.db').run(words)).rejects.toThrow(sentence);
});

test('words that make no command are no command', async () => {
  expect(await operator('none.db').run(['account'])).toBe(false);
  expect(await operator('none.db').run(['__proto__', 'constructor'])).toBe(false);
});
