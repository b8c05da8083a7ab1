import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import type { SessionId } from '../protocol/session-id.ts';
import type {
  AgentAccount,
  Channel,
  IceServer,
  JoinResponse,
  LiveSession,
  StartResponse,
} from '../protocol/signaling.ts';
import type { SessionRows } from './history/session-rows.ts';
import type { Metrics } from './metrics.ts';
import { Refusal } from './refusal.ts';
import { createSession, type Seat, type Session } from './session.ts';
import { mintSessionId } from './session-id.ts';
import type { SiteRules } from './sites/rules.ts';
import type { Site } from './sites/sites.ts';
import { hashToken, mintToken } from './token.ts';

/** Who waits, who joined. Everything live is in memory; the database has one row per session, for the history. */
export interface Pairing {
  /** @throws Refusal `server_busy`. */
  start(site: Site, channel: Channel, interactionId: string | null): Promise<StartResponse>;
  /** @throws Refusal `agent_busy`. */
  refuseIfBusy(agent: AgentAccount): void;
  /** Lets the agent in, once. `null`: wrong, expired, already joined, ended, another site's: nobody can tell which. */
  join(agent: AgentAccount, id: SessionId): JoinResponse | null;
  /** The seat that a session token opens. */
  seatOf(token: string): Seat | null;
  /** The seat that has this PeerJS name. Its token is still to be checked. */
  seatOfPeer(name: string): Seat | null;
  /** Rules have been published: every page of the site that is in a session hears of it. */
  tellRules(siteKey: string, version: number): void;
  live(viewer: AgentAccount): LiveSession[];
  countByState(): Record<LiveSession['state'], number>;
  /** Forgets every session without ending it, and waits for what is still being written. */
  stop(): Promise<void>;
}

interface PairingNeeds {
  readonly rows: SessionRows;
  readonly metrics: Metrics;
  readonly log: FastifyBaseLogger;
  readonly rules: SiteRules;
  readonly maxSessions: number;
  readonly iceServersFor: (peerName: string) => IceServer[];
}

export function createPairing({ rows, rules, metrics, log, maxSessions, iceServersFor }: PairingNeeds): Pairing {
  const sessions = new Set<Session>();
  /** By the nine digits of everything live, so that no number is given out twice. */
  const byId = new Map<SessionId, Session>();
  const byToken = new Map<string, Seat>();
  const byPeerName = new Map<string, Seat>();
  const byAgent = new Map<string, Session>();
  const writes = new Set<Promise<void>>();

  /** A help under way is worth more than its row: a failed write is logged and the session goes on. */
  function write(historyId: string, work: Promise<void>): void {
    const settled = work
      .catch((error: unknown) => log.error({ historyId, error: String(error) }, 'history row not written'))
      .finally(() => writes.delete(settled));
    writes.add(settled);
  }

  function forget(session: Session, seats: ReadonlyMap<string, Seat>): void {
    sessions.delete(session);
    byId.delete(session.id);
    for (const [tokenHash, seat] of seats) {
      byToken.delete(tokenHash);
      if (seat.peer !== null) byPeerName.delete(seat.peer.name);
    }
    const agent = session.agent();
    if (agent !== null) byAgent.delete(agent.id);
  }

  const seatsOf = new WeakMap<Session, Map<string, Seat>>();

  function openSeat(seat: Seat): string {
    const token = mintToken();
    const tokenHash = hashToken(token);
    byToken.set(tokenHash, seat);
    seatsOf.get(seat.session)?.set(tokenHash, seat);
    return token;
  }

  return {
    async start(site, channel, interactionId) {
      if (sessions.size >= maxSessions) throw new Refusal('server_busy');
      const historyId = randomUUID();
      const startedAt = Date.now();
      const session = createSession({
        historyId,
        id: mintSessionId((id) => byId.has(id)),
        site,
        channel,
        startedAt,
        iceServersFor,
        rulesVersion: () => rules.version(site.key),
        onRuleProblems: (version, problems) => write(historyId, rules.report(site.key, version, problems)),
        onHidden: (count) => write(historyId, rows.hidden(historyId, count)),
        onEnded(reason) {
          forget(session, seatsOf.get(session) ?? new Map());
          write(historyId, rows.ended(historyId, reason, Date.now()));
          metrics.ended.inc({ reason });
          log.info({ historyId, reason }, 'session ended');
        },
      });
      sessions.add(session);
      byId.set(session.id, session);
      seatsOf.set(session, new Map());
      const token = openSeat(session.customer);
      try {
        await rows.started({ historyId, siteKey: site.key, channel, interactionId, startedAt });
      } catch (error) {
        session.drop();
        forget(session, seatsOf.get(session) ?? new Map());
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
    join(agent, id) {
      const session = byId.get(id);
      if (session === undefined || session.state() !== 'waiting' || session.site.key !== agent.site.key) return null;
      const seat = session.join(agent);
      byAgent.set(agent.id, session);
      for (const each of [session.customer, seat]) {
        if (each.peer !== null) byPeerName.set(each.peer.name, each);
      }
      write(session.historyId, rows.joined(session.historyId, agent.id, Date.now()));
      metrics.joined.inc();
      log.info({ historyId: session.historyId }, 'session joined');
      return {
        historyId: session.historyId,
        token: openSeat(seat),
        settings: session.site.settings,
      };
    },

    seatOf: (token) => byToken.get(hashToken(token)) ?? null,
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

    async stop() {
      for (const session of sessions) {
        session.drop();
        forget(session, seatsOf.get(session) ?? new Map());
      }
      while (writes.size > 0) await Promise.all(writes);
    },
  };
}
