import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerCalls } from './calls.mjs';
import { cpuMicroseconds, memory } from './meter.mjs';

let url = '';

/** Ours as it is delivered, on a database in a file, with all its limits, as behind a proxy. Its log goes nowhere. */
answerCalls({
  /** @param {{ main: string, agents: number }} options the built server; how many accounts */
  async start({ main, agents }) {
    const { createServer, readConfig } = await import(main);
    const folder = mkdtempSync(join(tmpdir(), 'alongside-bench-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    const config = readConfig({
      DEMO: '1',
      PORT: '0',
      DATABASE_URL: join(folder, 'bench.db'),
      TRUST_PROXY: '127.0.0.1',
      TURN_URLS: 'turn:127.0.0.1:3478?transport=udp,turn:127.0.0.1:3478?transport=tcp',
      TURN_SECRET: 'bench-bench-bench',
    });
    const server = await createServer(config, {
      // Signing in is not measured here, only done 2,000 times.
      passwordCost: { logN: 4, r: 8, p: 1 },
      accounts: Array.from({ length: agents }, (_, index) => ({
        email: `bench${index}@demo.example`,
        name: `Agent ${index}`,
        role: 'agent',
        siteKey: 'demo',
        password: 'demo',
      })),
    });
    url = await server.listen();
  },
  url: () => url,
  cpu: cpuMicroseconds,
  memory,
});
