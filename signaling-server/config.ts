import { isIP } from 'node:net';

/** What the environment says, checked. Made once, at the start, and handed down. */
export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** A file, or `:memory:`. */
  readonly databaseFile: string;
  /** Empty: the file is not encrypted. */
  readonly databaseKey: string;
  readonly stunUrls: readonly string[];
  readonly turnUrls: readonly string[];
  readonly turnSecret: string;
  /** Where customers and agents reach this server, without a slash at the end; empty when it is HOST and PORT. */
  readonly publicUrl: string;
  /** Addresses or networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly demo: boolean;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A value of the environment that cannot be used. The message is one sentence that names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the environment. An empty variable counts as not set.
 * @throws ConfigError at the first value that cannot be used.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = (name: string): string => (environment[name] ?? '').trim();
  const demo = readDemo(read('DEMO'));
  const { stunUrls, turnUrls } = readIceUrls(read('TURN_URLS'));
  refuseRedis(read('REDIS_URL'));
  return {
    host: readHost(read('HOST')),
    port: readPort(read('PORT')),
    databaseFile: readDatabaseFile(read('DATABASE_URL'), demo),
    databaseKey: readSecret('DATABASE_KEY', read('DATABASE_KEY')),
    stunUrls,
    turnUrls,
    turnSecret: readTurnSecret(read('TURN_SECRET'), turnUrls),
    publicUrl: readPublicUrl(read('PUBLIC_URL')),
    trustedProxies: readTrustedProxies(read('TRUST_PROXY')),
    demo,
    logLevel: readLogLevel(read('LOG_LEVEL')),
  };
}

/** One character less than this is a password somebody made up, not a key. */
const MIN_SECRET_UNITS = 16;

function readHost(value: string): string {
  if (value === '') return '127.0.0.1';
  if (isIP(value) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/iu.test(value)) return value;
  throw new ConfigError(`HOST must be an address or a host name to listen on, not "${value}".`);
}

function readPort(value: string): number {
  if (value === '') return 8787;
  const port = Number(value);
  if (/^\d{1,5}$/u.test(value) && port <= 65_535) return port;
  throw new ConfigError(`PORT must be a whole number from 0 to 65535, not "${value}".`);
}

function readDatabaseFile(value: string, demo: boolean): string {
  // The demo's accounts have a password everybody knows: they never go into the production file.
  if (value === '') return demo ? './data/demo.db' : './data/alongside.db';
  if (/^postgres(ql)?:/iu.test(value)) {
    throw new ConfigError('DATABASE_URL names a PostgreSQL server, which is not yet supported in this version.');
  }
  if (value === ':memory:') return value;
  if (/^file:/iu.test(value)) return value.replace(/^file:(\/\/(?=\/))?/iu, '');
  if (/^[a-z][a-z0-9+.-]+:/iu.test(value)) {
    throw new ConfigError('DATABASE_URL must be a file, for example ./data/alongside.db.');
  }
  return value;
}

function readSecret(name: string, value: string): string {
  if (value === '' || value.length >= MIN_SECRET_UNITS) return value;
  throw new ConfigError(`${name} must have at least ${MIN_SECRET_UNITS} characters.`);
}

function refuseRedis(value: string): void {
  if (value !== '') {
    throw new ConfigError('REDIS_URL is for several nodes, which are not yet supported in this version.');
  }
}

function readIceUrls(value: string): { stunUrls: string[]; turnUrls: string[] } {
  const urls = listOf(value);
  const wrong = urls.find((url) => !/^(stuns?|turns?):[^\s/?]+(\?transport=(udp|tcp))?$/iu.test(url));
  if (wrong !== undefined) {
    throw new ConfigError(`TURN_URLS must be a comma-separated list like turn:turn.example.com:3478, not "${wrong}".`);
  }
  return {
    stunUrls: urls.filter((url) => /^stun/iu.test(url)),
    turnUrls: urls.filter((url) => /^turn/iu.test(url)),
  };
}

function readTurnSecret(value: string, turnUrls: readonly string[]): string {
  if (turnUrls.length > 0 && value === '') {
    throw new ConfigError('TURN_SECRET is missing: it must be the same as static-auth-secret of the TURN server.');
  }
  return readSecret('TURN_SECRET', value);
}

function readPublicUrl(value: string): string {
  if (value === '') return '';
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url && /^https?:$/u.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '') {
    return url.origin;
  }
  throw new ConfigError(`PUBLIC_URL must be like https://cobrowse.example.com, not "${value}".`);
}

function readTrustedProxies(value: string): string[] {
  const networks = listOf(value);
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined) {
    throw new ConfigError(`TRUST_PROXY must be a comma-separated list of addresses or networks, not "${wrong}".`);
  }
  return networks;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

function readDemo(value: string): boolean {
  if (value === '' || value === '0' || value === 'false') return false;
  if (value === '1' || value === 'true') return true;
  throw new ConfigError(`DEMO must be 1 or 0, not "${value}".`);
}

function readLogLevel(value: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === (value || 'info'));
  if (level === undefined) throw new ConfigError(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${value}".`);
  return level;
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
