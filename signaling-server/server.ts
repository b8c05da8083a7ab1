import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { collectDefaultMetrics } from 'prom-client';
import { createTrustsProxy } from './address.ts';
import { createPasswords, PASSWORD_COST, type PasswordCost } from './agents/passwords.ts';
import { createSignIns } from './agents/sign-in.ts';
import type { NewAccount } from './agents/accounts.ts';
import type { Config } from './config.ts';
import { closeDemo, DEMO_ACCOUNTS, DEMO_SITE, putData } from './demo-data.ts';
import { openDatabase, type Database } from './history/database.ts';
import { createReceipts } from './history/receipts.ts';
import { createSessionRows } from './history/session-rows.ts';
import { createHttp } from './http.ts';
import { checkServersFor, iceServersFor } from './ice.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createOpenSockets } from './open-sockets.ts';
import { createPairing } from './pairing.ts';
import { SERVER_LIMITS, type ServerLimits } from './server-limits.ts';
import { createSiteFiles } from './sites/files.ts';
import { createSiteRules } from './sites/rules.ts';
import { createSites, type NewSite } from './sites/sites.ts';
import { createUpgrade } from './upgrade.ts';

export interface ServerOptions {
  /** Replaces single limits, mostly for tests. */
  readonly limits?: Partial<ServerLimits>;
  /** Sites and accounts to have at the start, beside the demo's in demo mode. */
  readonly sites?: readonly NewSite[];
  readonly accounts?: readonly NewAccount[];
  readonly passwordCost?: PasswordCost;
  readonly log?: FastifyBaseLogger;
  /** Folders of the built snippet, check page and demo pages; beside the built server when left out. */
  readonly snippetRoot?: string;
  readonly checkRoot?: string;
  readonly demoRoot?: string;
  /** Adds the process's own figures (memory, event loop) to /metrics. */
  readonly processMetrics?: boolean;
}

export interface SignalingServer {
  readonly app: FastifyInstance;
  readonly database: Database;
  /** Where it listens, without a slash at the end; empty before `listen`. */
  readonly url: string;
  /** @throws when the address is taken. */
  listen(): Promise<string>;
  /** Says goodbye to every socket (1001), finishes what is being written, closes the database. Once or more. */
  close(): Promise<void>;
}

/**
 * The whole server, not listening yet.
 * @throws ConfigError when the database cannot be opened.
 */
export async function createServer(config: Config, options: ServerOptions = {}): Promise<SignalingServer> {
  const limits: ServerLimits = { ...SERVER_LIMITS, ...options.limits };
  const log = options.log ?? createLog(config.logLevel);
  const metrics = createMetrics();
  if (options.processMetrics === true) collectDefaultMetrics({ register: metrics.registry });

  const database = await openDatabase(config.databaseFile, config.databaseKey);
  const passwords = createPasswords(options.passwordCost ?? PASSWORD_COST, limits.passwordChecksAtOnce);
  if (!config.demo) await closeDemo(database);
  await putData(database, passwords, {
    sites: [...(config.demo ? [DEMO_SITE] : []), ...(options.sites ?? [])],
    accounts: [...(config.demo ? DEMO_ACCOUNTS : []), ...(options.accounts ?? [])],
  });

  const rows = createSessionRows(database);
  const rules = createSiteRules(database);
  const receipts = createReceipts(database);
  const pairing = createPairing({
    rows,
    receipts,
    rules,
    metrics,
    log,
    maxSessions: limits.liveSessions,
    returnPatienceMs: limits.returnPatienceMs,
    iceServersFor: (name) => iceServersFor(name, config, Date.now()),
  });
  const sites = createSites(database);
  const signIns = createSignIns(database, passwords, limits.wrongPasswordsPerAccount);
  const sockets = createOpenSockets(limits, metrics);
  const trustsProxy = createTrustsProxy(config.trustedProxies);
  const files = createSiteFiles();
  const app = await createHttp({
    files,
    metrics,
    limits,
    log,
    trustsProxy,
    pairing,
    sites,
    rules,
    receipts,
    signIns,
    publicUrl: config.publicUrl,
    checkServersFor: (who) => checkServersFor(who, config, Date.now()),
    checkRoot: options.checkRoot ?? besideServer('../check'),
    snippetRoot: options.snippetRoot ?? besideServer('../snippet'),
    demoRoot: config.demo ? (options.demoRoot ?? besideServer('../demo')) : null,
  });
  const upgrade = createUpgrade({ publicUrl: config.publicUrl, pairing, sites, sockets, metrics, limits, trustsProxy });
  // Plain connections that never say anything are bounded too; Node itself ends them after 30 seconds.
  app.server.maxConnections = limits.socketsInAll;
  app.server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head));

  let url = '';
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    // First of all: nobody is away because we say goodbye.
    await pairing.stop();
    await sockets.stop();
    await files.close();
    await app.close();
    metrics.registry.clear();
    await database.destroy();
  }

  return {
    app,
    database,
    get url() {
      return url;
    },
    async listen() {
      const startedAt = Date.now();
      // Before anybody can ask for them.
      const restored = await pairing.restore(sites.find);
      if (restored.length > 0) log.info({ sessions: restored.length }, 'sessions of an earlier run go on');
      url = await app.listen({ host: config.host, port: config.port });
      // Only now: if another server is running here, the sessions are its own and not left over.
      const leftovers = await rows.endLeftovers(restored, startedAt, Date.now());
      if (leftovers > 0) log.warn({ sessions: leftovers }, 'sessions of an earlier run ended');
      return url;
    },
    close: () => (closing ??= close()),
  };
}

/** A folder beside the built `main.js`. */
function besideServer(relative: string): string {
  return resolve(dirname(fileURLToPath(import.meta.url)), relative);
}
