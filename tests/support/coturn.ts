import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = '/usr/bin/turnserver';
const START_TIMEOUT_MS = 30_000;
const TRY_EVERY_MS = 50;

export const TURN_SECRET = 'north-sea-lighthouse';

export interface Coturn {
  /** UDP and TCP. */
  readonly port: number;
  readonly tlsPort: number;
  stop(): Promise<void>;
}

/** The real coturn, installed from the system's packages where that is allowed. `null`: there is none. */
export function findCoturn(): string | null {
  if (existsSync(PROGRAM)) return PROGRAM;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    try {
      execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
      execFileSync('apt-get', ['install', '-y', '-qq', 'coturn'], { stdio: 'ignore', env });
    } catch {
      return null;
    }
  }
  return existsSync(PROGRAM) ? PROGRAM : null;
}

/** A relay of our own on loopback, with a certificate nobody signed. It may reach loopback, as one on the internet may not. */
export async function startCoturn(program: string): Promise<Coturn> {
  const folder = mkdtempSync(join(tmpdir(), 'alongside-turn-'));
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=relay'],
    { stdio: 'ignore' },
  );
  const [port, tlsPort] = [await freePort(), await freePort()];
  const child = spawn(
    program,
    [
      // No file of the system's and no command line of its own.
      '-n',
      '--no-cli',
      '--log-file=stdout',
      `--pidfile=${join(folder, 'pid')}`,
      '--realm=relay.example',
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      '--allow-loopback-peers',
      '--no-multicast-peers',
      `--listening-port=${port}`,
      `--tls-listening-port=${tlsPort}`,
      `--cert=${cert}`,
      `--pkey=${key}`,
      '--use-auth-secret',
      `--static-auth-secret=${TURN_SECRET}`,
    ],
    { stdio: 'ignore', cwd: folder },
  );
  const gone = once(child, 'exit');
  await Promise.all([listening(port), listening(tlsPort)]);
  return {
    port,
    tlsPort,
    async stop() {
      child.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}

async function listening(port: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port}.`);
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
