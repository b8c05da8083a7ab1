import { PeerServer } from 'peer';
import { answerCalls } from './calls.mjs';
import { cpuMicroseconds, memory } from './meter.mjs';

let url = '';

/** PeerJS's own server, as its package starts it: anybody may take any name, and nothing is written down. */
answerCalls({
  async start() {
    const server = await new Promise(
      (/** @type {(server: import('node:http').Server | import('node:https').Server) => void} */ listening) => {
        PeerServer(
          // Nobody sends heartbeats here; with its usual timeout it would hang up on everybody after a minute.
          { host: '127.0.0.1', port: 0, path: '/', concurrent_limit: 100_000, alive_timeout: 24 * 60 * 60_000 },
          listening,
        );
      },
    );
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('PeerServer does not listen.');
    url = `http://127.0.0.1:${address.port}`;
  },
  url: () => url,
  cpu: cpuMicroseconds,
  memory,
});
