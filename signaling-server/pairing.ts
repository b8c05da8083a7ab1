import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { SessionId } from '../protocol/session-id.ts';
import type {
  AgentAccount,
  Channel,
  IceServer,
  JoinResponse,
  LiveSession,
  ResumeResponse,
  ReturnResponse,
  StartResponse,
} from '../protocol/signaling.ts';
import type { Receipts } from './history/receipts.ts';
import type { OpenSession, SessionRows } from './history/session-rows.ts';
import type { LiveState } from './live-state.ts';
import type { Metrics } from './metrics.ts';
import { Refusal } from './refusal.ts';
import { createRowWriter } from './row-writer.ts';
import type { Seat, Visitor } from './seat.ts';
import { createSession, type Session } from './session.ts';
import { mintSessionId } from './session-id.ts';
import type { SiteRules } from './sites/rules.ts';
import { siteAdmits, type Site } from './sites/sites.ts';
import { hashToken, mintPeerName, mintToken, seatHashOf } from './token.ts';

/**
 * Who waits, who joined. Everything live is in memory; its row in the database is the history, and what the next
 * process goes on from.
 */
export interface Pairing {
  /** @throws Refusal `server_busy`; whatever the database throws. */
  start(site: Site, channel: Channel, interactionId: string | null): Promise<StartResponse>;
  /** @throws Refusal `agent_busy`. */
  refuseIfBusy(agent: AgentAccount): void;
  /**
   * Lets the agent in, once. `null`: wrong, expired, already joined, ended, another site's: nobody can tell which.
   * @throws whatever the database throws; then nobody has joined.
   */
  join(agent: AgentAccount, id: SessionId): Promise<JoinResponse | null>;
  /**
   * The session this agent is in, for a console that has lost its token: the token from before opens nothing more.
   * @throws Refusal `session_not_found` when there is none.
   */
  returnTo(agent: AgentAccount): Promise<ReturnResponse>;
  /**
   * The customer's session, for the page of another origin that the page before sent its visitor to.
   * @param cameFrom the origin that the page says it was reached from
   * @throws Refusal `bad_token`, `origin_not_allowed`.
   */
  takePass(pass: string, visitor: Visitor, cameFrom: string): Promise<ResumeResponse>;
  /** The seat that a session token opens. */
  seatOf(token: string): Seat | null;
  /** The seat that has this PeerJS name. Its token is still to be checked. */
  seatOfPeer(name: string): Seat | null;
  /** Rules have been published: every page of the site that is in a session hears of it. */
  tellRules(siteKey: string, version: number): void;
  live(viewer: AgentAccount): LiveSession[];
  countByState(): Record<LiveSession['state'], number>;
  /** Takes up what an earlier process left. Says which. */
  restore(findSite: (key: string) => Promise<Site | null>): Promise<string[]>;
  /** Forgets every session without ending it, and waits for what is still being written. The sockets stay. */
  stop(): Promise<void>;
}

interface PairingNeeds {
  readonly rows: SessionRows;
  readonly receipts: Receipts;
  readonly metrics: Metrics;
  readonly log: FastifyBaseLogger;
  readonly rules: SiteRules;
  readonly maxSessions: number;
  /** See `SeatOffice`. */
  readonly returnPatienceMs: number;
  readonly iceServersFor: (peerName: string) => IceServer[];
}

/**
 * The page that is left may go more slowly than the next one comes: browsers give each origin a process of its own.
 * @returns `null`: it is still there
 */
async function lastVisitorOf(customer: Seat): Promise<Visitor | null> {
  const until = Date.now() + LEAVING_PATIENCE_MS;
  while (customer.lastVisitor() === null && Date.now() < until) await wait(LEAVING_LOOK_MS);
  return customer.lastVisitor();
}

const LEAVING_PATIENCE_MS = 2_000;
const LEAVING_LOOK_MS = 50;
/** A token for each origin the customer has been to; the oldest goes. */
const MAX_CUSTOMER_TOKENS = 8;

export function createPairing(needs: PairingNeeds): Pairing {
  const { rows, receipts, rules, metrics, log, maxSessions, returnPatienceMs, iceServersFor } = needs;
  const sessions = new Set<Session>();
  /** By the nine digits of everything live, so that no number is given out twice. */
  const byId = new Map<SessionId, Session>();
  const byHash = new Map<string, Seat>();
  /** By the hash of the pass that the customer's page has now. */
  const byPass = new Map<string, Session>();
  const passes = new WeakMap<Session, string>();
  const byPeerName = new Map<string, Seat>();
  /** `null`: the join is being written. */
  const byAgent = new Map<string, Session | null>();
  /** Sessions whose join is being written, and as what: whatever else is written of them meanwhile is no older. */
  const taken = new Map<Session, LiveState>();
  const writer = createRowWriter(rows, log);
  const counting = new Set<Promise<void>>();
  let isStopped = false;

  /** A figure in a report is not worth trying again. */
  function count(historyId: string, work: Promise<void>): void {
    const settled = work
      .catch((error: unknown) => log.error({ historyId, error: String(error) }, 'not counted'))
      .finally(() => counting.delete(settled));
    counting.add(settled);
  }

  function open(
    historyId: string,
    site: Site,
    channel: Channel,
    startedAt: number,
    live: LiveState,
    restored?: Parameters<typeof createSession>[1],
  ): Session {
    const session = createSession(
      {
        historyId,
        site,
        channel,
        startedAt,
        live,
        returnPatienceMs,
        iceServersFor,
        mintPass: () => mintPass(session),
        rulesVersion: () => rules.version(site.key),
        onRuleProblems: (version, problems) => count(historyId, rules.report(site.key, version, problems)),
        onHidden: (values) => count(historyId, rows.hidden(historyId, values)),
        onActs: (acts) => count(historyId, receipts.keep(historyId, acts, Date.now())),
        onChanged: () => writer.changed(historyId, () => taken.get(session) ?? session.live()),
        onEnded(reason) {
          forget(session);
          metrics.ended.inc({ reason });
          log.info({ historyId, reason }, 'session ended');
          return writer.ended(historyId, { reason, endedAt: Date.now() });
        },
      },
      restored,
    );
    sessions.add(session);
    byId.set(session.id, session);
    for (const hash of session.customer.hashes) byHash.set(hash, session.customer);
    return session;
  }

  /** Its seats have names, and its agent is known. */
  function addAgent(session: Session): void {
    const agent = session.agent();
    if (agent === null) return;
    byAgent.set(agent.id, session);
    for (const hash of agent.seat.hashes) byHash.set(hash, agent.seat);
    for (const seat of [session.customer, agent.seat]) if (seat.peer !== null) byPeerName.set(seat.peer, seat);
  }

  function forget(session: Session): void {
    sessions.delete(session);
    byPass.delete(passes.get(session) ?? '');
    byId.delete(session.id);
    const agent = session.agent();
    if (agent !== null) byAgent.delete(agent.id);
    for (const seat of agent === null ? [session.customer] : [session.customer, agent.seat]) {
      for (const hash of seat.hashes) byHash.delete(hash);
      if (seat.peer !== null) byPeerName.delete(seat.peer);
    }
  }

  /** Written before somebody holds the token: killed in between, the server would not know whom it let in. */
  function rekey(seat: Seat, hashes: readonly string[]): Promise<void> {
    for (const hash of seat.hashes) byHash.delete(hash);
    seat.session.rekey(seat, hashes);
    for (const hash of hashes) byHash.set(hash, seat);
    return writer.now();
  }

  function mintPass(session: Session): string {
    const pass = mintToken();
    byPass.delete(passes.get(session) ?? '');
    passes.set(session, hashToken(pass));
    byPass.set(hashToken(pass), session);
    return pass;
  }

  function restoreOne(row: OpenSession, site: Site): void {
    const { historyId, channel, startedAt, agentId, joinedAt, live } = row;
    if (byId.has(live.id)) return;
    const isJoined = agentId !== null && joinedAt !== null && live.agent !== null;
    const session = open(historyId, site, channel, startedAt, live, isJoined ? { agentId, joinedAt } : null);
    addAgent(session);
    writer.changed(historyId, () => session.live());
  }

  return {
    async start(site, channel, interactionId) {
      if (isStopped || sessions.size >= maxSessions) throw new Refusal('server_busy');
      const historyId = randomUUID();
      const startedAt = Date.now();
      const token = mintToken();
      const customer = { hashes: [seatHashOf(token)], peer: null, leftAt: null };
      const live: LiveState = { id: mintSessionId((id) => byId.has(id)), customer, agent: null };
      const session = open(historyId, site, channel, startedAt, live);
      try {
        await rows.started({ historyId, siteKey: site.key, channel, interactionId, startedAt }, live);
      } catch (error) {
        session.drop();
        forget(session);
        throw error;
      }
      metrics.started.inc();
      log.info({ historyId, site: site.key, channel }, 'session started');
      return { sessionId: session.id, historyId, token, settings: site.settings };
    },

    refuseIfBusy(agent) {
      if (byAgent.has(agent.id)) throw new Refusal('agent_busy');
    },

    // Without a single `await` from the look to the taking: of many agents at once exactly one can win.
    async join(agent, id) {
      const session = byId.get(id);
      if (session === undefined || session.state() !== 'waiting' || session.site.key !== agent.site.key) return null;
      if (isStopped || taken.has(session)) return null;
      const { historyId } = session;
      const token = mintToken();
      const joinedAt = Date.now();
      const before = session.live();
      const live: LiveState = {
        ...before,
        customer: { ...before.customer, peer: mintPeerName() },
        agent: { hashes: [seatHashOf(token)], peer: mintPeerName(), leftAt: null, name: agent.name },
      };
      taken.set(session, live);
      byAgent.set(agent.id, null);
      try {
        await rows.joined(historyId, agent.id, joinedAt, live);
      } finally {
        taken.delete(session);
        byAgent.delete(agent.id);
      }
      // It ended while the row was written; then its end is in the row as well.
      if (session.state() !== 'waiting') return null;
      session.join(agent.id, live, joinedAt);
      addAgent(session);
      metrics.joined.inc();
      log.info({ historyId }, 'session joined');
      return { historyId, token, settings: session.site.settings };
    },

    async returnTo(agent) {
      const session = byAgent.get(agent.id);
      const joined = session?.agent();
      if (session == null || joined == null) throw new Refusal('session_not_found');
      const token = mintToken();
      await rekey(joined.seat, [seatHashOf(token)]);
      const { historyId, id: sessionId, site } = session;
      log.info({ historyId }, 'agent returned');
      return {
        historyId,
        token,
        settings: site.settings,
        sessionId,
        joinedAt: new Date(joined.joinedAt).toISOString(),
      };
    },

    async takePass(pass, visitor, cameFrom) {
      const hash = hashToken(pass);
      const session = byPass.get(hash);
      // Good once, whatever comes of it.
      byPass.delete(hash);
      if (session === undefined) throw new Refusal('bad_token');
      const last = await lastVisitorOf(session.customer);
      if (last === null || session.state() === 'ended') throw new Refusal('bad_token');
      if (last.mark !== visitor.mark || last.origin !== cameFrom) throw new Refusal('bad_token');
      if (!siteAdmits(session.site, visitor.origin)) throw new Refusal('origin_not_allowed');
      const token = mintToken();
      await rekey(session.customer, [...session.customer.hashes, seatHashOf(token)].slice(-MAX_CUSTOMER_TOKENS));
      const { historyId, id: sessionId, site } = session;
      return { sessionId, historyId, token, settings: site.settings, channel: session.view().channel };
    },

    seatOf: (token) => byHash.get(seatHashOf(token)) ?? null,
    seatOfPeer: (name) => byPeerName.get(name) ?? null,

    tellRules(siteKey, version) {
      for (const session of sessions) if (session.site.key === siteKey) session.tellRules(version);
    },

    live: (viewer) =>
      [...sessions]
        .filter((session) => session.site.key === viewer.site.key)
        .filter((session) => viewer.role !== 'agent' || session.agent()?.id === viewer.id)
        .map((session) => session.view()),

    countByState() {
      const counts = { waiting: 0, active: 0, paused: 0 };
      for (const session of sessions) counts[session.view().state] += 1;
      return counts;
    },

    async restore(findSite) {
      const sites = new Map<string, Site | null>();
      for (const row of await rows.open()) {
        if (!sites.has(row.siteKey)) sites.set(row.siteKey, await findSite(row.siteKey));
        const site = sites.get(row.siteKey) ?? null;
        if (site !== null) restoreOne(row, site);
      }
      // Since when everybody is away, before anybody is served: killed again, the next process counts on from there.
      await writer.now();
      return [...sessions].map((session) => session.historyId);
    },

    async stop() {
      isStopped = true;
      for (const session of sessions) session.drop();
      while (counting.size > 0) await Promise.all(counting);
      await writer.stop();
      for (const session of sessions) forget(session);
    },
  };
}
